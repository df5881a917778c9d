using System.Collections.Immutable;
using System.Globalization;
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

public sealed class LearningOutcomeTable() : RowsTable<LearningOutcomeRow, LearningEntryEvent>("learning_outcome", "learning")
{
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

    protected override ImmutableSortedDictionary<string, LearningOutcomeRow> Apply(
        ImmutableSortedDictionary<string, LearningOutcomeRow> rows, LearningEntryEvent fact, StoredFact stored) => OutcomeOf(fact) is { } outcome
            ? rows.SetItem(
                stored.Version.ToString("D6", CultureInfo.InvariantCulture),
                new(stored.Id(LearningEntryId.From), stored.Version, outcome, stored.On.Placed, DetailOf(fact), (fact as LearningEntryLedToChange)?.Kind))
            : rows;

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
