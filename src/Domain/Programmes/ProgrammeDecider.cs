using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Vocabulary;
using static HousingBank.Domain.Programmes.ProgrammeRefusals;

namespace HousingBank.Domain.Programmes;

/// <summary>The rules of a programme, its framework model and its office.</summary>
public static class ProgrammeDecider
{
    private const int MostMunicipalities = 1_000;
    private const int MostMonths = 120;
    private const int MostVersions = 1_000;

    public static Decision Launch(ProgrammeState programme, LaunchProgramme command)
    {
        if (WrongFieldOf(command) is { } wrong)
            return wrong;
        if (command.PeriodTo.Last < command.PeriodFrom.First)
            return PeriodEndsBeforeItStarts;

        var launched = new ProgrammeLaunched(
            command.Name,
            command.Owner,
            command.PeriodFrom,
            command.PeriodTo,
            command.TargetMunicipalities,
            command.MunicipalitiesPerRound,
            command.Vision,
            command.Goals,
            command.KnowledgeAreas)
        { On = command.On.PlacedFirst() };
        if (programme.Launched?.SaysTheSameAs(launched) == true)
            return Decision.Nothing;
        return Record(command, programme, launched);
    }

    public static Decision AdoptFrameworkModel(ProgrammeState programme, AdoptFrameworkModel command)
    {
        if ((WrongFieldOf(command.Version, command.Phases) ?? Fields.ReasonIfAny(command.Reason)) is { } wrong)
            return wrong;
        if (IsSame(programme.Model(command.Version), command.Phases))
            return Decision.Nothing;
        return Record(command, programme, new FrameworkModelAdopted(command.Version, command.Phases, command.Reason) { On = AfterLaunch(programme, command) });
    }

    public static Decision ReviseFrameworkModel(ProgrammeState programme, ReviseFrameworkModel command)
    {
        if ((WrongFieldOf(command.Version, command.Phases) ?? Fields.Reason(command.Reason)) is { } wrong)
            return wrong;
        if (IsSame(programme.Model(command.Version), command.Phases))
            return Decision.Nothing;
        return Record(
            command,
            programme,
            new FrameworkModelRevised(command.Version, command.Phases, command.Reason) { On = command.On.PlacedFirst(programme.CurrentModel?.From) });
    }

    public static Decision DescribeOffice(ProgrammeState programme, DescribeOffice command)
    {
        if ((Fields.Reason(command.Owner) ?? Fields.Reason(command.Secretariat) ?? Fields.Reason(command.Council)) is { } wrong)
            return wrong;

        var described = new OfficeDescribed(command.Owner, command.Secretariat, command.Council) { On = AfterLaunch(programme, command) };
        if (programme.Office is { } before && before with { On = described.On } == described)
            return Decision.Nothing;
        return Record(command, programme, described);
    }

    public static Decision AppointCouncilMember(ProgrammeState programme, AppointCouncilMember command)
    {
        if ((Fields.Name(command.Member) ?? Fields.Name(command.Affiliation) ?? Fields.Day(command.Until)) is { } wrong)
            return wrong;

        var appointed = new CouncilMemberAppointed(command.Member, command.Affiliation, command.Inside, command.Until, command.Person) { On = AfterLaunch(programme, command) };
        if (command.Until?.Last < appointed.On.Placed)
            return AppointmentEndsBeforeItStarts;
        if (programme.SeatOf(command.Member, appointed.On.Placed) is { } seat && seat.Appointment with { On = appointed.On } == appointed)
            return Decision.Nothing;
        return Record(command, programme, appointed);
    }

    public static Decision RetireCouncilMember(ProgrammeState programme, RetireCouncilMember command)
    {
        if (Fields.Name(command.Member) is { } wrong)
            return wrong;

        var seats = programme.Council.Where(s => s.Appointment.Member == command.Member).ToList();
        var retired = new CouncilMemberRetired(command.Member) { On = command.On.PlacedFirst(seats.LastOrDefault()?.FirstDay) };
        if (seats.Any(s => s.LastDay == retired.On.Placed.AddDays(-1)))
            return Decision.Nothing;
        return Record(command, programme, retired);
    }

    public static Decision NoteCouncilAffiliation(ProgrammeState programme, NoteCouncilAffiliation command)
    {
        if ((Fields.Name(command.Member) ?? Fields.Name(command.Municipality.Key, "municipality") ?? Fields.Reason(command.As)) is { } wrong)
            return wrong;
        var noted = new CouncilAffiliationNoted(command.Member, command.Municipality, command.As) { On = AfterLaunch(programme, command) };
        if (programme.Affiliations.Any(a => (a.Member, a.Municipality, a.FirstDay) == (noted.Member, noted.Municipality, noted.On.Placed)))
            return Decision.Nothing;
        return Record(command, programme, noted);
    }

    public static Decision EndCouncilAffiliation(ProgrammeState programme, EndCouncilAffiliation command)
    {
        if ((Fields.Name(command.Member) ?? Fields.Name(command.Municipality.Key, "municipality")) is { } wrong)
            return wrong;
        var own = programme.Affiliations.Where(a => (a.Member, a.Municipality) == (command.Member, command.Municipality)).ToList();
        var ended = new CouncilAffiliationEnded(command.Member, command.Municipality) { On = command.On.PlacedFirst(own.LastOrDefault()?.FirstDay) };
        if (own.Exists(a => a.LastDay == ended.On.Placed.AddDays(-1)))
            return Decision.Nothing;
        return Record(command, programme, ended);
    }

