using HousingBank.Domain.Applications;
using HousingBank.Domain.CouncilMeetings;
using HousingBank.Domain.Programmes;
using HousingBank.Domain.Reviews;
using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.Work;
using static HousingBank.ReadModels.Tests.Screens.TrondheimsRound;

namespace HousingBank.ReadModels.Tests.Screens;

/// <summary>Who is reminded of what is due, day by day: whoever has the duty, and the secretariat when it is more than a week late.</summary>
public sealed class ReminderTests(ImportedHistory history) : IClassFixture<ImportedHistory>, IAsyncLifetime
{
    private static readonly string[] s_members = ["member-1", "member-2", "member-3"];

    private readonly RoundId _round = new(Guid.CreateVersion7());
    private Screens _screens = null!;
    private ProgrammeId _programme;

    public async ValueTask InitializeAsync()
    {
        _screens = await history.CopyAsync();
        _programme = new((await _screens.Programme.ListAsync(Screens.East, On(1, 1), Screens.Cancel)).Value.Single().Id);
        foreach (var member in s_members)
            await DoAsync(new AppointCouncilMember(_programme, member, "KS", false, Until: member == "member-3" ? Day(5, 5) : null) { On = Day(1, 2) });
        await TrondheimsRound.BeginAsync(_screens, _programme, _round);
    }

    public ValueTask DisposeAsync() => _screens.DisposeAsync();

    [Theory]
    [InlineData(-8, null, 0, false)]
    [InlineData(-7, "before", 0, false)]
    [InlineData(-1, "before", 0, false)]
    [InlineData(0, "on", 0, false)]
    [InlineData(1, "after", 1, false)]
    [InlineData(7, "after", 7, false)]
    [InlineData(8, "after", 8, true)]
    public async Task A_duty_is_told_a_week_before_on_the_day_and_after_and_is_passed_on_a_week_later(int days, string? reminder, int daysLate, bool isPassedOn)
    {
        var due = new DateOnly(2011, 4, 20);
        await DoAsync(new RequestSupplement(_round, Trondheim, "kartlegging", StatedDay.Exactly(due)) { On = Day(3, 5) });

        foreach (var (role, question) in new[] { (Role.Municipality, On(due.AddDays(days)) with { SeesOnly = Trondheim }), (Role.Secretariat, On(due.AddDays(days))) })
        {
            var item = (await WorkAsync(role, question)).ShouldHaveSingleItem();
            (item.Kind, item.Role, item.Municipality!.Key, item.Due).ShouldBe(("supplementDue", "municipality", "trondheim", due));
            (item.Reminder, item.DaysLate, item.IsPassedOn).ShouldBe((reminder, daysLate, isPassedOn));
            item.Reminds("municipality").ShouldBeTrue();
            item.Reminds("secretariat").ShouldBe(isPassedOn);
        }
    }

    [Fact]
    public async Task What_is_the_secretariats_own_is_passed_on_to_nobody()
    {
        var late = (await _screens.Work.AskAsync(Screens.East, Role.Secretariat, On(12, 31), Screens.Cancel)).Value.Items.Where(i => i.Kind == "phaseLate").ToList();

        late.ShouldNotBeEmpty();
        late.ShouldAllBe(i => i.DaysLate > 7 && i.Reminder == "after" && !i.IsPassedOn);
    }

    [Fact]
    public async Task The_secretariat_sees_what_is_passed_on_among_its_own_by_due_date()
    {
        await DoAsync(new RequestSupplement(_round, Trondheim, "kartlegging", Day(4, 20)) { On = Day(3, 5) });

        var items = (await _screens.Work.AskAsync(Screens.East, Role.Secretariat, On(4, 28), Screens.Cancel)).Value.Items.ToList();

        var reminded = items.TakeWhile(i => i.Reminds("secretariat")).ToList();
        items.Skip(reminded.Count).ShouldAllBe(i => !i.Reminds("secretariat"));
        reminded.ShouldContain(i => i.Kind == "supplementDue");
        reminded.Count.ShouldBeGreaterThan(1);
        reminded.Select(i => i.Due ?? DateOnly.MaxValue).ShouldBeInOrder();
    }

    [Fact]
    public async Task The_rows_hold_the_reminder_and_that_it_is_passed_on()
    {
        await DoAsync(new RequestSupplement(_round, Trondheim, "kartlegging", Day(4, 20)) { On = Day(3, 5) });

        var rows = (await _screens.Work.AskAsync(Screens.East, Role.Municipality, On(4, 28) with { SeesOnly = Trondheim }, Screens.Cancel)).Value.Rows();

        var cells = rows.Columns.Select(c => c.Code).Zip(rows.Rows.ShouldHaveSingleItem()).ToDictionary(c => c.First, c => c.Second);
        cells["reminder"].ShouldBe(new Code("reminder", "after"));
        cells["passedOn"].ShouldBe(true);
    }

