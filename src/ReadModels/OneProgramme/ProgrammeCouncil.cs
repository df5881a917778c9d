using HousingBank.Domain.Vocabulary;

namespace HousingBank.ReadModels.OneProgramme;

/// <summary>The council (programråd) of a programme on one day: who sits in it, and where they belong.</summary>
/// <param name="Version">The last version of the programme's stream, now.</param>
public sealed record ProgrammeCouncil(Guid Programme, int Version, LocalText Name, IReadOnlyList<SeatedMember> Members)
{
    private static readonly Columns<(CouncilMember Member, MemberAffiliation? Affiliation)> Flat = new("council")
    {
        { "member", r => r.Member.Member },
        { "affiliation", r => r.Member.Affiliation },
        { "inside", r => r.Member.Inside },
        { "from", r => r.Member.From.On },
        { "until", r => r.Member.Until?.On },
        { "belongsTo", r => r.Affiliation?.Municipality.Name },
        { "belongsAs", r => r.Affiliation?.As },
        { "belongsFrom", r => r.Affiliation?.From.On },
        { "belongsNoMoreFrom", r => r.Affiliation?.EndedOn?.On },
    };

    /// <summary>One row for each municipality that a member belongs to or has belonged to; one for a member who belongs to none.</summary>
    public FlatTable Rows() => Flat.Of(
        from seated in Members
        from affiliation in seated.Affiliations.DefaultIfEmpty()
        select (seated.Member, affiliation));
}

/// <param name="Affiliations">With municipalities, those that have ended as well.</param>
public sealed record SeatedMember(CouncilMember Member, IReadOnlyList<MemberAffiliation> Affiliations);

/// <summary>Where a member belongs: it makes the member partial (inhabil) in the applications of that municipality.</summary>
/// <param name="As">How: "employed", "elected", "close family".</param>
/// <param name="EndedOn">The first day the member no longer belongs there; null while it lasts.</param>
public sealed record MemberAffiliation(MunicipalityOnDay Municipality, string As, Day From, Day? EndedOn, FactsBehind Facts);
