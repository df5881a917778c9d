using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Participations;

public static class ParticipationRefusals
{
    public static readonly Refusal ParticipationUnknown = Refusal.Unknown("participation-unknown");
    public static readonly Refusal CandidacyOpenedAlready = new("candidacy-opened-already");

    /// <summary>It was declined, deferred or withdrawn.</summary>
    public static readonly Refusal CandidacyHasEnded = new("candidacy-has-ended");

    public static readonly Refusal AdmittedAlready = new("admitted-already");

    /// <summary>The municipality is a candidate: what comes after admission cannot happen yet.</summary>
    public static readonly Refusal NotAdmitted = new("not-admitted");

    /// <summary>The round has not taken the municipality into its cohort.</summary>
    public static readonly Refusal NotInCohort = new("not-in-cohort");

    public static readonly Refusal ParticipationHasEnded = new("participation-has-ended");
    public static readonly Refusal ParticipationIsSuspended = new("participation-is-suspended");
    public static readonly Refusal ParticipationNotSuspended = new("participation-not-suspended");

    public static readonly Refusal PhaseOutOfOrder = new("phase-out-of-order");
    public static readonly Refusal PhaseStartsBeforeThePrevious = new("phase-starts-before-the-previous");

    /// <summary>Names in "missing" the codes of the criteria that are neither met nor waived.</summary>
    public static readonly Refusal GateNotMet = new("gate-not-met");

    /// <summary>A start by the model alone is only what an imported source can say.</summary>
    public static readonly Refusal ByModelOnlyFromSource = new("by-model-only-from-source");

    public static readonly Refusal PhaseNotCurrent = new("phase-not-current");
    public static readonly Refusal PhaseIsCompleted = new("phase-is-completed");
    public static readonly Refusal LastPhaseNotCompleted = new("last-phase-not-completed");

    public static readonly Refusal ModelVersionNotNewer = new("model-version-not-newer");
    public static readonly Refusal ModelVersionUnknown = Refusal.OfField("model-version-unknown", "version");

    public static readonly Refusal CriterionNotInGate = Refusal.OfField("criterion-not-in-gate", "criterion");

    /// <summary>It is met by a fact of its own (an appointment, an agreement, the admission), not by saying so.</summary>
    public static readonly Refusal CriterionHasItsOwnFact = Refusal.OfField("criterion-has-its-own-fact", "criterion");

    public static readonly Refusal WaivedCriterionNotInGate = Refusal.OfField("criterion-not-in-gate", "waiver.criteria");
    public static readonly Refusal ProgrammeOfAnother = Refusal.OfField("programme-of-another", "programme");
    public static readonly Refusal AgreementOfAnother = Refusal.OfField("agreement-of-another", "agreement");

    /// <summary>Plans belong to the dimension of plans.</summary>
    public static readonly Refusal PlansOfAnotherDimension = Refusal.OfField("plans-of-another-dimension", "plans");
}
