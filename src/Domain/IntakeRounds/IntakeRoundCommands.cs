using HousingBank.Domain.Applications;
using HousingBank.Domain.Municipalities;
using HousingBank.Domain.Programmes;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.IntakeRounds;

/// <param name="Number">1 for the programme's first round.</param>
/// <param name="Deadline">The last day applications are in time; null only when it is not documented.</param>
/// <param name="Capacity">How many municipalities can be admitted; null only when it is not documented.</param>
/// <param name="OpenToAll">True when municipalities may apply without an invitation.</param>
public sealed record OpenRound(
    RoundId Round,
    ProgrammeId Programme,
    int Number,
    StatedDay? Deadline,
    int? Capacity,
    bool OpenToAll,
    ValueList<SelectionCriterion> Criteria) : Command
{
    public override ValueList<StreamId> Streams() => [Round.Stream, Programme.Stream];

    public override Decision Decide(Histories histories) => IntakeRoundDecider.Open(
        histories.State<IntakeRoundState>(Round.Stream),
        histories.State<ProgrammeState>(Programme.Stream),
        this);
}

/// <param name="GivenReviews">What becomes of reviews that were handed in on the criteria before.</param>
public sealed record ReviseCriteria(RoundId Round, ValueList<SelectionCriterion> Criteria, GivenReviews GivenReviews, string Reason) : Command
{
    public override ValueList<StreamId> Streams() => [Round.Stream];

    public override Decision Decide(Histories histories) =>
        IntakeRoundDecider.ReviseCriteria(histories.State<IntakeRoundState>(Round.Stream), this);
}

/// <param name="Figures">All that are to be kept for the municipality.</param>
/// <param name="Source">Source and table.</param>
public sealed record KeepSelectionFigures(RoundId Round, MunicipalityId Municipality, ValueList<SelectionFigure> Figures, string Source) : Command
{
    public override ValueList<StreamId> Streams() => [Round.Stream, Municipality.Stream];

    public override Decision Decide(Histories histories) => IntakeRoundDecider.KeepFigures(
        histories.State<IntakeRoundState>(Round.Stream),
        histories.State<MunicipalityState>(Municipality.Stream),
        this);
}

/// <param name="From">The first day applications can be submitted.</param>
/// <param name="Deadline">The last day they are in time.</param>
public sealed record SetApplicationWindow(RoundId Round, StatedDay From, StatedDay Deadline, string Reason) : Command
{
    public override ValueList<StreamId> Streams() => [Round.Stream];

    public override Decision Decide(Histories histories) =>
        IntakeRoundDecider.SetWindow(histories.State<IntakeRoundState>(Round.Stream), this);
}

/// <param name="Source">Where the counts are from.</param>
public sealed record ReportCounts(RoundId Round, int? Invited, int? Applied, string Source) : Command
{
    public override ValueList<StreamId> Streams() => [Round.Stream];

    public override Decision Decide(Histories histories) =>
        IntakeRoundDecider.ReportCounts(histories.State<IntakeRoundState>(Round.Stream), this);
}

public sealed record InviteMunicipality(RoundId Round, MunicipalityId Municipality) : Command
{
    public override ValueList<StreamId> Streams() => [Round.Stream, Municipality.Stream];

    public override Decision Decide(Histories histories) => IntakeRoundDecider.Invite(
        histories.State<IntakeRoundState>(Round.Stream),
        histories.State<MunicipalityState>(Municipality.Stream),
        this);
}

/// <param name="Capacity">How many can be admitted from now on.</param>
public sealed record RaiseCapacity(RoundId Round, int Capacity, string Reason) : Command
{
    public override ValueList<StreamId> Streams() => [Round.Stream];

    public override Decision Decide(Histories histories) =>
        IntakeRoundDecider.RaiseCapacity(histories.State<IntakeRoundState>(Round.Stream), this);
}

/// <summary>Decides the application and takes the municipality into the cohort, in one.</summary>
/// <param name="DeviationReason">Why it is admitted against the recommendation; null when it is not.</param>
/// <param name="CriterionReasons">Why, for those of the round's criteria that there is something to say about.</param>
public sealed record AdmitMunicipality(
    RoundId Round,
    MunicipalityId Municipality,
    string? Reason = null,
    string? DeviationReason = null,
    ValueList<CriterionReason> CriterionReasons = default) : Command
{
    private StreamId Application => ApplicationId.Of(Round, Municipality).Stream;

    public override ValueList<StreamId> Streams() => [Round.Stream, Application];

    public override Decision Decide(Histories histories) => IntakeRoundDecider.Admit(
        histories.State<IntakeRoundState>(Round.Stream),
        histories.State<ApplicationState>(Application),
        this);
}

/// <summary>Opens outcome, cohort and capacity of the round to all.</summary>
/// <param name="Municipalities">Everybody who was invited or has begun an application: their applications are looked at.</param>
public sealed record PublishDecisions(RoundId Round, ValueList<MunicipalityId> Municipalities) : Command
{
    public override ValueList<StreamId> Streams() => [Round.Stream, .. Municipalities.Distinct().Select(ApplicationOf)];

    public override Decision Decide(Histories histories) => IntakeRoundDecider.Publish(
        histories.State<IntakeRoundState>(Round.Stream),
        [.. Municipalities.Distinct().Select(m => histories.State<ApplicationState>(ApplicationOf(m)))],
        this);

    private StreamId ApplicationOf(MunicipalityId municipality) => ApplicationId.Of(Round, municipality).Stream;
}

/// <summary>Its day is the last of the round.</summary>
public sealed record CloseRound(RoundId Round) : Command
{
    public override ValueList<StreamId> Streams() => [Round.Stream];

    public override Decision Decide(Histories histories) =>
        IntakeRoundDecider.Close(histories.State<IntakeRoundState>(Round.Stream), this);
}
