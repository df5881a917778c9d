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
    public void What_was_signed_off_is_no_longer_when_the_draft_or_its_files_are_changed()
    {
        var content = ApplicationContent.Empty with { Contact = "Servicekontoret" };
        var application = new Told(ApplicationId.Of(Round, Hamar).Stream.ToString())
            .Fact(new DateOnly(2009, 4, 1), new ApplicationDrafted(Round, Hamar))
            .Fact(new DateOnly(2009, 4, 2), new ApplicationDraftSaved(content))
            .Fact(new DateOnly(2009, 4, 3), new SignatoryNamed("demo:municipality-hamar", "kommunalsjef"))
            .Fact(new DateOnly(2009, 4, 4), new ApplicationSignedOff(new(Signatory.Named, "kommunalsjef")))
            .Fact(new DateOnly(2009, 4, 6), new AttachmentAdded(new(Guid.NewGuid()), "vedtak.pdf", "application/pdf", 1, new(default, "", "")))
            .Fact(new DateOnly(2009, 4, 8), new ApplicationSubmitted(content, false, new(Signatory.ChiefExecutive, null), []));

        ApplicationRow On(int day) => application.Rows<ApplicationRow>(new ApplicationTable(), new DateOnly(2009, 4, day), knownVersion: 6).ShouldHaveSingleItem().Value;

        (On(3).Draft, On(3).Signatory, On(3).SignOff).ShouldBe((content, new SignatoryRow("demo:municipality-hamar", "kommunalsjef"), null));
        (On(5).SignOff!.By, On(5).SignOff!.Function, On(5).SignOff!.On.On).ShouldBe((Signatory.Named, "kommunalsjef", new DateOnly(2009, 4, 4)));
        On(7).SignOff.ShouldBeNull();
        On(8).SignOff!.By.ShouldBe(Signatory.ChiefExecutive);
    }

    [Fact]
    public void A_supplement_that_comes_after_its_due_day_is_marked_late()
    {
        var application = new Told(ApplicationId.Of(Round, Hamar).Stream.ToString())
            .Fact(new DateOnly(2009, 4, 1), new ApplicationDrafted(Round, Hamar))
            .Fact(new DateOnly(2009, 5, 1), new SupplementRequested("Tall", new DateOnly(2009, 5, 20)))
            .Fact(new DateOnly(2009, 5, 20), new SupplementReceived("Tall", null))
            .Fact(new DateOnly(2009, 6, 1), new SupplementRequested("Kart", new DateOnly(2009, 6, 20)))
            .Fact(new DateOnly(2009, 6, 21), new SupplementReceived("Kart", null));

        var row = application.Rows<ApplicationRow>(new ApplicationTable(), September, knownVersion: 5).ShouldHaveSingleItem().Value;

        row.Supplements.Select(s => (s.Wanted, s.Received, s.IsLate)).ShouldBe([("Tall", "Tall", false), ("Kart", "Kart", true)]);
        row.SupplementWanted.ShouldBeNull();
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

        (before.AppliesFrom, before.Deadline!.On, before.Criteria[0].Weight).ShouldBe((null, new DateOnly(2009, 6, 1), 60));
        (after.AppliesFrom!.On, after.Deadline!.On, after.Criteria[0].Weight).ShouldBe((new DateOnly(2009, 5, 1), new DateOnly(2009, 6, 15), 100));
        after.CriteriaVersions.Select(v => (v.Version, v.Criteria[0].Weight, v.GivenReviews, v.Reason))
            .ShouldBe([(1, 60, null, null), (2, 100, GivenReviews.Stand, "Ett kriterium")]);
        (after.CriteriaVersion, after.OldestCriteriaThatCount).ShouldBe((2, 1));
    }

    [Fact]
    public void Decisions_are_public_from_the_day_they_are_published()
    {
        var round = new Told(Round.Stream.ToString())
            .Fact(new DateOnly(2009, 3, 15), new RoundOpened(new ProgrammeId(Guid.NewGuid()), 1, new DateOnly(2009, 6, 1), 4, false, []))
            .Fact(September, new DecisionsPublished());

        round.Rows<RoundRow>(new RoundTable(), September.AddDays(-1), knownVersion: 2).Values.Single().PublishedOn.ShouldBeNull();
        round.Rows<RoundRow>(new RoundTable(), September, knownVersion: 1).Values.Single().PublishedOn.ShouldBeNull();
        round.Rows<RoundRow>(new RoundTable(), September, knownVersion: 2).Values.Single().PublishedOn!.On.ShouldBe(September);
    }

    [Fact]
    public void Figures_kept_later_take_the_place_of_those_before_and_the_earlier_are_still_known_of_then()
    {
        SelectionFigure households = new("households", new LocalText("Husstander med bostøtte"), "husstander", "2008", 412, null);
        var round = new Told(Round.Stream.ToString())
            .Fact(new DateOnly(2009, 3, 15), new RoundOpened(new ProgrammeId(Guid.NewGuid()), 1, new DateOnly(2009, 6, 1), 4, false, []))
            .Fact(new DateOnly(2009, 3, 20), new SelectionFiguresKept(Hamar, [households], "KOSTRA"))
            .Fact(new DateOnly(2009, 3, 20), new SelectionFiguresKept(Hamar, [households with { Value = null, Note = "trykkfeil" }], "KOSTRA, rettet"));

        decimal? Value(int known) => round.Rows<SelectionFigureRow>(new SelectionFigureTable(), September, known).Values.Single().Figures[0].Value;
        (Value(2), Value(3)).ShouldBe((412m, null));
    }

    [Fact]
    public void What_was_decided_keeps_its_reasons_by_criterion()
    {
        var application = new Told(ApplicationId.Of(Round, Hamar).Stream.ToString())
            .Fact(new DateOnly(2009, 4, 1), new ApplicationDrafted(Round, Hamar))
            .Fact(new DateOnly(2009, 6, 1), new ReviewStarted())
            .Fact(September, new ApplicationDecided(ApplicationOutcome.Declined, "For liten plass", null, [new("need", "Lite dokumentert")], []));

        var row = application.Rows<ApplicationRow>(new ApplicationTable(), September, knownVersion: 3).Values.Single();

        row.CriterionReasons.ShouldBe([new CriterionReason("need", "Lite dokumentert")]);
        row.ReviewStartedOn!.On.ShouldBe(new DateOnly(2009, 6, 1));
    }
}
