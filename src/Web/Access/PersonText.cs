using HousingBank.Web.Languages;

namespace HousingBank.Web.Access;

/// <summary>How a viewer is named on pages. Persons' names are kept nowhere, so it is by role and place.</summary>
public static class PersonText
{
    extension(Texts texts)
    {
        public string Person(Viewer viewer)
        {
            var role = viewer.Signs ? texts[DemoPeople.Knows(viewer) ? "access.person-executive" : "access.executive"]
                : DemoPeople.Knows(viewer) ? texts[$"access.person-{viewer.RoleName}"]
                : Capital(texts.Word("role", viewer.RoleName));
            if (DemoPeople.NumberOf(viewer) is { } number)
                role = texts["access.person-number", ("role", role), ("number", number)];
            return viewer.Municipality is { } municipality
                ? texts["access.person-of", ("role", role), ("place", Capital(municipality.Key))]
                : role;
        }

        /// <summary>The name of a regional office; its key when the texts have none.</summary>
        public string Office(string tenant) => texts.Has($"access.tenant-{tenant}") ? texts[$"access.tenant-{tenant}"] : tenant;
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
