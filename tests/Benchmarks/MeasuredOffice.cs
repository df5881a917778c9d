using System.Globalization;
using HousingBank.Cli.Simulating;
using HousingBank.Domain.Agreements;
using HousingBank.Domain.Applications;
using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Learning;
using HousingBank.Domain.Municipalities;
using HousingBank.Domain.Participations;
using HousingBank.Domain.Programmes;
using HousingBank.Domain.Vocabulary;
using HousingBank.Processes;
using HousingBank.Store;
using Microsoft.Extensions.Logging.Abstractions;
using ApplicationId = HousingBank.Domain.Vocabulary.ApplicationId;

namespace HousingBank.Benchmarks;

/// <summary>The ids of one municipality's course: what decisions are made about.</summary>
public sealed record MeasuredCourse(
    MunicipalityId Municipality, ProgrammeId Programme, RoundId Round, ParticipationId Participation, AgreementId Agreement, LearningEntryId Learning);

/// <summary>One office's history, thought of at the desk where everybody's commands are carried out, over memory.</summary>
internal sealed class MeasuredOffice
{
    // As many as the real register has, and its numbers and names with them: every screen reads them.
    private const int Registered = 357;

    private static readonly DateOnly s_opening = new(2014, 1, 6);
    private static readonly DateOnly s_deadline = new(2014, 3, 1);
    private static readonly DateOnly s_admission = new(2015, 9, 1);
    private static readonly DateOnly s_implementation = new(2016, 6, 1);

    private readonly string _tenant;
    private readonly int _facts;
    private readonly Dice _dice;
    private readonly MemoryStore _store;
    private readonly CommandDesk _desk;
    private readonly ProgrammeId _programme;
    private readonly RoundId _round;
    private readonly List<MeasuredCourse> _courses = [];
    private int _commands;

    private MeasuredOffice(string tenant, int seed, int facts, IFactCodec codec)
    {
        (_tenant, _facts, _dice) = (tenant, facts, Dice.For(seed, 1));
        _store = new MemoryStore(codec);
        _desk = new CommandDesk(_store, Reactions.All(new HistoryReader(_store)), NullLogger<CommandDesk>.Instance);
        _programme = new ProgrammeId(NamedUuid.Make(NamedUuid.Root, $"measured:{tenant}"));
        _round = new RoundId(NamedUuid.Make(_programme.Value, "round"));
    }

    public static DateOnly Launch { get; } = new(2014, 1, 2);

    public IReadOnlyList<MeasuredCourse> Courses => _courses;

    /// <summary>Those of the office, and of the register it leans on.</summary>
    public IReadOnlyList<IReadOnlyList<StoredFact>> Streams => _store.Streams;

    /// <param name="facts">In each stream of a course.</param>
    public static async Task<MeasuredOffice> ThinkOfAsync(string tenant, int seed, int courses, int facts, IFactCodec codec)
    {
        var office = new MeasuredOffice(tenant, seed, facts, codec);
        var municipalities = await office.RegisterAsync(Math.Max(Registered, courses));
        await office.LaunchAsync(courses);
        foreach (var municipality in municipalities.Take(courses))
            office._courses.Add(office.CourseOf(municipality));
        foreach (var course in office._courses)
            await office.ApplyAsync(course);
        foreach (var course in office._courses)
            await office.DoAsync(new AdmitMunicipality(office._round, course.Municipality) { On = s_admission });
        foreach (var course in office._courses)
            await office.GoOnAsync(course);
        return office;
    }

    private MeasuredCourse CourseOf(MunicipalityId municipality)
    {
        var participation = ParticipationId.Of(_round, municipality);
        return new(
            municipality, _programme, _round, participation,
            new AgreementId(NamedUuid.Make(participation.Value, "agreement")),
            new LearningEntryId(NamedUuid.Make(participation.Value, "learning")));
    }

    private async Task<List<MunicipalityId>> RegisterAsync(int count)
    {
        var all = new List<MunicipalityId>();
        for (var number = 1; number <= count; number++)
        {
            var municipality = new MunicipalityId(string.Create(CultureInfo.InvariantCulture, $"malt-{number:D4}"));
            var name = string.Create(CultureInfo.InvariantCulture, $"Målt kommune {number}");
            await DoAsync(new RegisterMunicipality(municipality, name, MunicipalityKind.Municipality, "Målt fylke") { On = Launch }, tenant: Scope.National);
            await DoAsync(new AssignNumber(municipality, number.ToString("D4", CultureInfo.InvariantCulture), "Målt fylke", name) { On = Launch }, tenant: Scope.National);
            all.Add(municipality);
        }

        return all;
    }

