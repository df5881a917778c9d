using HousingBank.Domain.Applications;
using HousingBank.Domain.CouncilMeetings;
using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Vocabulary;
using HousingBank.Processes;
using HousingBank.ReadModels.OneProgramme;

namespace HousingBank.ReadModels.Tests.Screens;

/// <summary>A round of three with room for one: one is admitted against the advice, one declined, one withdraws.</summary>
public sealed class IntakeTests(ImportedHistory history) : IClassFixture<ImportedHistory>, IAsyncLifetime
{
    private static readonly MunicipalityId Trondheim = new("trondheim");
    private static readonly MunicipalityId Molde = new("molde");
    private static readonly MunicipalityId Hamar = new("hamar");
    private static readonly CriterionReason[] Reasons = [new("need", "Lite dokumentert")];

    private readonly RoundId _round = new(Guid.CreateVersion7());
    private Screens _screens = null!;

    public async ValueTask InitializeAsync()
    {
        _screens = await history.CopyAsync();
        var programme = new ProgrammeId((await _screens.Programme.ListAsync(Screens.East, On(2011, 1, 1), Screens.Cancel)).Value.Single().Id);
        await DoAsync(new OpenRound(_round, programme, 3, Day(4, 1), 1, true, [new("need", new LocalText("Behov"), 2)]) { On = Day(1, 10) });
        await DoAsync(new InviteMunicipality(_round, Trondheim) { On = Day(1, 15) });
    }

    public ValueTask DisposeAsync() => _screens.DisposeAsync();

    [Fact]
    public async Task A_round_is_counted_step_by_step_on_both_clocks()
    {
        (await FunnelAsync(On(2011, 2, 1))).ShouldSatisfyAllConditions(r => r.In("none").ShouldBe(1), r => r.Left.ShouldBe(1));
        foreach (var municipality in new[] { Trondheim, Molde, Hamar })
            await ReviewedAsync(municipality, municipality == Molde ? Advice.Admit : Advice.Decline);
        var beforeTheDecision = DateTimeOffset.UtcNow;
        await DoAsync(new AdmitMunicipality(_round, Trondheim, "viktig by", "størst behov") { On = Day(4, 20) });
        await DoAsync(new DeclineApplication(_round, Molde, "fullt", [.. Reasons], "runden er full") { On = Day(4, 21) });
        await DoAsync(new WithdrawApplication(_round, Hamar, "ikke råd") { On = Day(4, 15) });

        var round = await FunnelAsync(On(2011, 5, 1));
        round.Steps.Select(s => (s.Step, s.Count.Named)).ShouldBe(
            [("invited", 1), ("begun", 3), ("submitted", 3), ("complete", 3), ("underReview", 3), ("recommended", 3), ("admitted", 1)]);
        round.States.ShouldBe([new StateCount("admitted", 1), new StateCount("declined", 1), new StateCount("withdrawn", 1)]);
        (round.Left, round.Deviations, round.DaysToDecision, round.PublishedOn).ShouldBe((0, 2, 20, null));

        (await FunnelAsync(On(2011, 4, 16))).States.ShouldBe([new StateCount("recommended", 2), new StateCount("withdrawn", 1)]);
        (await FunnelAsync(On(2011, 5, 1) with { KnownAt = beforeTheDecision })).ShouldSatisfyAllConditions(r => r.In("recommended").ShouldBe(3), r => r.DecidedOn.ShouldBeNull());
    }

