using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Participations;

/// <summary>What has happened on a municipality's course through the programme, from its invitation to a round.</summary>
public abstract record ParticipationEvent : Fact;

public enum CandidacyOutcome
{
    Declined,

    /// <summary>Put off to a later round.</summary>
    Deferred,
    Withdrawn,
}

public enum ParticipationOutcome
{
    Completed,

    /// <summary>The municipality left.</summary>
    Withdrawn,

    /// <summary>The bank ended it.</summary>
    Terminated,
}

/// <summary>On what ground a phase was started, or completed.</summary>
public enum PhaseGround
{
    /// <summary>All that the gate demands was there, as far as it is documented.</summary>
    GateMet,

    /// <summary>Leadership waived what was missing.</summary>
    Waived,

    /// <summary>A source says so by the framework model's durations, though the gate was not met: not a phase in fact.</summary>
    ByModel,
}

/// <summary>A phase as one version of the framework model has it.</summary>
/// <param name="LongestMonths">Longest duration in whole calendar months.</param>
/// <param name="ShortestMonths">Shortest duration in whole calendar months; null when there is none.</param>
/// <param name="Criteria">Codes of what must be in place to leave it.</param>
public sealed record PhaseTerms(Phase Phase, int LongestMonths, int? ShortestMonths, ValueList<string> Criteria);

/// <summary>The municipality became a candidate.</summary>
/// <param name="ModelVersion">The version of the framework model it is on until a decision moves it.</param>
[StoredAs("candidacy-opened")]
public sealed record CandidacyOpened(ProgrammeId Programme, RoundId Round, int RoundNumber, MunicipalityId Municipality, int ModelVersion) : ParticipationEvent;

/// <summary>The candidate became a participant.</summary>
[StoredAs("participant-admitted")]
public sealed record ParticipantAdmitted : ParticipationEvent;

/// <summary>The candidate did not become a participant in this round.</summary>
[StoredAs("candidacy-ended")]
public sealed record CandidacyEnded(CandidacyOutcome Outcome, string? Reason) : ParticipationEvent;

/// <summary>Something the gate of a phase demands is in place.</summary>
/// <param name="Phase">The phase whose gate demands it.</param>
/// <param name="Criterion">Its code in the framework model.</param>
/// <param name="Evidence">What shows it: a document, a case, a page.</param>
/// <param name="Resolution">The municipal body's resolution, where the criterion is one.</param>
[StoredAs("criterion-met")]
public sealed record CriterionMet(Phase Phase, string Criterion, string? Evidence, Resolution? Resolution) : ParticipationEvent;

/// <summary>A phase started; the one before it ended by that.</summary>
/// <param name="LongestMonths">The model's longest duration in whole calendar months.</param>
/// <param name="ShortestMonths">The model's shortest duration in whole calendar months; null when there is none.</param>
/// <param name="Criteria">Codes of what the model demands to leave this phase again.</param>
/// <param name="Ground">How the gate of the phase before was passed; GateMet for the first, which has none before it.</param>
/// <param name="CriteriaNotMet">What that gate demanded and was missing; empty when it was met.</param>
/// <param name="WaiverReason">Why leadership let it start all the same; null when nothing was waived.</param>
/// <param name="NotDocumentedCriteria">What that gate demanded and the imported source is silent on.</param>
/// <param name="Agreement">The cooperation agreement the gate was judged by; null when it was judged without one.</param>
[StoredAs("phase-started")]
public sealed record PhaseStarted(
    Phase Phase,
    int LongestMonths,
    int? ShortestMonths,
    ValueList<string> Criteria,
    PhaseGround Ground,
    ValueList<string> CriteriaNotMet,
    string? WaiverReason,
    ValueList<string> NotDocumentedCriteria,
    AgreementId? Agreement) : ParticipationEvent;

/// <summary>The phase was given more time; who decided it stands beside the fact.</summary>
/// <param name="Months">Extra whole calendar months.</param>
[StoredAs("phase-extended")]
public sealed record PhaseExtended(Phase Phase, int Months, string Reason) : ParticipationEvent;

/// <summary>The phase's own gate was passed, whether or not another phase starts.</summary>
/// <param name="Ground">GateMet or Waived.</param>
/// <param name="CriteriaNotMet">What the gate demanded and was missing.</param>
/// <param name="WaiverReason">Why leadership let it end all the same; null when nothing was waived.</param>
/// <param name="NotDocumentedCriteria">What the gate demanded and the imported source is silent on.</param>
/// <param name="Agreement">The cooperation agreement the gate was judged by; null when it was judged without one.</param>
[StoredAs("phase-completed")]
public sealed record PhaseCompleted(
    Phase Phase,
    PhaseGround Ground,
    ValueList<string> CriteriaNotMet,
    string? WaiverReason,
    ValueList<string> NotDocumentedCriteria,
    AgreementId? Agreement) : ParticipationEvent;

/// <summary>Takes effect on the first day on which the clock of the phase stands still.</summary>
[StoredAs("participation-suspended")]
public sealed record ParticipationSuspended(string Reason) : ParticipationEvent;

/// <summary>Takes effect on the first day on which the clock of the phase runs again.</summary>
[StoredAs("participation-resumed")]
public sealed record ParticipationResumed : ParticipationEvent;

/// <summary>A decision moved the municipality to a newer version of the framework model.</summary>
/// <param name="Phases">Every phase as the new version has it; those under way go by it from now on, those before stay as they were.</param>
[StoredAs("framework-model-changed")]
public sealed record FrameworkModelChanged(int ModelVersion, string Reason, ValueList<PhaseTerms> Phases) : ParticipationEvent;

/// <param name="Reason">Null only when it was completed, or an imported source is silent.</param>
[StoredAs("participation-ended")]
public sealed record ParticipationEnded(ParticipationOutcome Outcome, string? Reason) : ParticipationEvent;
