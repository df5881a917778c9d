using HousingBank.Domain.Vocabulary;

namespace HousingBank.ReadModels.LearningLog;

/// <summary>Which entries are asked for; null lets all pass.</summary>
/// <param name="Area">practicalWork, programmeLearning, projectLearning or policyRelevant.</param>
/// <param name="Loop">1, 2 or 3.</param>
/// <param name="Form">explicit or tacit.</param>
/// <param name="Level">individual, organisation, institution or bank.</param>
/// <param name="Outcome">shared, takenUp, broughtToMinistry, ledToChange, setAside, or none.</param>
public sealed record LearningFilter(
    Guid? Programme = null,
    string? Municipality = null,
    string? Area = null,
    int? Loop = null,
    string? Form = null,
    string? Level = null,
    string? Outcome = null);

/// <summary>What has been learnt, and what became of it.</summary>
/// <param name="Entries">The newest first; the list that the counts are counted from.</param>
/// <param name="Counts">By area, loop, form and outcome; only those that are not zero.</param>
public sealed record LearningEntries(IReadOnlyList<LearningEntry> Entries, IReadOnlyList<LearningCount> Counts)
{
    private static readonly Columns<LearningEntry> Flat = new("learning")
    {
        { "writtenOn", e => e.WrittenOn.On },
        { "municipality", e => e.Municipality?.Name },
        { "area", e => new Code("knowledgeArea", e.Area) },
        { "loop", e => e.Loop },
        { "form", e => Code.Of("learningForm", e.Form) },
        { "level", e => Code.Of("learningLevel", e.Level) },
        { "phase", e => e.Phase is { } phase ? Code.Of(phase) : null },
        { "text", e => e.Text },
        { "evidence", e => e.Evidence },
        { "outcome", e => Code.Of("learningOutcome", e.Outcome) },
        { "simulated", e => e.IsSimulated },
        { "stream", e => e.Facts.Stream },
    };

    public FlatTable Rows() => Flat.Of(Entries);
}

/// <param name="Municipality">Null for an entry about the programme as such.</param>
/// <param name="Outcome">The furthest it came: ledToChange, setAside, broughtToMinistry, takenUp, shared, or none.</param>
/// <param name="Became">What became of it, in order of day.</param>
/// <param name="Version">The last version of its stream, now.</param>
public sealed record LearningEntry(
    Guid Id,
    Guid Programme,
    MunicipalityOnDay? Municipality,
    Guid? Participation,
    string Area,
    int Loop,
    string Form,
    string Level,
    Phase? Phase,
    string Text,
    string? Evidence,
    Day WrittenOn,
    string Outcome,
    IReadOnlyList<LearningOutcome> Became,
    int Version,
    bool IsSimulated,
    FactsBehind Facts);

/// <param name="Kind">shared, takenUp, broughtToMinistry, ledToChange or setAside.</param>
/// <param name="Detail">With whom, by which municipality (its key), what reference, why: as it was recorded.</param>
/// <param name="Change">frameworkModel, measure, agreement or routine, for a change it led to.</param>
public sealed record LearningOutcome(string Kind, DateOnly On, string? Detail, string? Change);

/// <param name="Entries">The entries counted.</param>
public sealed record LearningCount(string Area, int Loop, string Form, string Outcome, int Count, IReadOnlyList<Guid> Entries);
