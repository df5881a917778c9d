using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.Persons;

namespace HousingBank.Web.Access;

/// <summary>Who may read what persons are called. Everybody else sees the office they are in, or a reference.</summary>
public static class PersonRights
{
    /// <param name="municipality">Key of the municipality the person was named for; null for none.</param>
    public static bool MayRead(Viewer viewer, PersonRole named, string? municipality) => Policies.Lets(Policies.ReadPersonal, viewer) && viewer.Role switch
    {
        Role.Secretariat or Role.Leadership => true,
        // Members know each other. Whom to speak to in a municipality is the secretariat's business, not the council's.
        Role.Council => named == PersonRole.Council,
        Role.Municipality => municipality is not null && viewer.Municipality?.Key == municipality,
        _ => false,
    };
}
