using HousingBank.Domain.Agreements;
using HousingBank.Domain.Applications;
using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Learning;
using HousingBank.Domain.Participations;
using HousingBank.Domain.Programmes;
using HousingBank.Domain.Vocabulary;
using HousingBank.Processes;
using HousingBank.ReadModels.LearningLog;
using HousingBank.ReadModels.PhaseBoard;
using HousingBank.Store;

namespace HousingBank.ReadModels.Tests.Screens;

/// <summary>A municipality's whole way through the programme, looked at after each decision.</summary>
public sealed class MainPathTests(ImportedHistory history) : IClassFixture<ImportedHistory>, IAsyncLifetime
{
    private static readonly MunicipalityId Trondheim = new("trondheim");

    private readonly RoundId _round = new(Guid.CreateVersion7());
    private readonly AgreementId _agreement = new(Guid.CreateVersion7());
    private Screens _screens = null!;
    private ProgrammeId _programme;

    private ParticipationId Participation => ParticipationId.Of(_round, Trondheim);

    public async ValueTask InitializeAsync()
    {
        _screens = await history.CopyAsync();
        _programme = new((await _screens.Programme.ListAsync(Screens.East, On(2011, 1, 1), Screens.Cancel)).Value.Single().Id);
    }

    public ValueTask DisposeAsync() => _screens.DisposeAsync();

