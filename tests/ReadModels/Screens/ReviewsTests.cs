using HousingBank.Domain.Applications;
using HousingBank.Domain.CouncilMeetings;
using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Programmes;
using HousingBank.Domain.Reviews;
using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.Reviewing;
using static HousingBank.ReadModels.Tests.Screens.TrondheimsRound;

namespace HousingBank.ReadModels.Tests.Screens;

/// <summary>A round before a council of three, as its members and the secretariat see the reviews.</summary>
public sealed class ReviewsTests(ImportedHistory history) : IClassFixture<ImportedHistory>, IAsyncLifetime
{
    private static readonly string[] s_members = ["member-1", "member-2", "member-3"];

    private readonly RoundId _round = new(Guid.CreateVersion7());
    private Screens _screens = null!;
    private ProgrammeId _programme;

    public async ValueTask InitializeAsync()
    {
        _screens = await history.CopyAsync();
        _programme = new((await _screens.Programme.ListAsync(Screens.East, On(2011, 1, 1), Screens.Cancel)).Value.Single().Id);
        foreach (var member in s_members)
            await DoAsync(new AppointCouncilMember(_programme, member, "KS", false) { On = Day(2011, 1, 2) });
        await TrondheimsRound.BeginAsync(_screens, _programme, _round);
        await DoAsync(new DeclareApplicationComplete(_round, Trondheim) { On = Day(2011, 3, 22) });
        await DoAsync(new StartReview(_round, Trondheim) { On = Day(2011, 3, 23) });
    }

    public ValueTask DisposeAsync() => _screens.DisposeAsync();

    [Fact]
    public async Task Those_who_have_not_handed_in_are_awaited_unless_they_are_recused()
    {
        await DoAsync(HandIn("member-1", 4));
        await DoAsync(new SaveReviewDraft(_round, Trondheim, _programme, "member-2", [new("need", 2, null)]) { On = Day(2011, 4, 2) });
        await DoAsync(new RecuseMember(_round, Trondheim, _programme, "member-3", RecusalCause.Chair, "Slekt") { On = Day(2011, 4, 5) });

        (await ReviewsAsync(On(2011, 3, 25))).Application.Awaited.Select(m => m.Member).ShouldBe(s_members);
        var after = await ReviewsAsync(On(2011, 4, 6));
        after.Application.Reviews.ShouldHaveSingleItem().Member.ShouldBe(new CouncilPerson("member-1", null, "KS"));
        after.Application.Awaited.Select(m => m.Member).ShouldBe(["member-2"]);
        after.Recusals.ShouldHaveSingleItem().ShouldSatisfyAllConditions(r => r.Member.Member.ShouldBe("member-3"), r => r.Cause.ShouldBe("chair"), r => r.Stands.ShouldBeTrue());
    }

    [Fact]
    public async Task A_draft_is_shown_to_its_member_alone()
    {
        await DoAsync(new SaveReviewDraft(_round, Trondheim, _programme, "member-2", [new("need", 2, null)], "uferdig") { On = Day(2011, 4, 2) });

        var own = (await ReviewsAsync(On(2011, 4, 3) with { Member = "member-2" })).Application;
        (own.OwnState, own.Own!.Draft!.Remark, own.Reviews.Count).ShouldBe(("draft", "uferdig", 0));
        var office = await ReviewsAsync(On(2011, 4, 3));
        (office.Application.Own, office.Application.Reviews.Count, office.Rows().Rows.Count).ShouldBe((null, 0, 0));
    }

    [Fact]
    public async Task A_change_of_criteria_asks_for_the_review_anew()
    {
        await DoAsync(HandIn("member-1", 4));
        await DoAsync(HandIn("member-1", 5) with { On = Day(2011, 4, 3) });
        (await ReviewsAsync(On(2011, 4, 4) with { Member = "member-1" })).Application.OwnState.ShouldBe("changed");

        await DoAsync(new ReviseCriteria(_round, [new("need", new LocalText("Behov"), 1), new("plan", new LocalText("Plan"), 1)], GivenReviews.DoneAnew, "Plan hører med") { On = Day(2011, 4, 6) });

        (await ReviewsAsync(On(2011, 4, 4))).Application.Awaited.Select(m => m.Member).ShouldBe(["member-2", "member-3"]);
        var after = await ReviewsAsync(On(2011, 4, 7) with { Member = "member-1" });
        (after.Application.OwnState, after.Round.CriteriaVersion, after.Round.Criteria.Count).ShouldBe(("handInAnew", 2, 2));
        (await ReviewsAsync(On(2011, 4, 7))).Application.Awaited.Select(m => m.Member).ShouldBe(s_members);
    }

