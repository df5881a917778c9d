using HousingBank.Domain.Applications;
using HousingBank.Domain.CouncilMeetings;
using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Programmes;
using HousingBank.Domain.Vocabulary;
using static HousingBank.Domain.Reviews.ReviewRefusals;

namespace HousingBank.Domain.Reviews;

/// <summary>The rules of a review: who may, until when, and what it must hold to be handed in.</summary>
public static class ReviewDecider
{
    private const int Weakest = 1;
    private const int Strongest = 6;

    public static Decision SaveDraft(ReviewBasis basis, SaveReviewDraft command)
    {
        if ((WrongFieldOf(command) ?? InTheWay(basis, command)) is { } refusal)
            return refusal;
        if (basis.Review.Draft is { } before && (before.Scores, before.Remark) == (command.Scores, command.Remark))
            return Decision.Nothing;
        return Record(basis, command, new ReviewDraftSaved(command.Scores, command.Remark));
    }

    public static Decision HandIn(ReviewBasis basis, HandInReview command)
    {
        if ((WrongFieldOf(command) ?? InTheWay(basis, command) ?? LackingIn(command, basis.Round.Criteria)) is { } refusal)
            return refusal;
        var version = basis.Round.Criteria.Version;
        if (basis.Review.HandedIn is { } before && (before.CriteriaVersion, before.Scores, before.Remark) == (version, command.Scores, command.Remark))
            return Decision.Nothing;
        return Record(basis, command, new ReviewHandedIn(version, command.Scores, command.Remark));
    }

    /// <summary>The rules that hold on every day, whatever the order things were recorded in.</summary>
    public static IEnumerable<Refusal> Broken(ReviewState review, ReviewEvent fact) => fact switch
    {
        ReviewBegun => ReviewBegunAlready.When(review.IsKnown),
        _ => ReviewUnknown.When(!review.IsKnown),
    };

    private static Refusal? InTheWay(ReviewBasis basis, ReviewCommand command)
    {
        if (!basis.Round.IsKnown)
            return IntakeRoundRefusals.RoundUnknown;
        if (basis.Round.Opened!.Programme != command.Programme)
            return IntakeRoundRefusals.RoundOfAnotherProgramme;
        // Before anything that is said of the application: who is recused learns nothing of it.
        var day = DayOf(basis, command).Placed;
        if (basis.Programme.SeatOf(command.Member, day) is null)
            return ProgrammeRefusals.CouncilMemberNotAppointed;
        if (basis.Application.IsRecused(command.Member) || basis.Programme.IsAffiliated(command.Member, command.Municipality, day))
            return MemberIsRecused;
        return basis.Application.Stage switch
        {
            ApplicationStage.None => ApplicationRefusals.ApplicationUnknown,
            ApplicationStage.Withdrawn => ApplicationRefusals.ApplicationIsWithdrawn,
            ApplicationStage.Decided => ApplicationRefusals.ApplicationDecidedAlready,
            < ApplicationStage.UnderReview => ApplicationRefusals.ReviewNotStarted,
            _ => basis.Meeting.IsClosed ? CouncilMeetingRefusals.CouncilMeetingIsClosed : UnknownCriterionIn(command, basis.Round.Criteria),
        };
    }

    private static Refusal? UnknownCriterionIn(ReviewCommand command, RoundCriteria criteria) =>
        command.Scores.FirstOrDefault(s => criteria.All.All(c => c.Code != s.Criterion)) is { } unknown ? CriterionUnknown.With("criterion", unknown.Criterion) : null;

    private static Refusal? LackingIn(HandInReview command, RoundCriteria criteria) =>
        criteria.All.FirstOrDefault(c => command.Scores.All(s => s.Criterion != c.Code || s.Score is null || s.Reason is null)) is { } lacking
            ? ScoreMissing.With("criterion", lacking.Code)
            : null;

    private static Refusal? WrongFieldOf(ReviewCommand command) =>
        Fields.Name(command.Member)
        ?? Fields.Each(command.Scores, WrongFieldOf)
        ?? Fields.NoneTwice([.. command.Scores.Select(s => s.Criterion)], "scores")
        ?? Fields.ReasonIfAny(command.Remark);

    private static Refusal? WrongFieldOf(CriterionScore score, string field) =>
        Fields.Given(score, field)
        ?? Fields.Name(score.Criterion, field + ".criterion")
        ?? Fields.Between(score.Score, Weakest, Strongest, field + ".score")
        ?? Fields.ReasonIfAny(score.Reason, field + ".reason");

    private static EffectiveDay DayOf(ReviewBasis basis, Command command) =>
        command.On.PlacedFirst(basis.Review.LatestOn > basis.Application.LatestOn ? basis.Review.LatestOn : basis.Application.LatestOn);

    private static Decision Record(ReviewBasis basis, ReviewCommand command, ReviewEvent fact)
    {
        var on = DayOf(basis, command);
        var said = fact with { On = on };
        return basis.Review.IsKnown
            ? Decision.Record(command.Review.Stream, said)
            : Decision.Record(command.Review.Stream, new ReviewBegun(command.Round, command.Municipality, command.Member) { On = on }, said);
    }
}
