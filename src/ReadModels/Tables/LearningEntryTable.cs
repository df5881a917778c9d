using HousingBank.Domain.Learning;
using HousingBank.Domain.Vocabulary;
using HousingBank.Store;

namespace HousingBank.ReadModels.Tables;

/// <summary>An entry of the learning log, and how far it came.</summary>
/// <param name="Outcome">The furthest of <see cref="LearningOutcomeRow.Outcome"/>; null while nothing became of it.</param>
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
    bool IsShared,
    string? Outcome,
    bool IsSimulated);

public sealed class LearningEntryTable() : RowTable<LearningEntryRow, LearningEntryEvent>("learning_entry", "learning")
{
    private static readonly string[] s_furthestFirst = ["ledToChange", "setAside", "broughtToMinistry", "takenUp", "shared"];

    public override int Version => 2;

    protected override LearningEntryRow? Apply(LearningEntryRow? row, LearningEntryEvent fact, StoredFact stored) => (row, fact) switch
    {
        (null, LearningEntryWritten e) => new(
            stored.Id(LearningEntryId.From), e.Programme, e.Municipality, e.Participation, e.Area, e.Loop, e.Form, e.Level, e.Phase, e.Text, e.Evidence,
            Day.Of(stored.On), IsShared: false, Outcome: null, stored.IsSimulated()),
        (null, _) => null,
        _ when LearningOutcomeTable.OutcomeOf(stored) is { Outcome: var outcome } => row with
        {
            IsShared = row.IsShared || outcome == "shared",
            Outcome = s_furthestFirst.First(o => o == outcome || o == row.Outcome),
        },
        _ => row,
    };
}
