using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Vocabulary;
using HousingBank.Store;

namespace HousingBank.ReadModels.Tables;

/// <summary>The figures that a municipality was chosen by in a round, as they were known then.</summary>
/// <param name="Source">Source and table.</param>
public sealed record SelectionFigureRow(RoundId Round, MunicipalityId Municipality, ValueList<SelectionFigure> Figures, string Source, Day KeptOn) : IOfApplication;

public sealed class SelectionFigureTable() : RowsTable<SelectionFigureRow, IntakeRoundEvent>("selection_figure", "round")
{
    protected override Rows<SelectionFigureRow> Apply(
        Rows<SelectionFigureRow> rows, IntakeRoundEvent fact, StoredFact stored) => fact is SelectionFiguresKept kept
            ? rows.SetItem(kept.Municipality.Key, new(stored.Id(RoundId.From), kept.Municipality, kept.Figures, kept.Source, Day.Of(stored.On)))
            : rows;
}
