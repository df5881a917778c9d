using HousingBank.Domain.Applications;
using HousingBank.Domain.CouncilMeetings;
using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Programmes;
using HousingBank.Domain.Reviews;
using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.OneMeeting;
using HousingBank.ReadModels.Ranking;

namespace HousingBank.ReadModels.Tests.Screens;

/// <summary>A council of four on two applications: its meeting, its minutes and the ranking, as different people and days see them.</summary>
public sealed class MeetingTests(ImportedHistory history) : IClassFixture<ImportedHistory>, IAsyncLifetime
{
    private const string Chair = "demo:a";
    private const string Recused = "demo:b";
    private const string Late = "demo:d";

    private static readonly ValueList<string> s_members = [Chair, Recused, "demo:c", Late];
    private static readonly MunicipalityId s_trondheim = new("trondheim");
    private static readonly MunicipalityId s_asker = new("asker");
    private static readonly DateOnly s_meeting = new(2011, 5, 10);

    private readonly RoundId _round = new(Guid.CreateVersion7());
    private Screens _screens = null!;
    private ProgrammeId _programme;

    public async ValueTask InitializeAsync()
    {
        _screens = await history.CopyAsync();
        _programme = new((await _screens.Programme.ListAsync(Screens.East, On(2011, 1, 1), Screens.Cancel)).Value.Single().Id);
        foreach (var member in s_members)
            await DoAsync(new AppointCouncilMember(_programme, member, "Husbanken", true) { On = Day(2011, 1, 1) });
        await DoAsync(new OpenRound(_round, _programme, 3, Day(2011, 4, 1), 1, false, [new("need", new LocalText("Behov"), 3), new("plan", new LocalText("Plan"), 1)]) { On = Day(2011, 1, 10) });
        foreach (var municipality in new[] { s_trondheim, s_asker })
        {
            await DoAsync(new InviteMunicipality(_round, municipality) { On = Day(2011, 1, 15) });
            await DoAsync(new DraftApplication(_round, municipality) { On = Day(2011, 2, 20) });
            await DoAsync(new SubmitApplication(_round, municipality, Content, new SignOff(Signatory.ChiefExecutive, null)) { On = Day(2011, 3, 1) });
            await DoAsync(new DeclareApplicationComplete(_round, municipality) { On = Day(2011, 3, 22) });
            await DoAsync(new StartReview(_round, municipality) { On = Day(2011, 3, 23) });
        }

        await DoAsync(new RecuseMember(_round, s_asker, _programme, Recused, RecusalCause.SelfDeclared, "Bor der") { On = Day(2011, 3, 24) });
        await HandInAsync(s_trondheim, Chair, 5, 3);
        await HandInAsync(s_trondheim, Recused, 4, 4);
        await HandInAsync(s_trondheim, "demo:c", 3, 1);
        await HandInAsync(s_asker, Chair, 6, 2);
        await HandInAsync(s_asker, "demo:c", 6, 4);
        await DoAsync(new CallCouncilMeeting(_round, s_meeting) { On = Day(2011, 4, 10) });
    }

    public ValueTask DisposeAsync() => _screens.DisposeAsync();

    [Fact]
    public async Task The_meeting_shows_who_may_vote_and_how_many_have_reviewed()
    {
        await OpenAsync();

        var meeting = await MeetingAsync(new(s_meeting));

        (meeting.State, meeting.Chair, meeting.Members.Count, meeting.Version).ShouldBe(("open", Chair, 4, 2));
        var asker = meeting.Applications.Single(a => a.Municipality.Key == "asker");
        asker.Recused.ShouldBe([new RecusedMember(Recused, "selfDeclared")]);
        asker.MayVote.ShouldBe([Chair, "demo:c"]);
        (asker.Reviews, asker.Entitled, asker.HasQuorum).ShouldBe((2, 3, true));
        var trondheim = meeting.Applications.Single(a => a.Municipality.Key == "trondheim");
        trondheim.MayVote.ShouldBe([Chair, Recused, "demo:c"]);
        (trondheim.Reviews, trondheim.Entitled, trondheim.HasQuorum).ShouldBe((3, 4, true));
    }