    [Fact]
    public async Task Every_decision_shows_at_once_where_it_should()
    {
        await DoAsync(new OpenRound(_round, _programme, 3, StatedDay.Exactly(new(2011, 4, 1)), 1, false, [new("need", new LocalText("Behov"), 2)]) { On = Day(2011, 1, 10) });
        await DoAsync(new InviteMunicipality(_round, Trondheim) { On = Day(2011, 1, 15) });
        var candidate = await CardAsync(On(2011, 2, 1));
        (candidate.Standing, candidate.Phase, candidate.DaysUsed).ShouldBe((CourseStanding.Candidate, Phase.Preparation, 18));

        await DoAsync(new DraftApplication(_round, Trondheim) { On = Day(2011, 2, 20) });
        await DoAsync(new SubmitApplication(_round, Trondheim, Content, new SignOff(Signatory.ChiefExecutive, null)) { On = Day(2011, 3, 1) });
        (await WorkAsync(On(2011, 3, 2))).ShouldBe(["applicationToCheck"]);
        await DoAsync(new RequestSupplement(_round, Trondheim, "behovskartlegging", StatedDay.Exactly(new(2011, 3, 20))) { On = Day(2011, 3, 5) });
        (await _screens.Work.AskAsync(Screens.East, Role.Secretariat, On(2011, 3, 25), Screens.Cancel)).Value.Items.Single(i => i.Kind == "supplementDue").DaysLate.ShouldBe(5);
        await DoAsync(new ReceiveSupplement(_round, Trondheim, "kartlegging") { On = Day(2011, 3, 18) });
        await DoAsync(new DeclareApplicationComplete(_round, Trondheim) { On = Day(2011, 3, 22) });
        await DoAsync(new StartReview(_round, Trondheim) { On = Day(2011, 3, 23) });
        var told = new Grounds(null, new Basis(BasisKind.Source, "protokoll 2011"), null, [IntakePrerequisites.Reviews]);
        await _screens.DoneAsync(
            new NoteRecommendation(_round, Trondheim, Advice.Decline, 1, 2, 3, "for liten plan") { On = Day(2011, 4, 10), Grounds = told }, new Caller("program:import", Role.Import, Screens.Tenant));
        (await WorkAsync(On(2011, 4, 11))).ShouldBe(["applicationToDecide", "phaseEndsSoon"], ignoreOrder: true);
        await DoAsync(new AdmitMunicipality(_round, Trondheim, "viktig by", "rådet la for liten vekt på behovet") { On = Day(2011, 4, 20) });

        var page = (await _screens.Round.AskAsync(Screens.East, _round, On(2011, 5, 1), Screens.Cancel)).ShouldNotBeNull().Value;
        (page.Round.Invited.Named, page.Round.Applied.Named, page.Round.Admitted.Named, page.Round.Capacity).ShouldBe((1, 1, 1, 1));
        var application = page.Municipalities.ShouldHaveSingleItem().Application.ShouldNotBeNull();
        (application.State, application.Advice, application.IsDeviation, application.Version).ShouldBe(("admitted", "decline", true, 8));
        (await CardAsync(On(2011, 5, 1))).Standing.ShouldBe(CourseStanding.Participant);

        await MeetPreparationAsync();
        await DoAsync(new StartPhase(Participation, _programme, Phase.Planning) { On = Day(2011, 5, 1) });
        var planning = await CardAsync(On(2011, 6, 1));
        (planning.Phase, planning.PlannedEndLatest, planning.Ground).ShouldBe((Phase.Planning, new DateOnly(2011, 10, 31), "gateMet"));
        planning.Gate.ShouldAllBe(g => g.State == CriterionState.Missing);

        await DoAsync(new ExtendPhase(Participation, Phase.Planning, 2, "valg") { On = Day(2011, 10, 1) });
        (await CardAsync(On(2011, 9, 30))).PlannedEndLatest.ShouldBe(new DateOnly(2011, 10, 31));
        (await CardAsync(On(2011, 10, 1))).PlannedEndLatest.ShouldBe(new DateOnly(2011, 12, 31));
        (await CardAsync(On(2012, 1, 15))).DaysLate.ShouldBe(15);

        await DoAsync(new SuspendParticipation(Participation, "omorganisering") { On = Day(2011, 11, 1) });
        (await CardAsync(On(2012, 1, 15))).ShouldSatisfyAllConditions(c => c.Standing.ShouldBe(CourseStanding.Suspended), c => c.DaysLate.ShouldBe(0));
        await DoAsync(new ResumeParticipation(Participation) { On = Day(2011, 12, 1) });
        (await CardAsync(On(2012, 1, 15))).PlannedEndLatest.ShouldBe(new DateOnly(2012, 1, 30));

        await AgreeAsync();
        await OrganiseAsync();
        var ready = await CardAsync(On(2012, 1, 20));
        ready.Gate.ShouldAllBe(g => g.State == CriterionState.Met);
        ready.Gate.First(g => g.Criterion == "agreementInForce").Facts!.Stream.ShouldBe($"agreement/{_agreement.Value}");
        (await WorkAsync(On(2012, 1, 20))).ShouldContain("phaseToStart");
        await DoAsync(new StartPhase(Participation, _programme, Phase.Implementation, _agreement) { On = Day(2012, 1, 25) });

        var course = (await _screens.Municipality.CourseAsync(Screens.East, Participation, On(2012, 2, 1), Screens.Cancel)).ShouldNotBeNull().Value;
        (course.Card.Phase, course.Card.PhaseInFact, course.Agreements.Single().State).ShouldBe((Phase.Implementation, Phase.Implementation, "inForce"));
        course.Phases.Single(p => p.Phase == Phase.Planning).ShouldSatisfyAllConditions(p => p.EndedOn.ShouldBe(new DateOnly(2012, 1, 24)), p => p.MonthsExtended.ShouldBe(2), p => p.Extensions.ShouldBe([new(new DateOnly(2011, 10, 1), 2, "valg")]));
        course.Phases.Where(p => p.Phase != Phase.Planning).ShouldAllBe(p => p.Extensions.Count == 0);
        course.Next.Obligations.ShouldHaveSingleItem().Code.ShouldBe("leader");
        course.Suspensions.ShouldHaveSingleItem().To.ShouldBe(new DateOnly(2011, 11, 30));
        course.Organisation.ProgrammeLeader!.Unit.ShouldBe("Rådmannens fagstab");

        await DoAsync(new WithdrawParticipation(Participation, "kommunesammenslåing") { On = Day(2012, 6, 1) });
        var ended = (await _screens.Board.AskAsync(Screens.East, On(2013, 1, 1), Screens.Cancel)).Value.Ended.Single(c => c.Municipality.Key == "trondheim");
        (ended.Outcome, ended.DaysUsed).ShouldBe(("withdrawn", 128));
        (await CardAsync(On(2012, 2, 1))).Standing.ShouldBe(CourseStanding.Participant);
    }

