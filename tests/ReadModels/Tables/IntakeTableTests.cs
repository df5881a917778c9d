using HousingBank.Domain.Applications;
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
