using HousingBank.Domain.Agreements;
using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Programmes;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Participations;

/// <summary>Something asked of one municipality's course.</summary>
public abstract record ParticipationCommand(ParticipationId Participation) : Command
{
    public override ValueList<StreamId> Streams() => [Participation.Stream];

    public override Decision Decide(Histories histories) => Decide(histories.State<ParticipationState>(Participation.Stream));

    /// <summary>True when the imported source is silent on a criterion of the gate.</summary>
    public bool IsCriterionNotDocumented(string criterion) => IsNotDocumented(ParticipationPrerequisites.Criterion(criterion));

    /// <summary>The rule, where it looks at no other stream.</summary>
    protected virtual Decision Decide(ParticipationState participation) => throw new NotSupportedException($"{GetType().Name} looks at other streams too.");
}

/// <summary>Makes a municipality that may apply in the round a candidate, in the preparation phase from the same day.</summary>
public sealed record OpenCandidacy(ProgrammeId Programme, RoundId Round, MunicipalityId Municipality)
    : ParticipationCommand(ParticipationId.Of(Round, Municipality))
{
    public override ValueList<StreamId> Streams() => [Participation.Stream, Programme.Stream, Round.Stream];

    public override Decision Decide(Histories histories) => ParticipationDecider.OpenCandidacy(
        histories.State<ParticipationState>(Participation.Stream),
        histories.State<ProgrammeState>(Programme.Stream),
        histories.State<IntakeRoundState>(Round.Stream),
        this);
}

/// <summary>Makes the candidate that the round admitted a participant.</summary>
public sealed record AdmitParticipant(RoundId Round, MunicipalityId Municipality) : ParticipationCommand(ParticipationId.Of(Round, Municipality))
{
    public override ValueList<StreamId> Streams() => [Participation.Stream, Round.Stream];

    public override Decision Decide(Histories histories) => ParticipationDecider.Admit(
        histories.State<ParticipationState>(Participation.Stream),
        histories.State<IntakeRoundState>(Round.Stream),
        this);
}

public sealed record EndCandidacy(ParticipationId Participation, CandidacyOutcome Outcome, string? Reason = null) : ParticipationCommand(Participation)
{
    protected override Decision Decide(ParticipationState participation) => ParticipationDecider.EndCandidacy(participation, this);
}

/// <param name="Programme">The programme whose framework model holds the gate.</param>
/// <param name="Evidence">What shows it: a document, a case, a page.</param>
/// <param name="Resolution">Demanded where the criterion is a resolution: the application's, and that on the action plan.</param>
public sealed record MeetCriterion(
    ParticipationId Participation,
    ProgrammeId Programme,
    Phase Phase,
    string Criterion,
    string? Evidence = null,
    Resolution? Resolution = null) : ParticipationCommand(Participation)
{
    public override ValueList<StreamId> Streams() => [Participation.Stream, Programme.Stream];

    public override Decision Decide(Histories histories) => ParticipationDecider.MeetCriterion(
        histories.State<ParticipationState>(Participation.Stream),
        histories.State<ProgrammeState>(Programme.Stream),
        this);
}

/// <summary>Leadership's decision that a gate may be passed without some of its criteria.</summary>
/// <param name="Criteria">The codes of the criteria that are waived.</param>
public sealed record Waiver(string Reason, ValueList<string> Criteria);

/// <summary>Starts the next phase, and ends the one before it by that. The rules stand in <see cref="PhaseStart"/>.</summary>
/// <param name="Agreement">The cooperation agreement, where the gate demands that one is in force.</param>
/// <param name="Waiver">Null when nothing is waived.</param>
/// <param name="ByModel">True when a source says that the municipality was in the phase by the framework model, its gate unmet.</param>
public sealed record StartPhase(
    ParticipationId Participation,
    ProgrammeId Programme,
    Phase Phase,
    AgreementId? Agreement = null,
    Waiver? Waiver = null,
    bool ByModel = false) : ParticipationCommand(Participation)
{
    public override ValueList<StreamId> Streams() =>
        Agreement is { } agreement ? [Participation.Stream, Programme.Stream, agreement.Stream] : [Participation.Stream, Programme.Stream];

    public override Decision Decide(Histories histories) => PhaseStart.Decide(
        this,
        histories.State<ParticipationState>(Participation.Stream),
        histories.State<ProgrammeState>(Programme.Stream),
        Agreement is { } agreement ? histories.State<AgreementState>(agreement.Stream) : null);
}

/// <summary>Passes the gate of the phase without starting another: the last phase must, the others may.</summary>
/// <param name="Agreement">The cooperation agreement, where the gate demands that one is in force.</param>
/// <param name="Waiver">Null when nothing is waived.</param>
public sealed record CompletePhase(ParticipationId Participation, Phase Phase, AgreementId? Agreement = null, Waiver? Waiver = null)
    : ParticipationCommand(Participation)
{
    public override ValueList<StreamId> Streams() => Agreement is { } agreement ? [Participation.Stream, agreement.Stream] : [Participation.Stream];

    public override Decision Decide(Histories histories) => ParticipationDecider.CompletePhase(
        histories.State<ParticipationState>(Participation.Stream),
        Agreement is { } agreement ? histories.State<AgreementState>(agreement.Stream) : null,
        this);
}

/// <param name="Months">1 to 36 whole calendar months.</param>
public sealed record ExtendPhase(ParticipationId Participation, Phase Phase, int Months, string Reason) : ParticipationCommand(Participation)
{
    protected override Decision Decide(ParticipationState participation) => ParticipationDecider.ExtendPhase(participation, this);
}

/// <summary>Its day is the first on which the clock stands still.</summary>
public sealed record SuspendParticipation(ParticipationId Participation, string Reason) : ParticipationCommand(Participation)
{
    protected override Decision Decide(ParticipationState participation) => ParticipationDecider.Suspend(participation, this);
}

/// <summary>Its day is the first on which the clock runs again.</summary>
public sealed record ResumeParticipation(ParticipationId Participation) : ParticipationCommand(Participation)
{
    protected override Decision Decide(ParticipationState participation) => ParticipationDecider.Resume(participation, this);
}

/// <param name="Version">A newer version than the one the municipality is on.</param>
public sealed record MoveToFrameworkModel(ParticipationId Participation, ProgrammeId Programme, int Version, string Reason) : ParticipationCommand(Participation)
{
    public override ValueList<StreamId> Streams() => [Participation.Stream, Programme.Stream];

    public override Decision Decide(Histories histories) => ParticipationDecider.MoveToFrameworkModel(
        histories.State<ParticipationState>(Participation.Stream),
        histories.State<ProgrammeState>(Programme.Stream),
        this);
}

/// <summary>Ends the participation when its last phase is completed.</summary>
public sealed record CompleteParticipation(ParticipationId Participation) : ParticipationCommand(Participation)
{
    protected override Decision Decide(ParticipationState participation) => ParticipationDecider.Complete(participation, this);
}

/// <summary>The municipality leaves.</summary>
public sealed record WithdrawParticipation(ParticipationId Participation, string? Reason) : ParticipationCommand(Participation)
{
    protected override Decision Decide(ParticipationState participation) => ParticipationDecider.Withdraw(participation, this);
}

/// <summary>The bank ends it.</summary>
public sealed record TerminateParticipation(ParticipationId Participation, string? Reason) : ParticipationCommand(Participation)
{
    protected override Decision Decide(ParticipationState participation) => ParticipationDecider.Terminate(participation, this);
}