    [Fact]
    public async Task All_rounds_stand_side_by_side()
    {
        var intake = (await _screens.Intake.AskAsync(Screens.East, On(2011, 5, 1), Screens.Cancel)).Value;

        intake.Rounds.Select(r => (r.Round.Number, r.Round.Invited.Shown, r.Round.Applied.Shown, r.Round.Admitted.Named)).ShouldBe([(1, 16, 11, 4), (2, 6, 6, 6), (3, 1, 0, 0)]);
        var rows = intake.Rows();
        rows.Rows.Count.ShouldBe(3);
        (await _screens.Intake.AskAsync(Screens.East, On(2009, 1, 1), Screens.Cancel)).Value.Rounds.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_decided_is_published_once_and_shows_from_its_day()
    {
        await ReviewedAsync(Trondheim, Advice.Admit);
        await DoAsync(new AdmitMunicipality(_round, Trondheim) { On = Day(4, 20) });
        await ReviewedAsync(Molde, Advice.Decline);
        (await WorkAsync(Role.Leadership)).ShouldBe(["applicationToDecide"]);
        var applicants = await _screens.Round.ApplicantsAsync(Screens.East, _round, On(2011, 6, 1), Screens.Cancel);
        applicants.ShouldBe([Molde, Trondheim], ignoreOrder: true);
        await DoAsync(new DeclineApplication(_round, Molde, "for liten plan", [.. Reasons]) { On = Day(4, 21) });
        (await WorkAsync(Role.Leadership)).ShouldBe(["decisionsToPublish"]);

        await DoAsync(new CallCouncilMeeting(_round, Day(4, 10)) { On = Day(3, 25) });
        await DoAsync(new PublishDecisions(_round, applicants) { On = Day(4, 25) });

        (await FunnelAsync(On(2011, 4, 24))).PublishedOn.ShouldBeNull();
        (await FunnelAsync(On(2011, 4, 25))).PublishedOn!.On.ShouldBe(new DateOnly(2011, 4, 25));
        (await WorkAsync(Role.Leadership)).ShouldBeEmpty();
        var page = (await _screens.Round.AskAsync(Screens.East, _round, On(2011, 6, 1), Screens.Cancel)).ShouldNotBeNull().Value;
        page.Timeline.Select(m => m.Kind).ShouldBe(["opened", "deadline", "meeting", "decided", "published"]);
        page.Municipalities.Single(m => m.Municipality.Key == "molde").Application!.CriterionReasons.ShouldBe(Reasons);
    }

    [Fact]
    public async Task Each_role_is_told_what_waits_for_it()
    {
        (await WorkAsync(Role.Municipality, On(2011, 2, 1) with { SeesOnly = Trondheim })).ShouldBe(["applicationToWrite"]);
        // All may apply, and nobody is told of anybody else who may.
        (await WorkAsync(Role.Municipality, On(2011, 3, 1) with { SeesOnly = Hamar })).ShouldBe(["applicationToWrite"]);
        (await WorkAsync(Role.Auditor, On(2011, 3, 1))).ShouldBeEmpty();
        (await WorkAsync(Role.Secretariat, On(2011, 3, 1))).ShouldContain("applicationToWrite");
        // After the deadline nothing waits for those who did not apply.
        (await WorkAsync(Role.Municipality, On(2011, 4, 2) with { SeesOnly = Trondheim })).ShouldBeEmpty();
        (await WorkAsync(Role.Municipality, On(2011, 4, 2) with { SeesOnly = Hamar })).ShouldBeEmpty();
    }

    private async Task ReviewedAsync(MunicipalityId municipality, Advice advice)
    {
        var content = new ApplicationContent(
            new Resolution("bystyret", StatedDay.Exactly(new(2011, 2, 10)), "11/7"), "Mangler egnede boliger.", ["Bosetting"], "Styringsgruppe.", "Rådmannens fagstab");
        await DoAsync(new DraftApplication(_round, municipality) { On = Day(2, 20) });
        await DoAsync(new SubmitApplication(_round, municipality, content, new SignOff(Signatory.ChiefExecutive, null)) { On = Day(3, 1) });
        await DoAsync(new DeclareApplicationComplete(_round, municipality) { On = Day(3, 22) });
        await DoAsync(new StartReview(_round, municipality) { On = Day(3, 23) });
        var told = new Grounds(null, new Basis(BasisKind.Source, "protokoll 2011"), null, [IntakePrerequisites.Reviews]);
        await _screens.DoneAsync(
            new NoteRecommendation(_round, municipality, advice, null, null, null, "vurdert") { On = Day(4, 10), Grounds = told }, new Caller("program:import", Role.Import, Screens.Tenant));
    }

    private async Task DoAsync(Command command) => await _screens.DoneAsync(command);

    private async Task<RoundFunnel> FunnelAsync(Question question) =>
        (await _screens.Round.AskAsync(Screens.East, _round, question, Screens.Cancel)).ShouldNotBeNull().Value.Round;

    private async Task<IReadOnlyList<string>> WorkAsync(Role role, Question? question = null) =>
        [.. (await _screens.Work.AskAsync(Screens.East, role, question ?? On(2011, 4, 30), Screens.Cancel)).Value.Items.Where(i => i.Round == _round.Value && i.Kind[..5] != "phase").Select(i => i.Kind)];

    private static Question On(int year, int month, int day) => new(new(year, month, day));

    private static StatedDay Day(int month, int day) => StatedDay.Exactly(new(2011, month, day));
}
