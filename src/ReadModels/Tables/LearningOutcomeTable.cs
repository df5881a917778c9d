using HousingBank.Domain.Learning;
using HousingBank.Domain.Vocabulary;
using HousingBank.Store;

namespace HousingBank.ReadModels.Tables;

/// <summary>One thing that became of a learning entry: apart from the entry, whose row would otherwise grow with each of them and be written anew whole.</summary>
/// <param name="Version">Of its fact.</param>
/// <param name="Outcome">shared, takenUp, broughtToMinistry, ledToChange or setAside.</param>
/// <param name="Detail">With whom, by which municipality, what reference, why.</param>
/// <param name="Change">What kind of thing was changed; null for the other outcomes.</param>
public sealed record LearningOutcomeRow(LearningEntryId Entry, int Version, string Outcome, DateOnly On, string? Detail, ChangeKind? Change);

public sealed class LearningOutcomeTable : FactsTable<LearningOutcomeRow>
{
    public override string Name => "learning_outcome";

    public override int Version => 1;

    /// <returns>Null for a fact that is none.</returns>
    public static string? OutcomeOf(LearningEntryEvent fact) => fact switch
    {
        LearningEntryShared => "shared",
        LearningEntryTakenUp => "takenUp",
        LearningEntryBroughtToMinistry => "broughtToMinistry",
        LearningEntryLedToChange => "ledToChange",
        LearningEntrySetAside => "setAside",
        _ => null,
    };

    public override bool Takes(string streamKind) => streamKind == "learning";

    protected override LearningOutcomeRow? RowOf(StoredFact fact) => fact.Fact is LearningEntryEvent e && OutcomeOf(e) is { } outcome
        ? new(fact.Id(LearningEntryId.From), fact.Version, outcome, fact.On.Placed, DetailOf(e), (e as LearningEntryLedToChange)?.Kind)
        : null;

    private static string? DetailOf(LearningEntryEvent fact) => fact switch
    {
        LearningEntryShared e => e.With,
        LearningEntryTakenUp e => e.By.Key,
        LearningEntryBroughtToMinistry e => e.Reference,
        LearningEntryLedToChange e => e.Reference,
        LearningEntrySetAside e => e.Reason,
        _ => null,
    };
}
