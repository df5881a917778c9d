using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Vocabulary;
using HousingBank.Store;

namespace HousingBank.ReadModels.Tables;

/// <summary>An intake round (opptaksrunde).</summary>
/// <param name="Capacity">Null when the source is silent on it.</param>
/// <param name="AppliesFrom">The first day applications can be submitted; null when no window was set.</param>
/// <param name="Criteria">What applications are weighed by now: the last of <paramref name="CriteriaVersions"/>.</param>
/// <param name="ReportedInvited">A count a source gives without names; it includes those known by name.</param>
/// <param name="ReportedApplied">The same of applications.</param>
/// <param name="PublishedOn">The day its decisions became public; null until then.</param>
/// <param name="ClosedOn">Its last day.</param>
public sealed record RoundRow(
    RoundId Round,
    ProgrammeId Programme,
    int Number,
    Day OpenedOn,
    Day? AppliesFrom,
    Day? Deadline,
    int? Capacity,
    bool OpenToAll,
    ValueList<SelectionCriterion> Criteria,
    ValueList<CriteriaVersionRow> CriteriaVersions,
    int? ReportedInvited,
    int? ReportedApplied,
    string? ReportedSource,
    Day? PublishedOn,
    Day? ClosedOn,
    bool IsSimulated)
{
    public int CriteriaVersion => CriteriaVersions[^1].Version;

    /// <summary>The oldest version of which reviews still count.</summary>
    public int OldestCriteriaThatCount => CriteriaVersions.Last(v => v.GivenReviews != GivenReviews.Stand).Version;
}

/// <param name="GivenReviews">What became of reviews on the criteria before; null for those the round was opened with.</param>
/// <param name="Reason">Null for those the round was opened with.</param>
public sealed record CriteriaVersionRow(int Version, Day From, ValueList<SelectionCriterion> Criteria, GivenReviews? GivenReviews, string? Reason);

public sealed class RoundTable() : RowTable<RoundRow, IntakeRoundEvent>("round", "round")
{
    public override int Version => 2;

    protected override RoundRow? Apply(RoundRow? row, IntakeRoundEvent fact, StoredFact stored) => (row, fact) switch
    {
        (null, RoundOpened e) => new(
            stored.Id(RoundId.From), e.Programme, e.Number, Day.Of(stored.On), null, Day.EndOrNull(e.Deadline), e.Capacity, e.OpenToAll, e.Criteria,
            [new(1, Day.Of(stored.On), e.Criteria, null, null)], null, null, null, null, null, stored.IsSimulated()),
        (null, _) => null,
        (_, CountsReported e) => row with { ReportedInvited = e.Invited, ReportedApplied = e.Applied, ReportedSource = e.Source },
        (_, CapacityRaised e) => row with { Capacity = e.Capacity },
        (_, ApplicationWindowSet e) => row with { AppliesFrom = Day.Start(e.From), Deadline = Day.End(e.Deadline) },
        (_, CriteriaRevised e) => row with
        {
            Criteria = e.Criteria,
            CriteriaVersions = row.CriteriaVersions.Add(new(e.Version, Day.Of(stored.On), e.Criteria, e.GivenReviews, e.Reason)),
        },
        (_, DecisionsPublished) => row with { PublishedOn = Day.Of(stored.On) },
        (_, RoundClosed) => row with { ClosedOn = Day.Of(stored.On) },
        _ => row,
    };
}