    [Fact]
    public async Task Learning_entries_are_counted_from_the_list_that_is_shown_and_shared_only_when_they_are()
    {
        var hidden = await LearntAsync(new("moss"), 1);
        var shared = await LearntAsync(new("moss"), 3);
        await DoAsync(new ShareLearningEntry(shared, "alle programkommunene") { On = Day(2011, 3, 1) });
        await DoAsync(new LinkLearningEntryToChange(shared, ChangeKind.FrameworkModel, "versjon 2") { On = Day(2011, 6, 1) });

        var all = (await _screens.Learning.AskAsync(Screens.East, new LearningFilter(), On(2011, 7, 1), Screens.Cancel)).Value;
        all.Counts.Sum(c => c.Count).ShouldBe(2);
        all.Counts.Single(c => c.Loop == 3).ShouldSatisfyAllConditions(c => c.Outcome.ShouldBe("ledToChange"), c => c.Entries.ShouldBe([shared.Value]));
        (await _screens.Learning.AskAsync(Screens.East, new LearningFilter(Loop: 1), On(2011, 7, 1), Screens.Cancel)).Value.Entries.ShouldHaveSingleItem().Id.ShouldBe(hidden.Value);
        (await _screens.Learning.AskAsync(Screens.East, new LearningFilter(Loop: 3), On(2011, 4, 1), Screens.Cancel)).Value.Entries.Single().Outcome.ShouldBe("shared");

        var became = (await _screens.Learning.EntryAsync(Screens.East, shared, On(2011, 7, 1), Screens.Cancel))!.Value;
        became.Became.ShouldBe([new("shared", new(2011, 3, 1), "alle programkommunene", null), new("ledToChange", new(2011, 6, 1), "versjon 2", "frameworkModel")]);
        became.Facts.Versions.ShouldBe([1, 2, 3]);

        var forHamar = new Question(new(2011, 7, 1), SeesOnly: new("hamar"));
        (await _screens.Learning.AskAsync(Screens.East, new LearningFilter(), forHamar, Screens.Cancel)).Value.Entries.ShouldHaveSingleItem().Id.ShouldBe(shared.Value);
        (await _screens.Learning.EntryAsync(Screens.East, hidden, forHamar, Screens.Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task What_became_of_a_learning_entry_stands_on_its_corrected_day_and_the_furthest_of_it_is_its_outcome()
    {
        var entry = await LearntAsync(new("moss"), 1);
        await DoAsync(new BringLearningEntryToMinistry(entry, "årsrapport 2011") { On = Day(2011, 3, 1) });
        await DoAsync(new ShareLearningEntry(entry, "alle programkommunene") { On = Day(2011, 4, 1) });
        await DoAsync(new BringLearningEntryToMinistry(entry, "tertialrapport") { On = Day(2011, 5, 1) });
        var why = Grounds.None with { EntryReason = "Feil rapport og feil dag." };
        await DoAsync(new CorrectFact(2, new BringLearningEntryToMinistry(entry, "årsrapport 2010") { On = Day(2011, 4, 15), Grounds = why }) { On = Day(2011, 4, 15), Grounds = why });

        (await OnAsync(entry, 2011, 4, 2)).ShouldSatisfyAllConditions(e => e.Outcome.ShouldBe("shared"), e => e.Became.Count.ShouldBe(1));
        var last = await OnAsync(entry, 2011, 5, 1);
        last.Outcome.ShouldBe("broughtToMinistry");
        last.Became.Select(b => b.Detail).ShouldBe(["alle programkommunene", "årsrapport 2010", "tertialrapport"]);
        last.Facts.Versions.ShouldBe([1, 3, 4, 5]);
    }

    [Fact]
    public async Task Another_office_sees_the_register_and_nothing_else()
    {
        var west = Scope.Of("region-vest");

        (await _screens.Board.AskAsync(west, On(2010, 12, 10), Screens.Cancel)).Value.All().ShouldBeEmpty();
        (await _screens.Programme.AskAsync(west, _programme, On(2010, 12, 10), Screens.Cancel)).ShouldBeNull();
        (await _screens.Decisions.AskAsync(west, new(), null, null, On(2010, 12, 10), Screens.Cancel)).Value.Entries.ShouldAllBe(e => e.Tenant == Scope.National);
        (await _screens.Register.AskAsync(west, On(2010, 12, 10), Screens.Cancel)).Value.Municipalities.ShouldNotBeEmpty();
    }

    private static readonly ApplicationContent Content = new(
        new Resolution("bystyret", StatedDay.Exactly(new(2011, 2, 10)), "11/7"), "Mangler egnede boliger.", ["Bosetting"], "Styringsgruppe.", "Rådmannens fagstab");

    private async Task MeetPreparationAsync()
    {
        await DoAsync(new MeetCriterion(Participation, _programme, Phase.Preparation, GateCriteria.NeedsAssessed, "notat") { On = Day(2011, 4, 1) });
        await DoAsync(new MeetCriterion(Participation, _programme, Phase.Preparation, GateCriteria.FocusAreasChosen, "notat") { On = Day(2011, 4, 1) });
        await DoAsync(new MeetCriterion(Participation, _programme, Phase.Preparation, GateCriteria.ApplicationWithResolution, "sak", Content.Resolution) { On = Day(2011, 4, 1) });
    }

    private async Task AgreeAsync()
    {
        var content = new AgreementContent(
            "Bydelene er med.", "Rapporter hvert halvår.", "Veiledning.",
            [new("leader", "Programleder i full stilling", AgreementParty.Municipality, "Rådmannens fagstab", StatedDay.Exactly(new(2011, 9, 1)))]);
        await DoAsync(new DraftAgreement(_agreement, Participation, content) { On = Day(2011, 5, 10) });
        await DoAsync(new SignAgreement(_agreement, AgreementParty.Bank, "regiondirektør") { On = Day(2011, 5, 20) });
        (await WorkAsync(On(2011, 5, 21))).ShouldContain("agreementToSign");
        await DoAsync(new SignAgreement(_agreement, AgreementParty.Municipality, "rådmann") { On = Day(2011, 6, 1) });
    }

    private async Task OrganiseAsync()
    {
        await DoAsync(new AppointProgrammeLeader(Participation, "Rådmannens fagstab", ProgrammeLeaderPlacement.StrategicUnit, ProgrammeLeaderOrientation.Both) { On = Day(2011, 8, 1) });
        await DoAsync(new AppointSteeringGroup(Participation, [new("rådmann", RoleLevel.ChiefExecutive)]) { On = Day(2011, 8, 1) });
        await DoAsync(new AppointProjectGroup(Participation, ProjectGroupModel.FixedGroup, [new("NAV", RoleLevel.LabourAndWelfare)]) { On = Day(2011, 8, 1) });
        await DoAsync(new DeliverPreAnalysis(Participation, "NOVA") { On = Day(2011, 9, 1) });
        await DoAsync(new MeetCriterion(
            Participation, _programme, Phase.Planning, GateCriteria.ActionPlanApproved, "vedtak", new Resolution("bystyret", StatedDay.Exactly(new(2012, 1, 15)), "12/1"))
        { On = Day(2012, 1, 15) });
    }

    private async Task<LearningEntry> OnAsync(LearningEntryId entry, int year, int month, int day) =>
        (await _screens.Learning.EntryAsync(Screens.East, entry, On(year, month, day), Screens.Cancel))!.Value;

    private async Task<LearningEntryId> LearntAsync(MunicipalityId municipality, int loop)
    {
        var entry = new LearningEntryId(Guid.CreateVersion7());
        await DoAsync(new WriteLearningEntry(
            entry, _programme, municipality, null, KnowledgeArea.PracticalWork, loop, LearningForm.Explicit, LearningLevel.Organisation, Phase.Planning, "Møt beboerne tidlig.", null)
        { On = Day(2011, 2, 1) });
        return entry;
    }

    private async Task DoAsync(Command command) => await _screens.DoneAsync(command);

    private async Task<BoardCard> CardAsync(Question question) =>
        (await _screens.Board.AskAsync(Screens.East, question, Screens.Cancel)).Value.All().Single(c => c.Municipality.Key == "trondheim");

    private async Task<IReadOnlyList<string>> WorkAsync(Question question) =>
        [.. (await _screens.Work.AskAsync(Screens.East, Role.Secretariat, question, Screens.Cancel)).Value.Items.Where(i => i.Municipality?.Key == "trondheim").Select(i => i.Kind)];

    private static Question On(int year, int month, int day) => new(new(year, month, day));

    private static StatedDay Day(int year, int month, int day) => StatedDay.Exactly(new(year, month, day));
}