    private async Task LaunchAsync(int courses)
    {
        var name = new LocalText("Målt program", "Målt program", "Measured programme");
        await DoAsync(new LaunchProgramme(_programme, name, "Målt kontor", Launch, LargeHistory.LastDay.AddYears(2), courses, courses, name, [], [KnowledgeArea.PracticalWork]) { On = Launch });
        await DoAsync(new AdoptFrameworkModel(_programme, 1,
        [
            new(Phase.Preparation, 24, null, null, GateCriteria.Leaving(Phase.Preparation)),
            new(Phase.Planning, 12, null, null, GateCriteria.Leaving(Phase.Planning)),
            new(Phase.Implementation, 60, null, 12, GateCriteria.Leaving(Phase.Implementation)),
            new(Phase.PhaseOut, 24, 12, null, GateCriteria.Leaving(Phase.PhaseOut)),
        ])
        { On = Launch });
        ValueList<SelectionCriterion> criteria = [new("need", new LocalText("Behov", "Behov", "Need"), 60), new("anchoring", new LocalText("Forankring", "Forankring", "Anchoring"), 40)];
        await DoAsync(new OpenRound(_round, _programme, 1, StatedDay.Exactly(s_deadline), courses, OpenToAll: false, criteria) { On = s_opening });
    }

    private async Task ApplyAsync(MeasuredCourse course)
    {
        var (round, municipality) = (course.Round, course.Municipality);
        await DoAsync(new InviteMunicipality(round, municipality) { On = s_opening });
        await DoAsync(new DraftApplication(round, municipality) { On = s_opening.AddDays(10) });
        var content = new ApplicationContent(
            new Resolution("kommunestyret", StatedDay.Exactly(s_deadline.AddDays(-15)), "14/17"),
            "Kommunen mangler egnede boliger for vanskeligstilte, og tjenestene er spredt på flere enheter.",
            ["Unge i etableringsfasen", "Boveiledning"],
            "Styringsgruppe ledet av rådmannen, prosjektgruppe på tvers av enhetene",
            "Servicekontoret");
        await DoAsync(new SubmitApplication(round, municipality, content, new SignOff(Signatory.ChiefExecutive, null)) { On = s_deadline.AddDays(-5) });

        var application = ApplicationId.Of(round, municipality).Stream;
        // To come: declared complete, review, recommendation and the decision.
        for (var day = s_deadline.AddDays(5); await CountAsync(application) + 4 < _facts; day = day.AddDays(2))
        {
            await DoAsync(new RequestSupplement(round, municipality, $"Tall for kommunale utleieboliger per {day:yyyy-MM-dd}", StatedDay.Exactly(day.AddDays(21))) { On = day });
            if (await CountAsync(application) + 3 < _facts)
                await DoAsync(new ReceiveSupplement(round, municipality, $"Tallene per {day:yyyy-MM-dd} er lagt ved.") { On = day.AddDays(1) });
        }

        await DoAsync(new DeclareApplicationComplete(round, municipality) { On = s_admission.AddDays(-90) });
        await DoAsync(new StartReview(round, municipality) { On = s_admission.AddDays(-80) });
        await DoAsync(new NoteRecommendation(round, municipality, Advice.Admit, null, 7, 0, "Tydelig behov og god forankring.") { On = s_admission.AddDays(-40) }, told: true);
    }

    private async Task GoOnAsync(MeasuredCourse course)
    {
        var participation = course.Participation;
        await DoAsync(new StartPhase(participation, course.Programme, Phase.Planning, null, Waived(Phase.Preparation)) { On = s_admission.AddDays(_dice.Between(0, 60)) });
        await DoAsync(Leader(participation, 0) with { On = s_admission.AddDays(70) });
        await DoAsync(SteeringGroup(participation, 0) with { On = s_admission.AddDays(80) });
        await DoAsync(ProjectGroup(participation, 0) with { On = s_admission.AddDays(90) });
        await DoAsync(Goals(participation, 0) with { On = s_admission.AddDays(100) });
        foreach (var dimension in Enum.GetValues<AnchoringDimension>())
        {
            await DoAsync(new AssessAnchoring(
                participation, dimension, _dice.One(AnchoringLevel.Weak, AnchoringLevel.Partial, AnchoringLevel.Strong), null, null,
                ["Arbeidet er kjent i ledelsen."], [], AnchoringAssessor.Secretariat)
            { On = s_admission.AddDays(150) });
        }

        await DoAsync(new DraftAgreement(course.Agreement, participation, Content(0)) { On = s_admission.AddDays(160) });
        await DoAsync(new WriteLearningEntry(
            course.Learning, course.Programme, course.Municipality, participation, KnowledgeArea.PracticalWork, 1, LearningForm.Explicit, LearningLevel.Organisation,
            Phase.Planning, "Boveiledning hjemme virker bedre enn på kontoret.", null)
        { On = s_admission.AddDays(170) });
        await DoAsync(new StartPhase(participation, course.Programme, Phase.Implementation, null, Waived(Phase.Planning)) { On = s_implementation.AddDays(-_dice.Between(0, 60)) });

        await ChangeAsync(participation.Stream, (day, number) => (number % 5) switch
        {
            0 => new ExtendPhase(participation, Phase.Implementation, 1, $"Tiltakene er forsinket, vedtak {number}.") { On = day },
            1 => Leader(participation, number) with { On = day },
            2 => SteeringGroup(participation, number) with { On = day },
            3 => ProjectGroup(participation, number) with { On = day },
            _ => Goals(participation, number) with { On = day },
        });
        await ChangeAsync(course.Agreement.Stream, (day, number) => new ReviseAgreement(course.Agreement, Content(number)) { On = day });
        await ChangeAsync(course.Learning.Stream, (day, number) => new BringLearningEntryToMinistry(course.Learning, $"Tertialrapport {number}") { On = day });
    }

