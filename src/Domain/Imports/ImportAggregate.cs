using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Imports;

public static class ImportAggregate
{
    public const string Kind = "import";

    public static IAggregate Instance { get; } =
        new Aggregate<ImportState, ImportEvent>(Kind, ImportState.Initial, ImportState.Evolve, ImportDecider.Broken);
}
