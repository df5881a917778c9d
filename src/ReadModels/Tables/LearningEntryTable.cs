using HousingBank.Domain.Learning;
using HousingBank.Domain.Vocabulary;
using HousingBank.Store;

namespace HousingBank.ReadModels.Tables;

/// <summary>An entry of the learning log, and what became of it.</summary>
public sealed record LearningEntryRow(
    LearningEntryId Entry,
    ProgrammeId Programme,
    MunicipalityId? Municipality,
    ParticipationId? Participation,
    KnowledgeArea Area,
    int Loop,
    LearningForm Form,
    LearningLevel Level,
    Phase? Phase,
    string Text,
    string? Evidence,
    Day WrittenOn,
    ValueList<BecameOf> Became,
    bool IsSimulated);

/// <param name="Outcome">shared, takenUp, broughtToMinistry, ledToChange or setAside.</param>
/// <param name="Detail">With whom, by which municipality, what reference, why.</param>
/// <param name="Change">What kind of thing was changed; null for the other outcomes.</param>
public sealed record BecameOf(string Outcome, DateOnly On, string? Detail, ChangeKind? Change);

public sealed class LearningEntryTable() : RowTable<LearningEntryRow, LearningEntryEvent>("learning_entry", "learning")
{
    protected override LearningEntryRow? Apply(LearningEntryRow? row, LearningEntryEvent fact, StoredFact stored)
    {
        LearningEntryRow Became(string outcome, string? detail, ChangeKind? change = null) =>
            row! with { Became = row.Became.Add(new(outcome, stored.On.Placed, detail, change)) };

        return (row, fact) switch
        {
            (null, LearningEntryWritten e) => new(
                stored.Id(LearningEntryId.From), e.Programme, e.Municipality, e.Participation, e.Area, e.Loop, e.Form, e.Level, e.Phase, e.Text, e.Evidence,
                Day.Of(stored.On), [], stored.IsSimulated()),
            (null, _) => null,
            (_, LearningEntryShared e) => Became("shared", e.With),
            (_, LearningEntryTakenUp e) => Became("takenUp", e.By.Key),
            (_, LearningEntryBroughtToMinistry e) => Became("broughtToMinistry", e.Reference),
            (_, LearningEntryLedToChange e) => Became("ledToChange", e.Reference, e.Kind),
            (_, LearningEntrySetAside e) => Became("setAside", e.Reason),
            _ => row,
        };
    }
}
