using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Vocabulary;
using HousingBank.Store;

namespace HousingBank.ReadModels.Tables;

/// <summary>An intake round (opptaksrunde).</summary>
/// <param name="Capacity">Null when the source is silent on it.</param>
/// <param name="CriteriaVersion">Of <paramref name="Criteria"/>: 1 for those the round was opened with.</param>
/// <param name="OldestCriteriaThatCount">The oldest version of which reviews still count.</param>
/// <param name="ReportedInvited">A count a source gives without names; it includes those known by name.</param>
/// <param name="ReportedApplied">The same of applications.</param>
/// <param name="ClosedOn">Its last day.</param>
public sealed record RoundRow(
    RoundId Round,
    ProgrammeId Programme,
    int Number,
    Day OpenedOn,
    Day? Deadline,
    int? Capacity,
    bool OpenToAll,
    ValueList<SelectionCriterion> Criteria,
    int CriteriaVersion,
    int OldestCriteriaThatCount,
    int? ReportedInvited,
    int? ReportedApplied,
    string? ReportedSource,
    Day? ClosedOn,
    bool IsSimulated);

public sealed class RoundTable() : RowTable<RoundRow, IntakeRoundEvent>("round", "round")
{
    public override int Version => 2;

    protected override RoundRow? Apply(RoundRow? row, IntakeRoundEvent fact, StoredFact stored) => (row, fact) switch
    {
        (null, RoundOpened e) => new(
            stored.Id(RoundId.From), e.Programme, e.Number, Day.Of(stored.On), Day.EndOrNull(e.Deadline), e.Capacity, e.OpenToAll, e.Criteria,
            1, 1, null, null, null, null, stored.IsSimulated()),
        (null, _) => null,
        (_, CountsReported e) => row with { ReportedInvited = e.Invited, ReportedApplied = e.Applied, ReportedSource = e.Source },
        (_, CapacityRaised e) => row with { Capacity = e.Capacity },
        (_, ApplicationWindowSet e) => row with { Deadline = Day.End(e.Deadline) },
        (_, CriteriaRevised e) => row with
        {
            Criteria = e.Criteria,
            CriteriaVersion = e.Version,
            OldestCriteriaThatCount = e.GivenReviews == GivenReviews.Stand ? row.OldestCriteriaThatCount : e.Version,
        },
        (_, RoundClosed) => row with { ClosedOn = Day.Of(stored.On) },
        _ => row,
    };
}
