using HousingBank.Domain.Participations;
using HousingBank.Domain.Vocabulary;
using HousingBank.Store;

namespace HousingBank.ReadModels.Tables;

/// <summary>One assessment of how the work is anchored in one dimension; later ones stand beside it.</summary>
/// <param name="Level">Null when an imported source gives none.</param>
public sealed record AnchoringRow(
    ParticipationId Participation,
    AnchoringDimension Dimension,
    AnchoringLevel? Level,
    string? Ownership,
    bool? Representation,
    ValueList<string> Statements,
    ValueList<PlanAnchoring> Plans,
    AnchoringAssessor AssessedBy,
    Day AssessedOn);

public sealed class AnchoringTable() : RowsTable<AnchoringRow, ParticipationEvent>("anchoring", "participation")
{
    protected override Rows<AnchoringRow> Apply(
        Rows<AnchoringRow> rows, ParticipationEvent fact, StoredFact stored) => fact is AnchoringAssessed e
            ? rows.SetItem($"{Codes.Of(e.Dimension)}/{stored.Version:D6}", new(
                stored.Id(ParticipationId.From), e.Dimension, e.Level, e.Ownership, e.Representation, e.Statements, e.Plans, e.AssessedBy, Day.Of(stored.On)))
            : rows;
}