    [Fact]
    public async Task Of_an_application_begun_and_not_sent_in_time_the_secretariat_learns_whose_it_is_once()
    {
        await DoAsync(new DraftApplication(_round, new("hamar")) { On = Day(2, 20) });

        (await PassedOnAsync(Role.Secretariat, On(4, 8))).ShouldBeEmpty();
        var late = (await PassedOnAsync(Role.Secretariat, On(4, 9))).ShouldHaveSingleItem();
        (late.Kind, late.Role, late.Municipality!.Key, late.RoundNumber, late.Due).ShouldBe(("applicationToWrite", "municipality", "hamar", 3, new DateOnly(2011, 4, 1)));
        (await WorkAsync(Role.Secretariat, On(4, 9))).Count(i => i.Municipality?.Key == "hamar").ShouldBe(1);
    }

    [Fact]
    public async Task Missing_reviews_are_passed_on_once_a_week_after_the_meeting_without_saying_whose_or_what_is_drafted()
    {
        await ReviewingUntilAsync(Day(5, 1));
        await DoAsync(new SaveReviewDraft(_round, Trondheim, _programme, "member-2", [new("need", 2, null)]) { On = Day(4, 2) });

        (await WorkAsync(Role.Council, On(5, 8) with { Member = "member-2" })).Single(i => i.Due is not null)
            .ShouldSatisfyAllConditions(i => i.Kind.ShouldBe("reviewToHandIn"), i => i.Reminder.ShouldBe("after"), i => i.IsPassedOn.ShouldBeFalse());
        (await PassedOnAsync(Role.Secretariat, On(5, 8))).ShouldBeEmpty();
        var missing = (await PassedOnAsync(Role.Secretariat, On(5, 9))).ShouldHaveSingleItem();
        (missing.Kind, missing.Role, missing.Municipality!.Key, missing.Due, missing.DaysLate).ShouldBe(("reviewsMissing", "council", "trondheim", new DateOnly(2011, 5, 1), 8));
        (await PassedOnAsync(Role.Council, On(5, 9) with { Member = "member-2" })).ShouldHaveSingleItem().Kind.ShouldBe("reviewToHandIn");
        (await PassedOnAsync(Role.Municipality, On(5, 9) with { SeesOnly = Trondheim })).ShouldBeEmpty();
        (await PassedOnAsync(Role.Evaluator, On(5, 9))).ShouldBeEmpty();
    }

    [Fact]
    public async Task No_review_is_missed_of_those_who_are_recused_or_no_members_any_more()
    {
        await ReviewingUntilAsync(Day(5, 1));
        await DoAsync(new HandInReview(_round, Trondheim, _programme, "member-1", [new("need", 4, "Mange")]) { On = Day(4, 1) });
        (await PassedOnAsync(Role.Secretariat, On(5, 9))).ShouldHaveSingleItem();

        await DoAsync(new RecuseMember(_round, Trondheim, _programme, "member-2", RecusalCause.Chair, "Slekt") { On = Day(5, 9) });

        // The third member's appointment ended on 5 May.
        (await PassedOnAsync(Role.Secretariat, On(5, 9))).ShouldBeEmpty();
        (await WorkAsync(Role.Council, On(5, 5) with { Member = "member-3" })).ShouldContain(i => i.Kind == "reviewToWrite");
        (await WorkAsync(Role.Council, On(5, 6) with { Member = "member-3" })).ShouldNotContain(i => i.Kind == "reviewToWrite");
    }

    [Fact]
    public async Task When_the_meeting_is_closed_no_review_is_missed()
    {
        await ReviewingUntilAsync(Day(5, 1));
        await DoAsync(new OpenCouncilMeeting(_round, _programme, "member-1", ["member-1"]) { On = Day(5, 1) });
        (await PassedOnAsync(Role.Leadership, On(5, 10))).ShouldHaveSingleItem();

        await DoAsync(new CloseCouncilMeeting(_round) { On = Day(5, 10) });

        (await PassedOnAsync(Role.Leadership, On(5, 10))).ShouldBeEmpty();
    }

    private async Task ReviewingUntilAsync(StatedDay meeting)
    {
        await DoAsync(new DeclareApplicationComplete(_round, Trondheim) { On = Day(3, 22) });
        await DoAsync(new StartReview(_round, Trondheim) { On = Day(3, 23) });
        await DoAsync(new CallCouncilMeeting(_round, meeting) { On = Day(3, 25) });
    }

    private async Task<IReadOnlyList<WorkItem>> PassedOnAsync(Role role, Question question) => [.. (await WorkAsync(role, question)).Where(i => i.IsPassedOn)];

    private async Task<IReadOnlyList<WorkItem>> WorkAsync(Role role, Question question) =>
        [.. (await _screens.Work.AskAsync(Screens.East, role, question, Screens.Cancel)).Value.Items.Where(i => i.Round == _round.Value && !i.Kind.StartsWith("phase", StringComparison.Ordinal))];

    private async Task DoAsync(Command command) => await _screens.DoneAsync(command);

    private static Question On(int month, int day) => On(new DateOnly(2011, month, day));

    private static Question On(DateOnly day) => new(day);

    private static StatedDay Day(int month, int day) => StatedDay.Exactly(new(2011, month, day));
}
