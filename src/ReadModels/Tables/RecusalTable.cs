using HousingBank.Domain.Applications;
using HousingBank.Domain.Vocabulary;
using HousingBank.Store;

namespace HousingBank.ReadModels.Tables;

/// <summary>A council member's conflict of interest (inhabilitet) in an application; the last, where it was withdrawn and came back.</summary>
/// <param name="Member">By reference; never a name.</param>
/// <param name="WithdrawnOn">The first day it stands no more; null while it stands.</param>
public sealed record RecusalRow(
    RoundId Round, MunicipalityId Municipality, string Member, RecusalCause Cause, string Reason, Day On, Day? WithdrawnOn, string? WithdrawnBecause) : IOfApplication;

public sealed class RecusalTable : TwoClockTable
{
    public override string Name => "recusal";

    public override int Version => 1;

    public override Type RowType => typeof(RecusalRow);

    public override bool Takes(string streamKind) => streamKind == "application";

    // A recusal does not say which application it is of: the stream does, by its first fact.
    public override IReadOnlyList<Stretch> Timeline(IReadOnlyList<StoredFact> inEffectiveOrder) =>
        inEffectiveOrder.Select(f => f.Fact).OfType<ApplicationDrafted>().FirstOrDefault() is { } application
            ? new OfOneApplication(application).Timeline(inEffectiveOrder)
            : [];

    private sealed class OfOneApplication(ApplicationDrafted application) : RowsTable<RecusalRow, ApplicationEvent>("recusal", "application")
    {
        protected override Rows<RecusalRow> Apply(
            Rows<RecusalRow> rows, ApplicationEvent fact, StoredFact stored) => fact switch
            {
                MemberRecused e => rows.SetItem(
                    e.Member, new(application.Round, application.Municipality, e.Member, e.Cause, e.Reason, Day.Of(stored.On), null, null)),
                RecusalWithdrawn e => rows.Change(e.Member, row => row with { WithdrawnOn = Day.Of(stored.On), WithdrawnBecause = e.Reason }),
                _ => rows,
            };
    }
}