    /// <summary>Gives a round that opens its number; nothing new when it has it already.</summary>
    /// <param name="on">The day of the opening, placed.</param>
    public static Decision NumberRound(ProgrammeState programme, OpenRound command, EffectiveDay on)
    {
        if (programme.Rounds.TryGetValue(command.Number, out var holder) && holder == command.Round)
            return Decision.Nothing;
        var numbered = new RoundNumbered(command.Round, command.Number) { On = on };
        return Broken(programme, numbered).FirstOrDefault() is { } refusal ? refusal : Decision.Record(command.Programme.Stream, numbered);
    }

    public static Decision ChangeTarget(ProgrammeState programme, ChangeTarget command)
    {
        if ((Fields.Between(command.Target, 1, MostMunicipalities) ?? Fields.Reason(command.Reason)) is { } wrong)
            return wrong;
        if (programme.IsKnown && programme.Target == command.Target)
            return Decision.Nothing;
        return Record(command, programme, new TargetChanged(command.Target, command.Reason) { On = AfterLaunch(programme, command) });
    }

    /// <summary>The rules that hold on every day, whatever the order things were recorded in.</summary>
    public static IEnumerable<Refusal> Broken(ProgrammeState programme, ProgrammeEvent fact) => fact switch
    {
        ProgrammeLaunched => ProgrammeLaunchedAlready.When(programme.IsKnown),
        _ when !programme.IsKnown => [ProgrammeUnknown],
        FrameworkModelAdopted => FrameworkModelAdoptedAlready.When(programme.CurrentModel is not null),
        FrameworkModelRevised when programme.CurrentModel is null => [FrameworkModelMissing],
        FrameworkModelRevised e => ModelVersionNotHigher.When(programme.Models.Any(m => m.Version >= e.Version)),
        CouncilMemberAppointed e => CouncilMemberAppointedAlready.When(programme.SeatOf(e.Member, e.On.Placed) is not null),
        CouncilMemberRetired e => CouncilMemberNotAppointed.When(programme.SeatOf(e.Member, e.On.Placed) is null),
        RoundNumbered e => RoundNumberTaken.With("number", e.Number).When(programme.Rounds.ContainsKey(e.Number)),
        CouncilAffiliationNoted e => CouncilAffiliationNotedAlready.When(programme.IsAffiliated(e.Member, e.Municipality, e.On.Placed)),
        CouncilAffiliationEnded e => CouncilAffiliationUnknown.When(!programme.IsAffiliated(e.Member, e.Municipality, e.On.Placed)),
        _ => [],
    };

    private static Refusal? WrongFieldOf(LaunchProgramme command) =>
        Fields.LocalText(command.Name)
        ?? Fields.Name(command.Owner)
        ?? Fields.Given(command.PeriodFrom)
        ?? Fields.Day(command.PeriodFrom)
        ?? Fields.Given(command.PeriodTo)
        ?? Fields.Day(command.PeriodTo)
        ?? Fields.Between(command.TargetMunicipalities, 1, MostMunicipalities)
        ?? Fields.Between(command.MunicipalitiesPerRound, 1, MostMunicipalities)
        ?? Fields.LocalText(command.Vision, Fields.ReasonLength)
        ?? Fields.Each(command.Goals, (goal, field) => Fields.LocalText(goal, Fields.ReasonLength, field))
        ?? Fields.Each(command.KnowledgeAreas, (area, field) => Fields.Known(area, field))
        ?? Fields.NoneTwice(command.KnowledgeAreas);

    private static Refusal? WrongFieldOf(int version, ValueList<ModelPhase> phases) =>
        Fields.Between(version, 1, MostVersions)
        ?? (phases.Select(p => p?.Phase).SequenceEqual(Enum.GetValues<Phase>().Select(p => (Phase?)p)) ? null : PhasesNotInOrder)
        ?? Fields.Each(phases, WrongFieldOf);

    private static Refusal? WrongFieldOf(ModelPhase phase, string field) =>
        Fields.Between(phase.LongestMonths, 1, MostMonths, field + ".longestMonths")
        ?? Fields.Between(phase.ShortestMonths, 1, phase.LongestMonths, field + ".shortestMonths")
        ?? Fields.Between(phase.RevisionMonths, 1, phase.LongestMonths, field + ".revisionMonths")
        ?? Fields.Each(phase.Criteria, (code, name) => GateCriteria.All.Contains(code) ? null : Refusal.OfField(Fields.UnknownValue, name), field + ".criteria")
        ?? Fields.NoneTwice(phase.Criteria, field + ".criteria");

    private static bool IsSame(FrameworkModel? model, ValueList<ModelPhase> phases) => model is not null && model.Phases == phases;

    private static EffectiveDay AfterLaunch(ProgrammeState programme, ProgrammeCommand command) => command.On.PlacedFirst(programme.Launched?.On.Placed);

    private static Decision Record(ProgrammeCommand command, ProgrammeState programme, ProgrammeEvent fact) =>
        Broken(programme, fact).FirstOrDefault() is { } refusal ? refusal : Decision.Record(command.Programme.Stream, fact);
}