    [Fact]
    public async Task The_ranking_has_means_weighted_totals_spread_and_the_councils_own_order()
    {
        await OpenAsync();
        await DoAsync(new RankApplications(_round, [s_trondheim, s_asker]) { On = s_meeting });

        var ranking = await RankingAsync(new(s_meeting));

        var (first, second) = (ranking.Applications[0], ranking.Applications[1]);
        (first.Municipality.Key, first.Place, first.Total, first.LowestTotal, first.HighestTotal, first.Spread).ShouldBe(("asker", 1, 5.25m, 5m, 5.5m, 0.5m)); // (3 · 6 + 3) / 4
        (second.Municipality.Key, second.Place, second.Total, second.LowestTotal, second.HighestTotal).ShouldBe(("trondheim", 2, 3.6667m, 2.5m, 4.5m)); // (3 · 4 + 8/3) / 4
        second.Criteria.ShouldBe([new CriterionFigures("need", 4m, 3, 5), new CriterionFigures("plan", 2.6667m, 1, 4)]);
        (first.CouncilPlace, second.CouncilPlace).ShouldBe((2, 1));
        ranking.Rows((figure, name) => $"{name.Nb} {figure}").Columns.Select(c => c.Heading).OfType<string>().ShouldContain("Behov mean");
    }

