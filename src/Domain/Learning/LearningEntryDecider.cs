using HousingBank.Domain.Municipalities;
using HousingBank.Domain.Participations;
using HousingBank.Domain.Programmes;
using HousingBank.Domain.Vocabulary;
using static HousingBank.Domain.Learning.LearningEntryRefusals;

namespace HousingBank.Domain.Learning;

/// <summary>The rules of the learning log: what an entry says, and what became of it.</summary>
public static class LearningEntryDecider
{
    /// <param name="municipality">Null when the entry is about the programme.</param>
    /// <param name="participation">Null when the entry comes from none.</param>
    public static Decision Write(
        LearningEntryState entry, ProgrammeState programme, MunicipalityState? municipality, ParticipationState? participation, WriteLearningEntry command)
    {
        if (WrongFieldOf(command) is { } wrong)
            return wrong;
        if (command is { Participation: not null, Municipality: null })
            return ParticipationWithoutMunicipality;
        if (!programme.IsKnown)
            return ProgrammeRefusals.ProgrammeUnknown;
        if (municipality is { IsKnown: false })
            return MunicipalityRefusals.MunicipalityUnknown;
        if (participation is { Candidacy: null })
            return ParticipationRefusals.ParticipationUnknown;
        if (participation is { Candidacy: { } candidacy } && candidacy.Municipality != command.Municipality)
            return ParticipationOfAnotherMunicipality;

        var written = new LearningEntryWritten(
            command.Programme,
            command.Municipality,
            command.Participation,
            command.Area,
            command.Loop,
            command.Form,
            command.Level,
            command.Phase,
            command.Text,
            command.Evidence)
        { On = command.On.PlacedFirst(programme.Launched?.On.Placed) };
        if (entry.Written?.SaysTheSameAs(written) == true)
            return Decision.Nothing;
        return Record(command.Entry, entry, written);
    }

    public static Decision Share(LearningEntryState entry, ShareLearningEntry command) =>
        Fields.Name(command.With) ?? Add(command, entry, new LearningEntryShared(command.With));

    public static Decision TakeUp(LearningEntryState entry, MunicipalityState municipality, TakeUpLearningEntry command) =>
        municipality.IsKnown ? Add(command, entry, new LearningEntryTakenUp(command.By)) : MunicipalityRefusals.MunicipalityUnknown;

    public static Decision BringToMinistry(LearningEntryState entry, BringLearningEntryToMinistry command) =>
        Fields.ReasonIfAny(command.Reference) ?? Add(command, entry, new LearningEntryBroughtToMinistry(command.Reference));

    public static Decision LinkToChange(LearningEntryState entry, LinkLearningEntryToChange command) =>
        Fields.Known(command.Kind) ?? Fields.Reason(command.Reference) ?? Add(command, entry, new LearningEntryLedToChange(command.Kind, command.Reference));

    public static Decision SetAside(LearningEntryState entry, SetLearningEntryAside command)
    {
        if (Fields.Reason(command.Reason) is { } wrong)
            return wrong;
        if (entry.SetAside?.Reason == command.Reason)
            return Decision.Nothing;
        return Record(command.Entry, entry, new LearningEntrySetAside(command.Reason) { On = AfterWriting(entry, command) });
    }

    /// <summary>The rules that hold on every day, whatever the order things were recorded in.</summary>
    public static IEnumerable<Refusal> Broken(LearningEntryState entry, LearningEntryEvent fact) => fact switch
    {
        LearningEntryWritten => LearningEntryWrittenAlready.When(entry.IsKnown),
        _ when !entry.IsKnown => [LearningEntryUnknown],
        _ when entry.SetAside?.On.Placed <= fact.On.Placed => [LearningEntryIsSetAside],
        LearningEntryTakenUp e =>
        [
            .. TakenUpByItsOwn.When(entry.Written?.Municipality == e.By),
            .. LearningEntryNotShared.When(entry.Written?.Municipality is not null && !entry.IsShared),
        ],
        LearningEntrySetAside => LearningEntryLedToAChange.When(entry.LedToChange),
        _ => [],
    };

    private static Refusal? WrongFieldOf(WriteLearningEntry command) =>
        Fields.Known(command.Area)
        ?? Fields.Between(command.Loop, 1, 3)
        ?? Fields.Known(command.Form)
        ?? Fields.Known(command.Level)
        ?? Fields.Known(command.Phase)
        ?? Fields.LongText(command.Text)
        ?? Fields.LongTextIfAny(command.Evidence);

    private static Decision Add(LearningEntryCommand command, LearningEntryState entry, LearningEntryEvent became)
    {
        var fact = became with { On = AfterWriting(entry, command) };
        if (entry.BecameOf.Any(before => before with { On = fact.On } == fact))
            return Decision.Nothing;
        return Record(command.Entry, entry, fact);
    }

    private static EffectiveDay AfterWriting(LearningEntryState entry, LearningEntryCommand command) => command.On.PlacedFirst(entry.Written?.On.Placed);

    private static Decision Record(LearningEntryId id, LearningEntryState entry, LearningEntryEvent fact) =>
        Broken(entry, fact).FirstOrDefault() is { } refusal ? refusal : Decision.Record(id.Stream, fact);
}
