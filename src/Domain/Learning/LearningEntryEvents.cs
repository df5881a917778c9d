using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Learning;

/// <summary>What has happened to one entry of the learning log (læringslogg).</summary>
public abstract record LearningEntryEvent : Fact;

public enum LearningForm
{
    /// <summary>Put into words and routines.</summary>
    Explicit,

    /// <summary>Known by those who do it.</summary>
    Tacit,
}

/// <summary>Who has learnt it.</summary>
public enum LearningLevel
{
    Individual,
    Organisation,
    Institution,
    Bank,
}

/// <summary>What a learning entry led to a change of.</summary>
public enum ChangeKind
{
    FrameworkModel,
    Measure,
    Agreement,
    Routine,
}

/// <param name="Municipality">Null when it is about the programme.</param>
/// <param name="Participation">The municipality's course it came from; null when it came from none.</param>
/// <param name="Loop">1: do the measures work as meant; 2: is the way of organising right; 3: are the goals and the actors right.</param>
/// <param name="Phase">The phase it came from; null when it came from none.</param>
[StoredAs("learning-entry-written")]
public sealed record LearningEntryWritten(
    ProgrammeId Programme,
    MunicipalityId? Municipality,
    ParticipationId? Participation,
    KnowledgeArea Area,
    int Loop,
    LearningForm Form,
    LearningLevel Level,
    Phase? Phase,
    string Text,
    string? Evidence) : LearningEntryEvent;

/// <param name="With">Whom, in words: "alle programkommunene".</param>
[StoredAs("learning-entry-shared")]
public sealed record LearningEntryShared(string With) : LearningEntryEvent;

[StoredAs("learning-entry-taken-up")]
public sealed record LearningEntryTakenUp(MunicipalityId By) : LearningEntryEvent;

/// <param name="Reference">The letter or meeting it was brought with; null when there is none to refer to.</param>
[StoredAs("learning-entry-brought-to-ministry")]
public sealed record LearningEntryBroughtToMinistry(string? Reference) : LearningEntryEvent;

/// <param name="Reference">What was changed: a version of the framework model, an agreement, a measure, a routine.</param>
[StoredAs("learning-entry-led-to-change")]
public sealed record LearningEntryLedToChange(ChangeKind Kind, string Reference) : LearningEntryEvent;

[StoredAs("learning-entry-set-aside")]
public sealed record LearningEntrySetAside(string Reason) : LearningEntryEvent;
