using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.LearningLog;
using HousingBank.ReadModels.OneRound;
using HousingBank.ReadModels.Overview;
using HousingBank.ReadModels.PhaseBoard;
using HousingBank.ReadModels.Register;

namespace HousingBank.ReadModels.OneMunicipality;

/// <summary>All that is recorded about one municipality in the programmes of an office.</summary>
/// <param name="Courses">The latest round first; a municipality can have come back after a refusal.</param>
public sealed record MunicipalityPage(
    RegisteredMunicipality Municipality,
    IReadOnlyList<Course> Courses,
    IReadOnlyList<LearningEntry> Learning)
{
    private static readonly Columns<(Course Course, PhaseBar Bar)> Flat = new("municipality-phases")
    {
        { "round", r => r.Course.Card.RoundNumber },
        { "phase", r => Code.Of(r.Bar.Phase) },
        { "ground", r => Code.Of("ground", r.Bar.Ground) },
        { "plannedFrom", r => r.Bar.PlannedFrom },
        { "plannedTo", r => r.Bar.PlannedTo },
        { "startedOn", r => r.Bar.StartedOn?.On },
        { "startedEarliest", r => r.Bar.StartedOn?.First },
        { "startedLatest", r => r.Bar.StartedOn?.Last },
        { "startedAssumedBecause", r => r.Bar.StartedOn?.AssumedBecause },
        { "endedOn", r => r.Bar.EndedOn },
        { "plannedEndEarliest", r => r.Bar.PlannedEndEarliest },
        { "plannedEndLatest", r => r.Bar.PlannedEndLatest },
        { "monthsExtended", r => r.Bar.MonthsExtended },
        { "criteriaNotMet", r => Code.Of("criterion", r.Bar.CriteriaNotMet) },
    };

    /// <summary>The phases, as the timeline shows them.</summary>
    public FlatTable Rows() => Flat.Of(Courses.SelectMany(c => c.Phases.Select(p => (c, p))));
}

/// <summary>A municipality's way through a programme, from its invitation to a round on.</summary>
/// <param name="Card">As the board shows it on the same day.</param>
/// <param name="Version">The last version of the participation's stream, now: what a form must say to change it.</param>
/// <param name="ProgrammeName">Null for a programme that was not launched by that day.</param>
/// <param name="ProgrammeFrom">First day of the programme's period: where the timeline begins.</param>
/// <param name="ProgrammeTo">Last day of the programme's period, both ends of its span kept.</param>
/// <param name="Gates">Every criterion of every phase it has entered.</param>
/// <param name="Anchoring">All assessments by that day, the newest first within each dimension; none is ever overwritten.</param>
public sealed record Course(
    BoardCard Card,
    int Version,
    int ModelVersion,
    LocalText? ProgrammeName,
    Day? ProgrammeFrom,
    Day? ProgrammeTo,
    Day CandidateSince,
    Day? AdmittedOn,
    IReadOnlyList<PhaseBar> Phases,
    IReadOnlyList<SuspendedTime> Suspensions,
    IReadOnlyList<GateCriterion> Gates,
    ApplicationInRound? Application,
    IReadOnlyList<Agreement> Agreements,
    OverviewColumn Organisation,
    IReadOnlyList<Anchoring> Anchoring,
    IReadOnlyList<PreAnalysis> PreAnalyses,
    IReadOnlyList<Contradicted> Contradictions,
    Next Next);

/// <summary>One phase on the timeline: as the model planned it, and as it went.</summary>
/// <param name="Ground">gateMet, waived or byModel; null for a phase not started by that day.</param>
/// <param name="PlannedFrom">By the framework model, counted from the day the course began.</param>
/// <param name="PlannedTo">Last day by the model's longest durations.</param>
/// <param name="StartedOn">Null when it had not started by that day.</param>
/// <param name="EndedOn">Last day of the phase; null while it goes on.</param>
/// <param name="PlannedEndEarliest">From its own start, with extensions and suspensions; null when it had not started.</param>
/// <param name="MonthsExtended">All extensions together.</param>
/// <param name="Extensions">One for each.</param>
/// <param name="WaiverReason">Why the gate was waived; null otherwise.</param>
public sealed record PhaseBar(
    Phase Phase,
    string? Ground,
    DateOnly PlannedFrom,
    DateOnly PlannedTo,
    Day? StartedOn,
    DateOnly? EndedOn,
    DateOnly? PlannedEndEarliest,
    DateOnly? PlannedEndLatest,
    int LongestMonths,
    int MonthsExtended,
    IReadOnlyList<Extension> Extensions,
    IReadOnlyList<string> CriteriaNotMet,
    string? WaiverReason,
    FactsBehind? Facts);

public sealed record Extension(DateOnly On, int Months, string Reason);

/// <param name="To">Last day on which the clock stood; null while it stands.</param>
public sealed record SuspendedTime(DateOnly From, DateOnly? To, string Reason);

/// <summary>A cooperation agreement on the day.</summary>
/// <param name="State">drafted, inForce or ended.</param>
/// <param name="Version">The last version of its stream, now.</param>
/// <param name="NotDocumented">localAdaptation, bankExpectations, municipalityExpectations, signatures: what the imported source is silent on.</param>
public sealed record Agreement(
    Guid Id,
    Guid Participation,
    string State,
    int Version,
    Day DraftedOn,
    Day? BankSignedOn,
    Day? MunicipalitySignedOn,
    Day? InForceFrom,
    Day? EndedOn,
    string? EndReason,
    string? LocalAdaptation,
    string? BankExpectations,
    string? MunicipalityExpectations,
    IReadOnlyList<string> NotDocumented,
    IReadOnlyList<AgreedCommitment> Commitments,
    FactsBehind Facts);

/// <param name="Code">Its own within the agreement.</param>
/// <param name="Party">bank or municipality.</param>
/// <param name="Owner">The office or unit that answers for it.</param>
public sealed record AgreedCommitment(string Code, string Text, string Party, string Owner, Day? Due);

/// <summary>A pre-analysis (foranalyse) that was delivered.</summary>
public sealed record PreAnalysis(string Supplier, Day DeliveredOn, FactsBehind Facts);

/// <summary>A rule that does not hold from some day on.</summary>
/// <param name="Rule">Code of the refusal that would have met it.</param>
public sealed record Contradicted(string Rule, DateOnly On, FactsBehind Facts);

/// <summary>What comes next in a course.</summary>
/// <param name="Phase">The phase that the next gate leads to; null when the last one goes on or the course has ended.</param>
/// <param name="Missing">Criteria still missing for it.</param>
/// <param name="PlannedEnd">The latest planned end of the phase it is in; null when the course has ended.</param>
/// <param name="Obligations">Commitments of agreements in force that have a due date, by that day.</param>
public sealed record Next(Phase? Phase, IReadOnlyList<string> Missing, DateOnly? PlannedEnd, IReadOnlyList<AgreedCommitment> Obligations);