    [Fact]
    public async Task The_meeting_is_the_deadline_and_the_rows_hold_every_score()
    {
        await DoAsync(HandIn("member-1", 4));
        await DoAsync(HandIn("member-2", 2));
        await DoAsync(new CallCouncilMeeting(_round, StatedDay.Exactly(new(2011, 5, 1))) { On = Day(2011, 4, 10) });

        (await ReviewsAsync(On(2011, 4, 9))).Round.MeetingOn.ShouldBeNull();
        var round = (await _screens.Reviews.OfRoundAsync(Screens.East, _round, On(2011, 4, 11), Screens.Cancel)).ShouldNotBeNull().Value;
        round.Round.MeetingOn!.On.ShouldBe(new DateOnly(2011, 5, 1));
        var rows = round.Rows();
        var score = rows.Columns.Select(c => c.Code).ToList().IndexOf("score");
        rows.Rows.Select(r => r[score]).ShouldBe([4, 2]);
    }

    [Fact]
    public async Task There_is_nothing_where_there_is_no_application_and_before_there_was_one()
    {
        (await _screens.Reviews.OfApplicationAsync(Screens.East, _round, new("moss"), On(2011, 4, 1), Screens.Cancel)).ShouldBeNull();
        (await _screens.Reviews.OfApplicationAsync(Screens.East, _round, Trondheim, On(2011, 2, 1), Screens.Cancel)).ShouldBeNull();
        (await _screens.Reviews.OfRoundAsync(Screens.East, new(Guid.NewGuid()), On(2011, 4, 1), Screens.Cancel)).ShouldBeNull();
    }

    [Fact]
    public async Task The_council_of_a_day_has_its_members_with_where_they_belong()
    {
        await DoAsync(new NoteCouncilAffiliation(_programme, "member-1", Trondheim, "folkevalgt") { On = Day(2011, 2, 1) });
        await DoAsync(new EndCouncilAffiliation(_programme, "member-1", Trondheim) { On = Day(2011, 6, 1) });
        await DoAsync(new RetireCouncilMember(_programme, "member-3") { On = Day(2011, 3, 1) });

        (await CouncilAsync(On(2011, 1, 15))).Members.Select(m => m.Member.Member).ShouldBe(s_members);
        var later = await CouncilAsync(On(2011, 7, 1));
        later.Members.Select(m => m.Member.Member).ShouldBe(["member-1", "member-2"]);
        var belonged = later.Members[0].Affiliations.ShouldHaveSingleItem();
        (belonged.Municipality.Key, belonged.As, belonged.From.On, belonged.EndedOn!.On).ShouldBe(("trondheim", "folkevalgt", new DateOnly(2011, 2, 1), new DateOnly(2011, 6, 1)));
        (await CouncilAsync(On(2011, 5, 1))).Members[0].Affiliations.ShouldHaveSingleItem().EndedOn.ShouldBeNull();
        later.Rows().Rows.Count.ShouldBe(2);
    }

    private HandInReview HandIn(string member, int score) =>
        new(_round, Trondheim, _programme, member, [new("need", score, "Mange uten bolig")]) { On = Day(2011, 4, 1) };

    private async Task<ApplicationReviews> ReviewsAsync(Question question) =>
        (await _screens.Reviews.OfApplicationAsync(Screens.East, _round, Trondheim, question, Screens.Cancel)).ShouldNotBeNull().Value;

    private async Task<OneProgramme.ProgrammeCouncil> CouncilAsync(Question question) =>
        (await _screens.Council.AskAsync(Screens.East, _programme, question, Screens.Cancel)).ShouldNotBeNull().Value;

    private async Task DoAsync(Command command) => await _screens.DoneAsync(command);

    private static StatedDay Day(int year, int month, int day) => StatedDay.Exactly(new(year, month, day));

    private static Question On(int year, int month, int day) => new(new(year, month, day));
}
