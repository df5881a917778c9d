using System.Globalization;
using HousingBank.Domain.Agreements;
using HousingBank.Domain.Learning;
using HousingBank.Domain.Participations;
using HousingBank.Domain.Programmes;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Cli.Simulating;

/// <summary>One municipality's way from its admission to the end of its participation, or of the simulated years.</summary>
internal sealed class SimulatedCourse(
    SimulatedProgramme programme, RoundId round, MunicipalityId municipality, DateOnly admitted, DateOnly until, Schedule schedule, DateTimeOffset admissionRecordedAt, Dice dice)
{
    private const string Leadership = "ledergruppen";

    private readonly ParticipationId _participation = ParticipationId.Of(round, municipality);
    private readonly AgreementId _agreement = new(NamedUuid.Make(ParticipationId.Of(round, municipality).Value, "agreement"));
    private readonly Schedule.Lane _lane = schedule.NewLane(admissionRecordedAt);
    private readonly List<(Command Command, string? DecidedBy)> _steps = [];
    private DateOnly? _left;

    public void Add()
    {
        var implementation = AddPlanning(admitted.AddDays(dice.Between(0, 14)));
        var phaseOut = AddImplementation(implementation);
        AddPhaseOut(phaseOut);
        AddChangeOfModel(implementation);

        // Steps were thought of phase by phase; they are recorded by the days they are of.
        foreach (var (command, decidedBy) in _steps.Where(s => _left is null || s.Command.On.First < _left || IsLeaving(s.Command)).OrderBy(s => s.Command.On.First))
        {
            if (command is MoveToFrameworkModel)
                _lane.WaitFor(programme.SecondModelRecordedAt);
            _lane.Add(command, decidedBy);
        }

        AddAnchoring();
        AddLearning(implementation, phaseOut);
    }

    /// <returns>The day implementation starts.</returns>
    private DateOnly AddPlanning(DateOnly start)
    {
        var months = dice.One(4, 5, 5, 6, 6, 7, 8, 8, 9, 10, 12, 15);
        var end = start.AddMonths(months);
        var longest = start < programme.SecondModelFrom ? 6 : 12;
        Step(new StartPhase(_participation, programme.Id, Phase.Planning) { On = start });
        if (months > longest && dice.Chance(65))
            Extend(Phase.Planning, start.AddMonths(longest).AddDays(-dice.Between(5, 25)), months - longest + dice.Between(0, 2), "Foranalysen tok lengre tid enn ventet.");

        Step(new AppointProgrammeLeader(
            _participation,
            dice.One("Strategiavdelingen", "Helse og velferd", "NAV", "Eiendom"),
            dice.One(ProgrammeLeaderPlacement.StrategicUnit, ProgrammeLeaderPlacement.ServiceUnit),
            dice.One(ProgrammeLeaderOrientation.SteeringGroup, ProgrammeLeaderOrientation.ProjectGroup, ProgrammeLeaderOrientation.Both),
            dice.Chance(30) ? "prosjektleder" : null)
        { On = start.AddDays(dice.Between(5, 40)) });
        Step(new AppointSteeringGroup(
            _participation,
            [new("rådmann", RoleLevel.ChiefExecutive), new("kommunalsjef", RoleLevel.ExecutiveDirector), new("eiendomssjef", RoleLevel.HeadOfUnit), new("NAV-leder", RoleLevel.LabourAndWelfare)])
        {
            On = start.AddDays(dice.Between(10, 50)),
        });
        Step(new AppointProjectGroup(
            _participation,
            dice.One(ProjectGroupModel.FixedGroup, ProjectGroupModel.FixedGroupWithSubprojects, ProjectGroupModel.NoneStandingInForIt),
            [new("boligkontoret", RoleLevel.HeadOfUnit), new("rådgiver", RoleLevel.ProfessionalAdviser), new("frivilligsentralen", RoleLevel.VoluntarySector)])
        {
            On = start.AddDays(dice.Between(20, 70)),
        });
        AddAgreement(start);

        var waived = new List<string>();
        if (dice.Chance(92))
            Step(new DeliverPreAnalysis(_participation, dice.One("Simulert forskningsinstitutt", "Simulert rådgivningsfirma")) { On = start.AddDays(dice.Between(60, 110)) });
        else
            waived.Add(GateCriteria.PreAnalysisDelivered);
        if (dice.Chance(70))
            Step(new DescribeMainGoals(_participation, ["flere egnede boliger", "bedre samordnede tjenester", "tidligere hjelp"]) { On = start.AddDays(dice.Between(70, 110)) });
        if (dice.Chance(88))
            Step(Met(Phase.Planning, GateCriteria.ActionPlanApproved, end.AddDays(-dice.Between(2, 9)), null, Resolved(end.AddDays(-10))));
        else
            waived.Add(GateCriteria.ActionPlanApproved);

        Start(Phase.Implementation, end, waived, "Kommunen er i gang; resten kommer på plass i fasen.");
        return end;
    }

    private void AddAgreement(DateOnly start)
    {
        var drafted = start.AddDays(dice.Between(10, 40));
        var content = new AgreementContent(
            "Programmet knyttes til kommunens arbeid med boligplan og områdeutvikling.",
            "Kommunen gir arbeidet tid og en tydelig leder.",
            "Husbanken gir veiledning, møteplasser og tilskudd.",
            [
                new("programmeLeaderPosition", "Programleder i hel stilling", AgreementParty.Municipality, "rådmannen", StatedDay.Exactly(drafted.AddDays(60))),
                new("guidance", "Veiledning i planfasen", AgreementParty.Bank, "programsekretariatet", StatedDay.Exactly(drafted.AddMonths(6))),
            ]);
        Step(new DraftAgreement(_agreement, _participation, content) { On = drafted });
        if (dice.Chance(30))
            Step(new ReviseAgreement(_agreement, content with { LocalAdaptation = "Programmet knyttes til kommunens arbeid med boligplan, og til to bydeler." }) { On = drafted.AddDays(8) });
        var signed = drafted.AddDays(dice.Between(12, 30));
        Step(new SignAgreement(_agreement, AgreementParty.Municipality, "rådmann") { On = signed });
        Step(new SignAgreement(_agreement, AgreementParty.Bank, "regiondirektør") { On = signed.AddDays(dice.Between(3, 15)) });
    }

    /// <returns>The day the phase-out starts.</returns>
    private DateOnly AddImplementation(DateOnly start)
    {
        var months = dice.Between(27, 42);
        if (dice.Chance(9))
        {
            var pause = dice.Between(3, 8);
            var from = start.AddMonths(dice.Between(6, 18));
            Step(new SuspendParticipation(_participation, "Kommunen omorganiserer.") { On = from }, Leadership);
            Step(new ResumeParticipation(_participation) { On = from.AddMonths(pause) }, Leadership);
            months += pause;
        }

        var end = start.AddMonths(months);
        if (months > 36 && dice.Chance(60))
            Extend(Phase.Implementation, start.AddMonths(35), months - 36 + 1, "Tiltakene er forsinket av budsjettvedtak.");
        for (var year = 1; start.AddMonths(12 * year) < end; year++)
        {
            if (dice.Chance(92) || year == 1)
                Step(Met(Phase.Implementation, GateCriteria.ActionPlanRevised, start.AddMonths(12 * year).AddDays(-dice.Between(5, 30)), $"Rullert handlingsplan, {year}. år"));
        }

        var waived = new List<string>();
        if (dice.Chance(85))
            Step(Met(Phase.Implementation, GateCriteria.MeasuresCarriedOutOrDropped, end.AddDays(-dice.Between(3, 25)), "Sluttstatus for tiltakene"));
        else
            waived.Add(GateCriteria.MeasuresCarriedOutOrDropped);
        Start(Phase.PhaseOut, end, waived, "De siste tiltakene følges opp i ordinær drift.");
        if (dice.Chance(7))
            Leave(start.AddMonths(dice.Between(3, months - 2)));
        return end;
    }

    private void AddPhaseOut(DateOnly start)
    {
        var end = start.AddMonths(dice.Between(12, 23));
        Step(Met(Phase.PhaseOut, GateCriteria.ContinuationPlanAdopted, end.AddDays(-dice.Between(10, 60)), "Videreføringsplan"));
        Step(new CompletePhase(_participation, Phase.PhaseOut) { On = end });
        Step(new CompleteParticipation(_participation) { On = end.AddDays(7) }, Leadership);
    }

    private void AddChangeOfModel(DateOnly implementation)
    {
        var moved = programme.SecondModelFrom.AddDays(dice.Between(30, 120));
        if (admitted < programme.SecondModelFrom && moved < implementation && moved > admitted.AddDays(30) && dice.Chance(70))
            Step(new MoveToFrameworkModel(_participation, programme.Id, 2, "Kommunen trenger den lengre planfasen.") { On = moved }, Leadership);
    }

    /// <summary>Assessments are often recorded long after the day they are of: they rest on nothing but the admission.</summary>
    private void AddAnchoring()
    {
        var assessor = dice.One(AnchoringAssessor.Secretariat, AnchoringAssessor.Municipality);
        for (var day = admitted.AddDays(90); day < (_left ?? until) && day < admitted.AddYears(4); day = day.AddYears(1))
        {
            foreach (var dimension in Enum.GetValues<AnchoringDimension>())
            {
                ValueList<PlanAnchoring> plans = dimension == AnchoringDimension.Plans
                    ? [new("kommuneplanens samfunnsdel", dice.One(PlanRelation.AnchoredIn, PlanRelation.Planned)), new("økonomiplan", dice.One(PlanRelation.AnchoredIn, PlanRelation.CoordinatedWith))]
                    : [];
                schedule.NewLane(admissionRecordedAt).Add(new AssessAnchoring(
                    _participation,
                    dimension,
                    dice.One(AnchoringLevel.Weak, AnchoringLevel.Partial, AnchoringLevel.Partial, AnchoringLevel.Strong),
                    dimension == AnchoringDimension.Political ? dice.One("political", "administrative") : null,
                    dimension is AnchoringDimension.Political or AnchoringDimension.Users ? dice.Chance(40) : null,
                    [dice.One("Arbeidet er kjent i ledelsen.", "Få deltar ennå.", "Flere møter i året.", "Tema i budsjettarbeidet.")],
                    plans,
                    assessor)
                { On = day });
            }
        }
    }

    private void AddLearning(DateOnly implementation, DateOnly phaseOut)
    {
        var count = dice.Between(2, 7);
        for (var i = 1; i <= count; i++)
        {
            var day = admitted.AddDays(dice.Between(60, 1500));
            if (day >= (_left ?? until))
                continue;
            var phase = day < implementation ? Phase.Planning : day < phaseOut ? Phase.Implementation : Phase.PhaseOut;
            AddEntry(new LearningEntryId(NamedUuid.Make(_participation.Value, $"learning:{i}")), day, phase);
        }
    }

    private void AddEntry(LearningEntryId id, DateOnly day, Phase phase)
    {
        var lane = schedule.NewLane(admissionRecordedAt);
        var area = dice.One(Enum.GetValues<KnowledgeArea>());
        // Goals and actors are seldom questioned: research says that the third loop is rare.
        var loop = dice.One(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3);
        var text = loop switch
        {
            1 => dice.One("Boveiledning hjemme virker bedre enn på kontoret.", "Kartleggingen ble enklere med felles skjema.", "Startlån alene løser ikke behovet til familiene."),
            2 => dice.One("Tildelingen går raskere når ett kontor har ansvaret.", "Prosjektgruppen er for stor til å bestemme noe.", "NAV må være med fra starten."),
            _ => dice.One("Målet bør være å beholde boligen, ikke bare å skaffe den.", "Beboerne selv har ikke vært med på å sette målene."),
        };
        lane.Add(new WriteLearningEntry(
            id, programme.Id, municipality, _participation, area, loop, dice.One(LearningForm.Explicit, LearningForm.Tacit), dice.One(Enum.GetValues<LearningLevel>()), phase, text,
            dice.Chance(40) ? "Notat fra programsamling" : null)
        { On = day });

        if (dice.Chance(12))
        {
            lane.Add(new SetLearningEntryAside(id, "Gjelder bare denne kommunen.") { On = day.AddDays(90) });
            return;
        }

        if (dice.Chance(55))
        {
            lane.Add(new ShareLearningEntry(id, "alle programkommunene") { On = day.AddDays(dice.Between(10, 60)) });
            if (dice.Chance(35) && dice.One(programme.Municipalities) is var other && other != municipality)
                lane.Add(new TakeUpLearningEntry(id, other) { On = day.AddDays(dice.Between(80, 200)) });
        }

        if (area == KnowledgeArea.PolicyRelevant && dice.Chance(50))
            lane.Add(new BringLearningEntryToMinistry(id, "Tertialrapport") { On = day.AddDays(dice.Between(205, 260)) });
        if (dice.Chance(18))
            lane.Add(new LinkLearningEntryToChange(id, dice.One(ChangeKind.Routine, ChangeKind.Measure, ChangeKind.Routine), "Ny rutine i kommunen") { On = day.AddDays(dice.Between(265, 400)) });
    }

    private static bool IsLeaving(Command command) => command is WithdrawParticipation or TerminateParticipation;

    private void Leave(DateOnly day)
    {
        _left = day;
        Step(
            dice.Chance(75) ? new WithdrawParticipation(_participation, "Kommunen har ikke kapasitet.") { On = day } : new TerminateParticipation(_participation, "Avtalen er ikke fulgt.") { On = day },
            Leadership);
    }

    private void Start(Phase phase, DateOnly day, List<string> waived, string why) => Step(
        new StartPhase(_participation, programme.Id, phase, phase == Phase.Implementation ? _agreement : null, waived.Count > 0 ? new Waiver(why, waived.ToValueList()) : null) { On = day },
        waived.Count > 0 ? Leadership : null);

    private void Extend(Phase phase, DateOnly day, int months, string why) => Step(new ExtendPhase(_participation, phase, months, why) { On = day }, Leadership);

    private MeetCriterion Met(Phase phase, string criterion, DateOnly on, string? evidence, Resolution? resolution = null) =>
        new(_participation, programme.Id, phase, criterion, evidence, resolution) { On = on };

    private Resolution Resolved(DateOnly day) => new(
        "kommunestyret", StatedDay.Exactly(day), string.Create(CultureInfo.InvariantCulture, $"{day.Year % 100}/{dice.Between(100, 4999)}"));

    private void Step(Command command, string? decidedBy = null) => _steps.Add((command, decidedBy));
}