    [Fact]
    public async Task For_a_recused_member_the_rest_is_as_if_the_application_were_not_there()
    {
        await OpenAsync();
        await RecommendAsync(s_asker, [new(Chair, Vote.For, null), new("demo:c", Vote.For, null)]);
        await RecommendAsync(s_trondheim, [new(Chair, Vote.For, null), new(Recused, Vote.Against, "For liten plan")]);
        await DoAsync(new RankApplications(_round, [s_asker, s_trondheim]) { On = s_meeting });
        await DoAsync(new CloseCouncilMeeting(_round) { On = s_meeting });
        var question = new Question(s_meeting, Member: Recused);

        var meeting = await MeetingAsync(question);
        var minutes = (await _screens.Meeting.MinutesAsync(Screens.East, _round, question, Screens.Cancel)).ShouldNotBeNull().Value;
        var ranked = (await RankingAsync(question)).Applications.ShouldHaveSingleItem();

        meeting.Applications.ShouldHaveSingleItem().Place.ShouldBe(1);
        meeting.Order.ShouldHaveSingleItem().Key.ShouldBe("trondheim");
        minutes.Items.ShouldHaveSingleItem().ShouldSatisfyAllConditions(i => i.Number.ShouldBe(1), i => i.Application.Municipality.Key.ShouldBe("trondheim"));
        minutes.Ranking.ShouldHaveSingleItem();
        (ranked.Place, ranked.CouncilPlace).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Before_the_own_review_is_in_there_are_no_figures()
    {
        await OpenAsync();
        await RecommendAsync(s_trondheim, [new(Chair, Vote.For, null)]);
        var question = new Question(s_meeting, Member: Late);

        (await RankingAsync(question)).Applications.ShouldAllBe(a => a.Reviews == null && a.Total == null && a.Place == null && a.CouncilPlace == null && a.Advice == null);
        (await MeetingAsync(question)).Applications.ShouldAllBe(a => a.Reviews == null && a.Votes.Count == 0);
    }

    [Fact]
    public async Task The_minutes_tell_votes_dissent_and_who_was_away_and_stay_as_they_were()
    {
        (await _screens.Meeting.MinutesAsync(Screens.East, _round, new(s_meeting), Screens.Cancel)).ShouldBeNull();
        await OpenAsync();
        await RecommendAsync(s_trondheim, [new(Chair, Vote.For, null), new(Recused, Vote.Against, "For liten plan")]);
        await DoAsync(new CloseCouncilMeeting(_round) { On = s_meeting });
        await DoAsync(new RetireCouncilMember(_programme, Late) { On = s_meeting.AddDays(30) });
        await DoAsync(new RecuseMember(_round, s_trondheim, _programme, "demo:c", RecusalCause.Chair, "Ny stilling") { On = s_meeting.AddDays(40) });

        var minutes = (await _screens.Meeting.MinutesAsync(Screens.East, _round, new(s_meeting.AddDays(60)), Screens.Cancel)).ShouldNotBeNull().Value;

        (minutes.HeldOn.On, minutes.ClosedOn!.On, minutes.Chair!.Member).ShouldBe((s_meeting, s_meeting, Chair));
        minutes.Present.Select(m => m.Member).ShouldBe([Chair, Recused, "demo:c"]);
        minutes.Absent.Select(m => m.Member).ShouldBe([Late]);
        var trondheim = minutes.Items.Single(i => i.Application.Municipality.Key == "trondheim").Application;
        (trondheim.Reviews, trondheim.Entitled, trondheim.Recused.Count).ShouldBe((3, 4, 0));
        trondheim.Votes.ShouldBe([new MemberVote(Chair, "for", null), new MemberVote(Recused, "against", "For liten plan")]);
        (trondheim.Count(Vote.For), trondheim.Count(Vote.Against), trondheim.Count(Vote.Abstained)).ShouldBe((1, 1, 0));
    }

    [Fact]
    public async Task The_meeting_is_shown_by_the_day_and_by_what_was_known()
    {
        var called = await MeetingAsync(new(s_meeting));
        var before = DateTimeOffset.UtcNow;
        await OpenAsync();

        called.State.ShouldBe("called");
        (await MeetingAsync(new(new DateOnly(2011, 4, 1)))).State.ShouldBe("notCalled");
        (await MeetingAsync(new(s_meeting.AddDays(-1)))).State.ShouldBe("called");
        (await MeetingAsync(new(s_meeting, before))).State.ShouldBe("called");
        (await MeetingAsync(new(s_meeting))).State.ShouldBe("open");
    }

    [Fact]
    public async Task Of_two_recommendations_at_once_one_wins_and_the_other_is_told()
    {
        await OpenAsync();
        var votes = new CouncilVote[] { new(Chair, Vote.For, null), new("demo:c", Vote.For, null) };
        var version = (await MeetingAsync(new(s_meeting))).Applications.Single(a => a.Municipality.Key == "trondheim").Version;

        var outcomes = await Task.WhenAll(new[] { Advice.Admit, Advice.Defer }.Select(advice =>
            _screens.Desk.RunAsync(Screens.Leadership, Recommend(s_trondheim, votes) with { Advice = advice }, Guid.CreateVersion7(), version, Screens.Cancel)));

        outcomes.OfType<Processes.Outcome.Done>().ShouldHaveSingleItem();
        outcomes.OfType<Processes.Outcome.Stale>().ShouldHaveSingleItem();
    }

    private static ApplicationContent Content => new(
        new Resolution("bystyret", Day(2011, 2, 1), "11/7"), "Mangler egnede boliger.", ["Bosetting"], "Styringsgruppe.", "Rådmannens fagstab");

    private Task OpenAsync() => DoAsync(new OpenCouncilMeeting(_round, _programme, Chair, [Chair, Recused, "demo:c"]) { On = s_meeting });

    private Task HandInAsync(MunicipalityId municipality, string member, int need, int plan) => DoAsync(
        new HandInReview(_round, municipality, _programme, member, [new("need", need, "Mange venter"), new("plan", plan, "Tydelig")]) { On = Day(2011, 4, 20) });

    private Task RecommendAsync(MunicipalityId municipality, CouncilVote[] votes) => DoAsync(Recommend(municipality, votes));

    private GiveRecommendation Recommend(MunicipalityId municipality, CouncilVote[] votes) =>
        new(_round, municipality, _programme, s_members, Advice.Admit, [.. votes], "Stort behov") { On = s_meeting };

    private async Task<MeetingPage> MeetingAsync(Question question) => (await _screens.Meeting.AskAsync(Screens.East, _round, question, Screens.Cancel)).ShouldNotBeNull().Value;

    private async Task<RankingPage> RankingAsync(Question question) => (await _screens.Ranking.AskAsync(Screens.East, _round, question, Screens.Cancel)).ShouldNotBeNull().Value;

    private async Task DoAsync(Command command) => await _screens.DoneAsync(command);

    private static Question On(int year, int month, int day) => new(new(year, month, day));

    private static StatedDay Day(int year, int month, int day) => StatedDay.Exactly(new(year, month, day));
}
