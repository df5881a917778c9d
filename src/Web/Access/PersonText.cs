using HousingBank.Web.Languages;

namespace HousingBank.Web.Access;

/// <summary>How a viewer is named on pages. Persons' names are kept nowhere, so it is by role and place.</summary>
public static class PersonText
{
    extension(Texts texts)
    {
        public string Person(Viewer viewer) => viewer.Municipality is { } municipality
            ? texts["access.person-of", ("role", texts[$"access.person-{viewer.RoleName}"]), ("place", char.ToUpperInvariant(municipality.Key[0]) + municipality.Key[1..])]
            : texts[$"access.person-{viewer.RoleName}"];
    }
}