    /// <summary>Gives a stream as many more facts as it shall have, spread over the years.</summary>
    private async Task ChangeAsync(StreamId stream, Func<DateOnly, int, Command> change)
    {
        var (first, last) = (LargeHistory.FirstDay.DayNumber, LargeHistory.LastDay.DayNumber - 70);
        var missing = _facts - await CountAsync(stream);
        var planned = Enumerable.Range(1, Math.Max(0, missing)).Select(number =>
        {
            var day = DateOnly.FromDayNumber(first + (int)((long)(last - first) * number / (missing + 1)) + _dice.Between(0, 3));
            return (Command: change(day, number), Delay: _dice.Chance(10) ? _dice.Between(15, 60) : _dice.Between(0, 7));
        });
        foreach (var (command, delay) in planned.OrderBy(p => p.Command.On.First.AddDays(p.Delay)).ToList())
            await DoAsync(command, delay);
    }

    /// <param name="told">True for what only an imported source may say.</param>
    private async Task DoAsync(Command command, int delay = 0, string? tenant = null, bool told = false)
    {
        _store.Moment = new DateTimeOffset(command.On.Last.AddDays(delay), new TimeOnly(8, 0), TimeSpan.Zero).AddMicroseconds(_dice.Between(0, 1_000_000_000));
        var grounds = told
            ? new Grounds(null, new Basis(BasisKind.Source, "14/2001"), null, [IntakePrerequisites.Reviews])
            : new Grounds("ledergruppen", new Basis(BasisKind.Case, "14/2001"), delay > 14 ? "Registrert i etterkant." : null, []);
        var caller = new Caller(told ? "measuring:import" : "measuring:secretariat", told ? Role.Import : Role.Secretariat, tenant ?? _tenant);
        var id = NamedUuid.Make(_programme.Value, string.Create(CultureInfo.InvariantCulture, $"command:{++_commands}"));
        if (await _desk.RunAsync(caller, command with { Grounds = grounds }, id, null, CancellationToken.None) is var outcome and not Outcome.Done { Facts.Count: > 0 })
            throw new InvalidOperationException($"{command}: {outcome}");
    }

    private async Task<int> CountAsync(StreamId stream)
    {
        var key = new StreamKey(stream.ToString());
        return (await _store.LoadAsync(Scope.Of(_tenant), [key], null, CancellationToken.None)).Streams[key].Count;
    }

    private static Waiver Waived(Phase phase) => new("Resten kommer på plass i fasen.", GateCriteria.Leaving(phase));

    private static AppointProgrammeLeader Leader(ParticipationId participation, int number) =>
        new(participation, $"Enhet {number}", ProgrammeLeaderPlacement.StrategicUnit, ProgrammeLeaderOrientation.Both) { On = Launch };

    private static AppointSteeringGroup SteeringGroup(ParticipationId participation, int number) =>
        new(participation, [new("rådmann", RoleLevel.ChiefExecutive), new("kommunalsjef", RoleLevel.ExecutiveDirector), new($"leder for enhet {number}", RoleLevel.HeadOfUnit)]) { On = Launch };

    private static AppointProjectGroup ProjectGroup(ParticipationId participation, int number) =>
        new(participation, ProjectGroupModel.FixedGroup, [new("boligkontoret", RoleLevel.HeadOfUnit), new($"rådgiver i enhet {number}", RoleLevel.ProfessionalAdviser)]) { On = Launch };

    private static DescribeMainGoals Goals(ParticipationId participation, int number) =>
        new(participation, ["flere egnede boliger", "bedre samordnede tjenester", $"tidligere hjelp, mål {number}"]) { On = Launch };

    private static AgreementContent Content(int number) => new(
        $"Programmet knyttes til kommunens arbeid med boligplan, utgave {number}.",
        "Kommunen gir arbeidet tid og en tydelig leder.",
        "Husbanken gir veiledning, møteplasser og tilskudd.",
        [new("guidance", "Veiledning i planfasen", AgreementParty.Bank, "programsekretariatet", StatedDay.Exactly(new DateOnly(2017, 1, 15)))]);
}
