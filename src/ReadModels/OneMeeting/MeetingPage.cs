using HousingBank.Domain.Applications;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.ReadModels.OneMeeting;

/// <summary>The council's meeting (rådsmøte) on a round, as far as the asker may see it.</summary>
/// <param name="State">notCalled, called, open or closed.</param>
/// <param name="Version">The last version of its stream, now; 0 until it is called.</param>
/// <param name="Day">When it is, or was, to be.</param>
/// <param name="Chair">By reference; null until it is opened.</param>
/// <param name="Members">Those who hold a seat on its day.</param>
/// <param name="Applications">Those before the council, by name.</param>
/// <param name="Order">The council's ranking, best first.</param>
public sealed record MeetingPage(
    Guid Round,
    int RoundNumber,
    Guid Programme,
    string State,
    int Version,
    Day? Day,
    Day? CalledOn,
    Day? OpenedOn,
    Day? ClosedOn,
    string? Chair,
    IReadOnlyList<MeetingMember> Members,
    IReadOnlyList<ApplicationInMeeting> Applications,
    IReadOnlyList<MunicipalityOnDay> Order,
    bool IsSimulated,
    FactsBehind? Facts)
{
    private static readonly Columns<ApplicationInMeeting> Flat = new("meeting")
    {
        { "municipality", a => a.Municipality.Name },
        { "application", a => new Code("applicationState", a.State) },
        { "reviews", a => a.Reviews },
        { "entitled", a => a.Entitled },
        { "advice", a => Code.Of("advice", a.Advice) },
        { "recommendedOn", a => a.RecommendedOn?.On },
        { "votesFor", a => a.Count(Vote.For) },
        { "votesAgainst", a => a.Count(Vote.Against) },
        { "abstained", a => a.Count(Vote.Abstained) },
        { "adviceReason", a => a.Reason },
        { "dissent", a => a.Votes.Select(v => v.Dissent).OfType<string>().ToArray() },
        { "councilPlace", a => a.Place },
    };

    public FlatTable Rows() => Flat.Of(Applications);

    public MeetingMember? Member(string reference) => Members.FirstOrDefault(m => m.Member == reference);
}

/// <param name="Member">A reference; never a name.</param>
/// <param name="Person">Who it is: a reference, which /api/v1/persons gives a name to for those who may read it.</param>
/// <param name="IsPresent">False until the meeting is opened.</param>
public sealed record MeetingMember(string Member, string Affiliation, bool Inside, PersonalData? Person, bool IsPresent);

/// <summary>An application before the council.</summary>
/// <param name="State">As that of the application.</param>
/// <param name="Version">The last version of the application's stream, now.</param>
/// <param name="Reviews">How many reviews count: those the recommendation was given on, until then those there are. Null for a member who has not handed in an own one.</param>
/// <param name="Entitled">How many members are not recused; when a recommendation was given, how many were.</param>
/// <param name="MayVote">By reference: not recused and present.</param>
/// <param name="Advice">admit, decline or defer; null until there is one.</param>
/// <param name="Place">In the council's ranking among those the asker sees; null while it is not ranked.</param>
public sealed record ApplicationInMeeting(
    MunicipalityOnDay Municipality,
    string State,
    int Version,
    IReadOnlyList<RecusedMember> Recused,
    IReadOnlyList<string> MayVote,
    int? Reviews,
    int Entitled,
    string? Advice,
    string? Reason,
    Day? RecommendedOn,
    IReadOnlyList<MemberVote> Votes,
    int? Place,
    FactsBehind Facts)
{
    /// <summary>More than half of those entitled have reviewed; null where the asker does not see how many have.</summary>
    public bool? HasQuorum => Reviews is { } reviews ? reviews * 2 > Entitled : null;

    /// <summary>Null until there is a recommendation from the meeting.</summary>
    public int? Count(Vote vote) => Votes.Count == 0 ? null : Votes.Count(v => v.Vote == Codes.Of(vote));
}

/// <param name="Member">By reference.</param>
/// <param name="Cause">selfDeclared, affiliation or chair.</param>
public sealed record RecusedMember(string Member, string Cause);

/// <param name="Member">By reference.</param>
/// <param name="Vote">for, against or abstained.</param>
public sealed record MemberVote(string Member, string Vote, string? Dissent);
