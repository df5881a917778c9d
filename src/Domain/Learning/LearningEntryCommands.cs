using HousingBank.Domain.Municipalities;
using HousingBank.Domain.Participations;
using HousingBank.Domain.Programmes;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Learning;

/// <param name="Municipality">Null when it is about the programme.</param>
/// <param name="Participation">The municipality's course it came from; null when it came from none.</param>
/// <param name="Loop">1: do the measures work as meant; 2: is the way of organising right; 3: are the goals and the actors right.</param>
/// <param name="Phase">The phase it came from; null when it came from none.</param>
public sealed record WriteLearningEntry(
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
    string? Evidence) : Command
{
    public override ValueList<StreamId> Streams()
    {
        var streams = new List<StreamId> { Entry.Stream, Programme.Stream };
        if (Municipality is { } municipality)
            streams.Add(municipality.Stream);
        if (Participation is { } participation)
            streams.Add(participation.Stream);
        return streams.ToValueList();
    }

    public override Decision Decide(Histories histories) => LearningEntryDecider.Write(
        histories.State<LearningEntryState>(Entry.Stream),
        histories.State<ProgrammeState>(Programme.Stream),
        Municipality is { } municipality ? histories.State<MunicipalityState>(municipality.Stream) : null,
        Participation is { } participation ? histories.State<ParticipationState>(participation.Stream) : null,
        this);
}

/// <summary>A command about what became of an entry.</summary>
public abstract record LearningEntryCommand(LearningEntryId Entry) : Command
{
    public override ValueList<StreamId> Streams() => [Entry.Stream];

    private protected LearningEntryState Of(Histories histories) => histories.State<LearningEntryState>(Entry.Stream);
}

/// <param name="With">Whom, in words: "alle programkommunene".</param>
public sealed record ShareLearningEntry(LearningEntryId Entry, string With) : LearningEntryCommand(Entry)
{
    public override Decision Decide(Histories histories) => LearningEntryDecider.Share(Of(histories), this);
}

public sealed record TakeUpLearningEntry(LearningEntryId Entry, MunicipalityId By) : LearningEntryCommand(Entry)
{
    public override ValueList<StreamId> Streams() => [Entry.Stream, By.Stream];

    public override Decision Decide(Histories histories) =>
        LearningEntryDecider.TakeUp(Of(histories), histories.State<MunicipalityState>(By.Stream), this);
}

/// <param name="Reference">The letter or meeting it was brought with; null when there is none to refer to.</param>
public sealed record BringLearningEntryToMinistry(LearningEntryId Entry, string? Reference = null) : LearningEntryCommand(Entry)
{
    public override Decision Decide(Histories histories) => LearningEntryDecider.BringToMinistry(Of(histories), this);
}

/// <param name="Reference">What was changed: a version of the framework model, an agreement, a measure, a routine.</param>
public sealed record LinkLearningEntryToChange(LearningEntryId Entry, ChangeKind Kind, string Reference) : LearningEntryCommand(Entry)
{
    public override Decision Decide(Histories histories) => LearningEntryDecider.LinkToChange(Of(histories), this);
}

public sealed record SetLearningEntryAside(LearningEntryId Entry, string Reason) : LearningEntryCommand(Entry)
{
    public override Decision Decide(Histories histories) => LearningEntryDecider.SetAside(Of(histories), this);
}
