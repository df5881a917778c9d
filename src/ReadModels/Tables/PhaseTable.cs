using HousingBank.Domain.Participations;
using HousingBank.Domain.Vocabulary;
using HousingBank.Store;

namespace HousingBank.ReadModels.Tables;

/// <summary>A phase that was started. One started by the model and later in fact is there twice.</summary>
/// <param name="LongestMonths">By the version of the framework model the municipality is on.</param>
/// <param name="CriteriaNotMet">What the gate before it demanded and was missing when it started.</param>
/// <param name="NotDocumentedCriteria">What the gate before it demanded and the imported source is silent on.</param>
/// <param name="MonthsAdded">By all its extensions together.</param>
/// <param name="DaysStopped">Days on which its clock stood still, in suspensions that are over.</param>
/// <param name="StoppedSince">The first day on which its clock stands still; null while it runs.</param>
/// <param name="CompletedOn">The day its own gate was passed; null when only the next phase's start says so.</param>
/// <param name="EndedOn">Its last day; null while it goes on. A phase by the model ends none in fact.</param>
public sealed record PhaseRow(
    ParticipationId Participation,
    Phase Phase,
    PhaseGround Ground,
    Day StartedOn,
    int LongestMonths,
    int? ShortestMonths,
    ValueList<string> Criteria,
    ValueList<string> CriteriaNotMet,
    ValueList<string> NotDocumentedCriteria,
    string? WaiverReason,
    int MonthsAdded,
    int DaysStopped,
    DateOnly? StoppedSince,
    Day? CompletedOn,
    DateOnly? EndedOn)
{
    /// <summary>What planned end, lateness and days used are counted from.</summary>
    public PhaseClock Clock() => new(StartedOn.On, StartedOn.Last, LongestMonths, MonthsAdded, DaysStopped, StoppedSince);

    /// <summary>False when only a source says so, by the framework model's durations.</summary>
    public bool IsInFact() => Ground != PhaseGround.ByModel;
}

public sealed class PhaseTable() : RowsTable<PhaseRow, ParticipationEvent>("phase", "participation")
{
    public override int Version => 2;

    protected override Rows<PhaseRow> Apply(
        Rows<PhaseRow> rows, ParticipationEvent fact, StoredFact stored) => fact switch
        {
            PhaseStarted e => Started(rows, e, stored),
            PhaseExtended e => Change(rows, p => p.Phase == e.Phase && p.EndedOn is null, p => p with { MonthsAdded = p.MonthsAdded + e.Months }),
            PhaseCompleted e => Change(rows, p => p.Phase == e.Phase && p.IsInFact(), p => p with { CompletedOn = p.CompletedOn ?? Day.Of(stored.On) }),
            FrameworkModelChanged e => Change(rows, p => p.EndedOn is null, p => e.Phases.FirstOrDefault(t => t.Phase == p.Phase) is { } terms
                ? p with { LongestMonths = terms.LongestMonths, ShortestMonths = terms.ShortestMonths, Criteria = terms.Criteria }
                : p),
            ParticipationSuspended => Change(rows, p => p.EndedOn is null, p => Set(p, p.Clock().Stopped(stored.On.Placed))),
            ParticipationResumed => Change(rows, p => p.EndedOn is null, p => Set(p, p.Clock().RunningAgain(stored.On.Placed))),
            CandidacyEnded or ParticipationEnded => Ended(rows, stored.On.Placed),
            _ => rows,
        };

    private static Rows<PhaseRow> Started(Rows<PhaseRow> rows, PhaseStarted e, StoredFact stored)
    {
        var key = $"{(int)e.Phase}-{Codes.Of(e.Phase)}/{(e.Ground == PhaseGround.ByModel ? "byModel" : "inFact")}";
        if (rows.ContainsKey(key))
            return rows;
        return Ended(rows, stored.On.Placed, evenInFact: e.Ground != PhaseGround.ByModel).SetItem(key, new(
            stored.Id(ParticipationId.From), e.Phase, e.Ground, Day.Of(stored.On), e.LongestMonths, e.ShortestMonths, e.Criteria,
            e.CriteriaNotMet, e.NotDocumentedCriteria, e.WaiverReason, 0, 0, null, null, null));
    }

    private static PhaseRow Set(PhaseRow phase, PhaseClock clock) => phase with { DaysStopped = clock.DaysStopped, StoppedSince = clock.StoppedSince };

    private static Rows<PhaseRow> Ended(
        Rows<PhaseRow> rows, DateOnly firstDayAfter, bool evenInFact = true) =>
        Change(rows, p => p.EndedOn is null && (evenInFact || !p.IsInFact()), p => p with { EndedOn = firstDayAfter.AddDays(-1) });

    private static Rows<PhaseRow> Change(
        Rows<PhaseRow> rows, Func<PhaseRow, bool> which, Func<PhaseRow, PhaseRow> change) =>
        rows.SetItems([.. rows.Where(r => which(r.Value)).Select(r => KeyValuePair.Create(r.Key, change(r.Value)))]);
}
