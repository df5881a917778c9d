using HousingBank.Domain.Participations;
using HousingBank.Domain.Vocabulary;
using HousingBank.Store;

namespace HousingBank.ReadModels.Tables;

/// <summary>A pre-analysis (foranalyse) that was delivered.</summary>
public sealed record PreAnalysisRow(ParticipationId Participation, string Supplier, Day DeliveredOn);

public sealed class PreAnalysisTable() : RowsTable<PreAnalysisRow, ParticipationEvent>("pre_analysis", "participation")
{
    protected override Rows<PreAnalysisRow> Apply(
        Rows<PreAnalysisRow> rows, ParticipationEvent fact, StoredFact stored) => fact is PreAnalysisDelivered e
            ? rows.SetItem($"{stored.Version:D6}", new(stored.Id(ParticipationId.From), e.Supplier, Day.Of(stored.On)))
            : rows;
}
