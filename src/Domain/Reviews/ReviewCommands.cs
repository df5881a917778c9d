using HousingBank.Domain.Applications;
using HousingBank.Domain.CouncilMeetings;
using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Programmes;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Reviews;

/// <summary>A command of a council member about the own review of an application.</summary>
/// <param name="Programme">The one the round belongs to: it knows who the members are and where they belong.</param>
/// <param name="Member">By reference.</param>
public abstract record ReviewCommand(RoundId Round, MunicipalityId Municipality, ProgrammeId Programme, string Member, ValueList<CriterionScore> Scores, string? Remark) : Command
{
    internal ReviewId Review => ReviewId.Of(ApplicationId.Of(Round, Municipality), Member);

    private StreamId Application => ApplicationId.Of(Round, Municipality).Stream;

    private StreamId Meeting => CouncilMeetingId.Of(Round).Stream;

    public sealed override ValueList<StreamId> Streams() => [Review.Stream, Application, Round.Stream, Programme.Stream, Meeting];

    private protected ReviewBasis BasisOf(Histories histories) => new(
        histories.State<ReviewState>(Review.Stream),
        histories.State<ApplicationState>(Application),
        histories.State<IntakeRoundState>(Round.Stream),
        histories.State<ProgrammeState>(Programme.Stream),
        histories.State<CouncilMeetingState>(Meeting));
}

/// <summary>Leaves the review, to take it up again; anything may be missing.</summary>
public sealed record SaveReviewDraft(
    RoundId Round, MunicipalityId Municipality, ProgrammeId Programme, string Member, ValueList<CriterionScore> Scores, string? Remark = null)
    : ReviewCommand(Round, Municipality, Programme, Member, Scores, Remark)
{
    public override Decision Decide(Histories histories) => ReviewDecider.SaveDraft(BasisOf(histories), this);
}

/// <summary>Hands the review in, or changes one that was.</summary>
public sealed record HandInReview(
    RoundId Round, MunicipalityId Municipality, ProgrammeId Programme, string Member, ValueList<CriterionScore> Scores, string? Remark = null)
    : ReviewCommand(Round, Municipality, Programme, Member, Scores, Remark)
{
    public override Decision Decide(Histories histories) => ReviewDecider.HandIn(BasisOf(histories), this);
}

/// <summary>What a review rests on.</summary>
public sealed record ReviewBasis(ReviewState Review, ApplicationState Application, IntakeRoundState Round, ProgrammeState Programme, CouncilMeetingState Meeting);
