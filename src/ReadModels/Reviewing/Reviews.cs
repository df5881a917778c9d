using HousingBank.Domain.Reviews;
using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.OneRound;

namespace HousingBank.ReadModels.Reviewing;

/// <summary>The council's reviews (vurderinger) of the applications of one round, as far as the asker may see them.</summary>
public sealed record RoundReviews(RoundUnderReview Round, IReadOnlyList<ReviewedApplication> Applications)
{
    /// <summary>One row for each review and criterion.</summary>
    public FlatTable Rows() => ReviewRows.Of(Round, Applications);
}

/// <summary>The council's reviews of one application, as far as the asker may see them, and who may not review it.</summary>
public sealed record ApplicationReviews(RoundUnderReview Round, ReviewedApplication Application, IReadOnlyList<Recusal> Recusals)
{
    /// <summary>One row for each review and criterion.</summary>
    public FlatTable Rows() => ReviewRows.Of(Round, [Application]);
}

/// <summary>What reviewing rests on: the criteria, and the meeting until which a review can be changed.</summary>
/// <param name="MeetingOn">The day of the council's meeting; null until it is called.</param>
/// <param name="Chair">Who leads it, by reference; null until it is opened.</param>
/// <param name="MeetingClosedOn">From here on no review is changed; null while it is not closed.</param>
/// <param name="CriteriaVersion">1 for the criteria that the round was opened with.</param>
public sealed record RoundUnderReview(
    Guid Id, int Number, Guid Programme, Day? MeetingOn, string? Chair, Day? MeetingClosedOn, int CriteriaVersion, IReadOnlyList<RoundCriterion> Criteria);

/// <param name="State">Of the application, as in a round: underReview, recommended …</param>
/// <param name="Own">The asker's own review; null for those who are no member and until it is begun.</param>
/// <param name="Reviews">Those handed in, the asker's own as well.</param>
/// <param name="Awaited">Members who may review it and have not, or must do so anew; told to those who are no member.</param>
public sealed record ReviewedApplication(
    MunicipalityOnDay Municipality, string State, Review? Own, IReadOnlyList<Review> Reviews, IReadOnlyList<CouncilPerson> Awaited)
{
    /// <summary>notBegun, or the state of the own review.</summary>
    public string OwnState => Own?.State ?? "notBegun";

    /// <summary>True as long as the council has it before it: from then on reviews are taken until the meeting is closed.</summary>
    public bool IsBeforeCouncil => State is "underReview" or "recommended";
}

/// <summary>A member of the council, by reference.</summary>
/// <param name="Person">Who it is: a reference, which /api/v1/persons gives a name to for those who may read it.</param>
/// <param name="Affiliation">The organisation the member comes from; null when the member was never appointed.</param>
public sealed record CouncilPerson(string Member, PersonalData? Person, string? Affiliation);

/// <param name="State">draft, handedIn, changed, or handInAnew when the criteria were changed so that it counts no more.</param>
/// <param name="HandedInOn">The last time; null until it is handed in.</param>
/// <param name="CriteriaVersion">Of the criteria that the scores are by; null until it is handed in.</param>
/// <param name="Draft">What the asker has saved and not handed in; always null of others' reviews.</param>
/// <param name="Earlier">What was handed in before, the oldest first.</param>
public sealed record Review(
    Guid Id,
    CouncilPerson Member,
    string State,
    Day BegunOn,
    Day? HandedInOn,
    int? CriteriaVersion,
    IReadOnlyList<CriterionScore> Scores,
    string? Remark,
    ReviewDraft? Draft,
    IReadOnlyList<HandedInEarlier> Earlier,
    bool IsSimulated,
    FactsBehind Facts)
{
    public CriterionScore? Of(string criterion) => Scores.FirstOrDefault(s => s.Criterion == criterion);
}

public sealed record ReviewDraft(Day SavedOn, IReadOnlyList<CriterionScore> Scores, string? Remark);

public sealed record HandedInEarlier(Day HandedInOn, int CriteriaVersion, IReadOnlyList<CriterionScore> Scores, string? Remark);

/// <summary>A conflict of interest (inhabilitet) of a member in one application.</summary>
/// <param name="Cause">selfDeclared, affiliation or chair.</param>
/// <param name="Reason">Of an affiliation: how the member belongs to the municipality.</param>
/// <param name="WithdrawnOn">The first day it stands no more; null while it stands.</param>
public sealed record Recusal(CouncilPerson Member, string Cause, string Reason, Day On, Day? WithdrawnOn, string? WithdrawnBecause, FactsBehind Facts)
{
    public bool Stands => WithdrawnOn is null;
}

/// <summary>Who may not review an application, or could not for a time.</summary>
public sealed record RecusalList(MunicipalityOnDay Municipality, IReadOnlyList<Recusal> Recusals)
{
    private static readonly Columns<Recusal> Flat = new("recusals")
    {
        { "member", r => r.Member.Member },
        { "affiliation", r => r.Member.Affiliation },
        { "cause", r => new Code("recusalCause", r.Cause) },
        { "reason", r => r.Reason },
        { "from", r => r.On.On },
        { "withdrawnOn", r => r.WithdrawnOn?.On },
        { "withdrawnBecause", r => r.WithdrawnBecause },
    };

    public FlatTable Rows() => Flat.Of(Recusals);
}

internal static class ReviewRows
{
    private static readonly Columns<(RoundUnderReview Round, MunicipalityOnDay Municipality, Review Review, CriterionScore Score)> Flat = new("reviews")
    {
        { "round", r => r.Round.Number },
        { "municipality", r => r.Municipality.Name },
        { "member", r => r.Review.Member.Member },
        { "affiliation", r => r.Review.Member.Affiliation },
        { "reviewState", r => new Code("reviewState", r.Review.State) },
        { "handedInOn", r => r.Review.HandedInOn?.On },
        { "criteriaVersion", r => r.Review.CriteriaVersion },
        { "selectionCriterion", r => r.Score.Criterion },
        { "weight", r => r.Round.Criteria.FirstOrDefault(c => c.Code == r.Score.Criterion)?.Weight },
        { "score", r => r.Score.Score },
        { "reason", r => r.Score.Reason },
        { "remark", r => r.Review.HandedInOn is null ? r.Review.Draft?.Remark : r.Review.Remark },
    };

    public static FlatTable Of(RoundUnderReview round, IEnumerable<ReviewedApplication> applications) => Flat.Of(
        from application in applications
        from review in application.Own is { HandedInOn: null } draft ? application.Reviews.Prepend(draft) : application.Reviews
        from score in review.HandedInOn is null ? review.Draft?.Scores ?? [] : review.Scores
        select (round, application.Municipality, review, score));
}
