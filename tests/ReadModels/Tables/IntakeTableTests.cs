using HousingBank.Domain.Applications;
using HousingBank.Domain.CouncilMeetings;
using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.Tables;
using ApplicationId = HousingBank.Domain.Vocabulary.ApplicationId;

namespace HousingBank.ReadModels.Tests.Tables;

public sealed class IntakeTableTests
{
    private static readonly RoundId Round = new(new Guid("01977f00-0000-7000-8000-000000000002"));
    private static readonly MunicipalityId Hamar = new("hamar");
    private static readonly DateOnly September = new(2009, 9, 1);

    [Fact]
    public void What_the_council_gave_in_its_meeting_takes_the_place_of_what_was_noted()
    {
        var application = new Told(ApplicationId.Of(Round, Hamar).Stream.ToString())
            .Fact(new DateOnly(2009, 4, 1), new ApplicationDrafted(Round, Hamar))
            .Fact(new DateOnly(2009, 8, 1), new RecommendationNoted(Advice.Decline, 3, 1, 4, "Foreløpig"))
            .Fact(September, new RecommendationGiven(
                Advice.Admit, [new("a", Vote.For, null), new("b", Vote.For, null), new("c", Vote.Against, null), new("d", Vote.Abstained, null)], "Stort behov", 4, 4));

        var row = application.Rows<ApplicationRow>(new ApplicationTable(), September, knownVersion: 3).ShouldHaveSingleItem().Value;

        (row.Stage, row.Advice, row.Ranking, row.VotesFor, row.VotesAgainst, row.AdviceReason).ShouldBe((ApplicationStage.Recommended, Advice.Admit, null, 2, 1, "Stort behov"));
        (row.Votes.Count, row.ReviewsCounted, row.Entitled, row.RecommendedOn!.On).ShouldBe((4, 4, 4, September));
    }

    [Fact]
    public void A_meeting_is_shown_as_it_stood_on_the_day_and_was_known_at_the_moment()
    {
        var meeting = new Told(CouncilMeetingId.Of(Round).Stream.ToString())
            .Fact(new DateOnly(2009, 8, 1), new CouncilMeetingCalled(Round, September))
            .Fact(new DateOnly(2009, 8, 20), new CouncilMeetingMoved(September.AddDays(1), "Ikke alle kan møte"))
            .Fact(September.AddDays(1), new CouncilMeetingOpened("a", ["a", "b"]))
            .Fact(September.AddDays(1), new ApplicationsRanked([Hamar]))
            .Fact(September.AddDays(1), new CouncilMeetingClosed());

        CouncilMeetingRow On(DateOnly day, int knownVersion) => meeting.Rows<CouncilMeetingRow>(new CouncilMeetingTable(), day, knownVersion).ShouldHaveSingleItem().Value;

        (On(new DateOnly(2009, 8, 10), 5).Day.On, On(new DateOnly(2009, 8, 10), 5).OpenedOn).ShouldBe((September, null));
        (On(September, 1).Day.On, On(September, 2).Day.On).ShouldBe((September, September.AddDays(1)));
        var closed = On(September.AddDays(1), 5);
        (closed.Chair, closed.Present.Count, closed.Order.Count, closed.RankedOn!.On, closed.ClosedOn!.On).ShouldBe(("a", 2, 1, September.AddDays(1), September.AddDays(1)));
        On(September.AddDays(1), 4).ClosedOn.ShouldBeNull();
    }

    [Fact]
    public void The_last_window_and_the_last_criteria_of_a_round_hold()
    {
        SelectionCriterion need = new("need", new LocalText("Behov"), 60);
        var round = new Told(Round.Stream.ToString())
            .Fact(new DateOnly(2009, 3, 15), new RoundOpened(new ProgrammeId(Guid.NewGuid()), 1, new DateOnly(2009, 6, 1), 4, false, [need]))
            .Fact(new DateOnly(2009, 5, 1), new ApplicationWindowSet(new DateOnly(2009, 5, 1), new DateOnly(2009, 6, 15), "Påsken falt sent"))
            .Fact(new DateOnly(2009, 7, 1), new CriteriaRevised(2, [need with { Weight = 100 }], GivenReviews.Stand, "Ett kriterium"));

        var before = round.Rows<RoundRow>(new RoundTable(), new DateOnly(2009, 4, 1), knownVersion: 3).ShouldHaveSingleItem().Value;
        var after = round.Rows<RoundRow>(new RoundTable(), September, knownVersion: 3).ShouldHaveSingleItem().Value;

        (before.Deadline!.On, before.Criteria[0].Weight).ShouldBe((new DateOnly(2009, 6, 1), 60));
        (after.Deadline!.On, after.Criteria[0].Weight).ShouldBe((new DateOnly(2009, 6, 15), 100));
    }
}
