using HousingBank.Domain.Vocabulary;

namespace HousingBank.ReadModels.PhaseBoard;

/// <summary>The municipalities of a programme by phase on one day.</summary>
/// <param name="Columns">One for each phase, in the model's order, also when it is empty. Late cards first, then by planned end, then by name.</param>
/// <param name="Suspended">Cards whose clock is stopped.</param>
/// <param name="Ended">Courses that had ended by that day: completed, withdrawn, terminated; candidates declined, deferred or withdrawn.</param>
public sealed record Board(IReadOnlyList<BoardColumn> Columns, IReadOnlyList<BoardCard> Suspended, IReadOnlyList<BoardCard> Ended)
{
    private static readonly Columns<BoardCard> Flat = new("board")
    {
        { "municipality", c => c.Municipality.Name },
        { "municipalityNumber", c => c.Municipality.Number },
        { "round", c => c.RoundNumber },
        { "standing", c => new Code("standing", Codes.Of(c.Standing)) },
        { "phase", c => Code.Of(c.Phase) },
        { "ground", c => Code.Of("ground", c.Ground) },
        { "phaseInFact", c => Code.Of(c.PhaseInFact) },
        { "phaseByModel", c => Code.Of(c.PhaseByModel) },
        { "startedOn", c => c.StartedOn.On },
        { "startedEarliest", c => c.StartedOn.First },
        { "startedLatest", c => c.StartedOn.Last },
        { "startedPrecision", c => Code.Of(c.StartedOn.Precision) },
        { "startedAssumedBecause", c => c.StartedOn.AssumedBecause },
        { "daysUsed", c => c.DaysUsed },
        { "daysLongest", c => c.DaysLongest },
        { "plannedEndEarliest", c => c.PlannedEndEarliest },
        { "plannedEndLatest", c => c.PlannedEndLatest },
        { "daysLate", c => c.DaysLate },
        { "criteriaMet", c => c.Criteria(CriterionState.Met) },
        { "criteriaMissing", c => c.Criteria(CriterionState.Missing) },
        { "criteriaNotDocumented", c => c.Criteria(CriterionState.NotDocumented) },
        { "suspendedSince", c => c.SuspendedSince?.On },
        { "outcome", c => Code.Of("outcome", c.Outcome) },
        { "endedOn", c => c.EndedOn?.On },
        { "contradictions", c => c.Contradictions },
        { "recordedLate", c => c.RecordedLate },
        { "simulated", c => c.IsSimulated },
        { "stream", c => c.Facts.Stream },
    };

    public IEnumerable<BoardCard> All() => [.. Columns.SelectMany(c => c.Cards), .. Suspended, .. Ended];

    public FlatTable Rows() => Flat.Of(All());
}

public sealed record BoardColumn(Phase Phase, IReadOnlyList<BoardCard> Cards);

/// <summary>Where a course stands on the day.</summary>
public enum CourseStanding
{
    /// <summary>Invited or applying; not admitted by that day.</summary>
    Candidate,
    Participant,
    Suspended,
    Ended,
}

/// <summary>One municipality's course on one day.</summary>
/// <param name="Participation">Id of the course.</param>
/// <param name="Phase">The phase last started by that day: the column it stands in.</param>
/// <param name="Ground">On what that phase was started: gateMet, waived, or byModel (the source says so by the framework model, though the gate was not met).</param>
/// <param name="PhaseInFact">The last phase whose gate was met or waived.</param>
/// <param name="PhaseByModel">The phase that the framework model's durations lead to on that day.</param>
/// <param name="DaysUsed">Days since the phase started, that day included, without days of suspension.</param>
/// <param name="DaysLongest">The longest duration in days, extensions included.</param>
/// <param name="PlannedEndEarliest">Planned end if the phase started on the first day of its span.</param>
/// <param name="PlannedEndLatest">Planned end if it started on the last day of its span; lateness is judged by this one.</param>
/// <param name="DaysLate">Days past the planned end, 0 when not late or suspended.</param>
/// <param name="Gate">What leaving the phase in fact needs, in the model's order.</param>
/// <param name="Outcome">How it ended: completed, withdrawn, terminated, declined, deferred; null while it goes on.</param>
/// <param name="Contradictions">How many there are by that day in the course, its application and its agreements.</param>
/// <param name="RecordedLate">Facts of the same that were recorded more than 14 days after they took effect; what an import tells of the past is left out.</param>
public sealed record BoardCard(
    Guid Participation,
    Guid Programme,
    Guid Round,
    int RoundNumber,
    MunicipalityOnDay Municipality,
    CourseStanding Standing,
    Phase Phase,
    string Ground,
    Phase PhaseInFact,
    Phase PhaseByModel,
    Day StartedOn,
    int DaysUsed,
    int DaysLongest,
    DateOnly PlannedEndEarliest,
    DateOnly PlannedEndLatest,
    int DaysLate,
    IReadOnlyList<GateCriterion> Gate,
    Day? SuspendedSince,
    string? Outcome,
    Day? EndedOn,
    int Contradictions,
    int RecordedLate,
    bool IsSimulated,
    FactsBehind Facts)
{
    public bool IsLate => DaysLate > 0;

    public bool IsByModel => Ground == "byModel";

    internal IReadOnlyList<Code> Criteria(CriterionState state) => Code.Of("criterion", Gate.Where(g => g.State == state).Select(g => g.Criterion));
}

public enum CriterionState
{
    Met,
    Missing,

    /// <summary>The imported source is silent on it.</summary>
    NotDocumented,
}

/// <summary>One thing that leaving a phase needs.</summary>
/// <param name="Phase">The phase whose gate it belongs to.</param>
/// <param name="Criterion">actionPlanApproved, agreementInForce …</param>
/// <param name="MetOn">Null unless it is met.</param>
/// <param name="Facts">The fact that says so, met or not documented; null for what is missing.</param>
public sealed record GateCriterion(Phase Phase, string Criterion, CriterionState State, Day? MetOn, FactsBehind? Facts);
