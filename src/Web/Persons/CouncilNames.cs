using HousingBank.ReadModels.OneProgramme;
using HousingBank.ReadModels.Persons;
using HousingBank.ReadModels.Reviewing;

namespace HousingBank.Web.Persons;

/// <summary>Members of the council to choose from.</summary>
internal static class CouncilNames
{
    public static CouncilPerson AsPerson(this CouncilMember member) => new(member.Member, member.Person, member.Affiliation);

    /// <summary>Each member's reference with the name, for those who may read it, and the organisation the member comes from.</summary>
    public static async Task<IReadOnlyList<KeyValuePair<string, string>>> MembersAsync(this PersonOpening opening, IEnumerable<CouncilPerson> members, CancellationToken cancel)
    {
        var all = members.ToList();
        var opened = await opening.OpenAsync(PersonRole.Council, null, [.. all.Select(m => m.Person)], cancel);
        return [.. all.Zip(opened, (member, open) => KeyValuePair.Create(member.Member, $"{open?.Details?.Name ?? member.Member} ({member.Affiliation})"))];
    }
}
