using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Imports;

/// <param name="Source">What it is carried over from: a system, or a simulation and what it was made from.</param>
public sealed record CarryHistoryOver(ImportId Import, string Source) : Command
{
    public override ValueList<StreamId> Streams() => [Import.Stream];

    public override Decision Decide(Histories histories) => ImportDecider.CarryOver(histories.State<ImportState>(Import.Stream), this);
}
