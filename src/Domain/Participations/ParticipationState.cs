using System.Diagnostics;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Participations;

/// <summary>A phase that has been started.</summary>
/// <param name="Terms">What the framework model says about it, by the version the municipality is on.</param>
/// <param name="Completed">How its gate was passed before another phase started; null while it was not.</param>
public sealed record StartedPhase(EffectiveDay Start, PhaseTerms Terms, PhaseGround Ground, PhaseCompleted? Completed)
{
    public Phase Phase => Terms.Phase;

    /// <summary>False when only a source says so, by the framework model's durations.</summary>
    public bool IsInFact => Ground != PhaseGround.ByModel;
}

/// <summary>A municipality's course as far as the rules need to know it.</summary>
/// <param name="Candidacy">Null until the municipality became a candidate.</param>
/// <param name="ModelVersion">The version of the framework model it is on.</param>
/// <param name="AdmittedOn">The first day it is a participant; null while it is a candidate.</param>
/// <param name="CandidacyEnded">How it ended without admission; null when it did not.</param>
/// <param name="Phases">Every start in the order of the folding; a phase started by the model and later in fact is there twice.</param>
/// <param name="SuspendedSince">The first day on which the clock stands still; null while it runs.</param>
/// <param name="Ended">How the participation ended; null while it has not.</param>
/// <param name="Facts">All that was recorded: appointments, assessments and criteria are looked up here, and what is asked for twice is known again.</param>
public sealed record ParticipationState(
    CandidacyOpened? Candidacy,
    int ModelVersion,
    DateOnly? AdmittedOn,
    CandidacyEnded? CandidacyEnded,
    ValueList<StartedPhase> Phases,
    DateOnly? SuspendedSince,
    ParticipationEnded? Ended,
    ValueList<ParticipationEvent> Facts)
{
    public static readonly ParticipationState Initial = new(null, 0, null, null, [], null, null, []);

    /// <summary>The last phase started, be it only by the model: the board's column.</summary>
    public StartedPhase? CurrentPhase => Phases.Count > 0 ? Phases[^1] : null;

    /// <summary>The last phase whose start rests on a gate that was met or waived.</summary>
    public StartedPhase? PhaseInFact => Phases.LastOrDefault(p => p.IsInFact);

    /// <summary>The phases under way on a day: the last started by then, and the last started in fact, which is the same one unless a source ran ahead.</summary>
    public IEnumerable<StartedPhase> PhasesOn(DateOnly day)
    {
        var started = Phases.Where(p => p.Start.Placed <= day).ToList();
        return started.TakeLast(1).Union(started.Where(p => p.IsInFact).TakeLast(1));
    }

    public bool IsParticipantOn(DateOnly day) => AdmittedOn <= day;

    /// <summary>True from the day of its end on, be it as candidate or as participant.</summary>
    public bool HasEndedBy(DateOnly day) => Ended?.On.Placed <= day || CandidacyEnded?.On.Placed <= day;

    public bool IsSuspendedOn(DateOnly day) => SuspendedSince <= day;

    /// <summary>The clock of a phase by all that is recorded; null when the phase has not started.</summary>
    public PhaseClock? ClockOf(Phase phase) => Phases.LastOrDefault(p => p.Phase == phase) is { } started
        ? Facts.Aggregate(PhaseClock.Starting(started.Start, started.Terms.LongestMonths), (clock, fact) => fact switch
        {
            PhaseExtended e when e.Phase == phase => clock.Extended(e.Months),
            ParticipationSuspended e => clock.Stopped(e.On.Placed),
            ParticipationResumed e => clock.RunningAgain(e.On.Placed),
            _ => clock,
        })
        : null;

    public bool Remembers(ParticipationEvent fact) => Facts.Any(fact.SaysTheSameAs);

    public static ParticipationState Evolve(ParticipationState participation, ParticipationEvent fact) =>
        Next(participation, fact) with { Facts = participation.Facts.Add(fact) };

    private static ParticipationState Next(ParticipationState participation, ParticipationEvent fact) => fact switch
    {
        CandidacyOpened e => participation.Candidacy is null ? participation with { Candidacy = e, ModelVersion = e.ModelVersion } : participation,
        ParticipantAdmitted e => participation with { AdmittedOn = participation.AdmittedOn ?? e.On.Placed },
        CandidacyEnded e => participation with { CandidacyEnded = participation.CandidacyEnded ?? e },
        PhaseStarted e => participation with { Phases = participation.Phases.Add(StartedBy(e)) },
        PhaseCompleted e => participation with { Phases = participation.Phases.Select(p => CompletedBy(participation, p, e)).ToValueList() },
        ParticipationSuspended e => participation with { SuspendedSince = participation.SuspendedSince ?? e.On.Placed },
        ParticipationResumed => participation with { SuspendedSince = null },
        FrameworkModelChanged e => participation with { ModelVersion = e.ModelVersion, Phases = participation.Phases.Select(p => MovedBy(participation, p, e)).ToValueList() },
        ParticipationEnded e => participation with { Ended = participation.Ended ?? e },
        CriterionMet or PhaseExtended
            or ProgrammeLeaderAppointed or SteeringGroupAppointed or ProjectGroupAppointed or PreAnalysisDelivered
            or AnchoringAssessed or MainGoalsDescribed => participation,
        _ => throw new UnreachableException($"{fact.GetType().Name} has no case in Evolve."),
    };

    private static StartedPhase StartedBy(PhaseStarted start) =>
        new(start.On, new(start.Phase, start.LongestMonths, start.ShortestMonths, start.Criteria), start.Ground, null);

    private static StartedPhase CompletedBy(ParticipationState participation, StartedPhase phase, PhaseCompleted completed) =>
        phase.Phase == completed.Phase && phase == participation.PhaseInFact ? phase with { Completed = phase.Completed ?? completed } : phase;

    // The phases that are over keep the terms they were lived under.
    private static StartedPhase MovedBy(ParticipationState participation, StartedPhase phase, FrameworkModelChanged moved) =>
        phase == participation.CurrentPhase || phase == participation.PhaseInFact
            ? phase with { Terms = moved.Phases.FirstOrDefault(t => t.Phase == phase.Phase) ?? phase.Terms }
            : phase;
}
