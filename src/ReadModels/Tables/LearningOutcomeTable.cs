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

    public override bool Takes(string streamKind) => streamKind == "learning";

    /// <returns>Null for a fact that is none.</returns>
    public static LearningOutcomeRow? OutcomeOf(StoredFact fact)
    {
        LearningOutcomeRow Row(string outcome, string? detail, ChangeKind? change = null) =>
            new(fact.Id(LearningEntryId.From), fact.Version, outcome, fact.On.Placed, detail, change);

        return fact.Fact switch
        {
            LearningEntryShared e => Row("shared", e.With),
            LearningEntryTakenUp e => Row("takenUp", e.By.Key),
            LearningEntryBroughtToMinistry e => Row("broughtToMinistry", e.Reference),
            LearningEntryLedToChange e => Row("ledToChange", e.Reference, e.Kind),
            LearningEntrySetAside e => Row("setAside", e.Reason),
            _ => null,
        };
    }

    protected override LearningOutcomeRow? RowOf(StoredFact fact) => OutcomeOf(fact);
}
