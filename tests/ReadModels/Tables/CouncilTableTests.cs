using HousingBank.Domain.Applications;
using HousingBank.Domain.Programmes;
using HousingBank.Domain.Reviews;
using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.Tables;
using ApplicationId = HousingBank.Domain.Vocabulary.ApplicationId;

namespace HousingBank.ReadModels.Tests.Tables;

public sealed class CouncilTableTests
{
    private const string Member = "member-2";

    private static readonly RoundId Round = new(new Guid("01977f00-0000-7000-8000-000000000002"));
    private static readonly ProgrammeId Programme = new(new Guid("01977f00-0000-7000-8000-000000000001"));
    private static readonly MunicipalityId Hamar = new("hamar");
    private static readonly ApplicationId Application = ApplicationId.Of(Round, Hamar);
    private static readonly DateOnly August = new(2009, 8, 1);
    private static readonly DateOnly September = new(2009, 9, 1);
    private static readonly DateOnly October = new(2009, 10, 1);

    private static Told Review() => new Told(ReviewId.Of(Application, Member).Stream.ToString()).Fact(August, new ReviewBegun(Round, Hamar, Member));

    private static Told Applied() => new Told(Application.Stream.ToString()).Fact(new DateOnly(2009, 4, 1), new ApplicationDrafted(Round, Hamar));

    private static Told Launched() => new(Programme.Stream.ToString());

    private static ValueList<CriterionScore> Scores(int need) => [new("need", need, "Mange uten bolig")];

    private static ReviewRow ReviewOn(Told review, DateOnly day, int knownVersion) =>
        review.Rows<ReviewRow>(new ReviewTable(), day, knownVersion).ShouldHaveSingleItem().Value;

    [Fact]
    public void A_draft_stands_until_it_is_handed_in()
    {
        var review = Review()
            .Fact(August, new ReviewDraftSaved(Scores(3), "Må leses igjen"))
            .Fact(September, new ReviewHandedIn(1, Scores(4), null));

        var draft = ReviewOn(review, August, knownVersion: 3);
        (draft.Member, draft.DraftSavedOn!.On, draft.DraftScores, draft.DraftRemark, draft.HandedInOn, draft.Scores)
            .ShouldBe((Member, August, Scores(3), "Må leses igjen", null, []));

        var handedIn = ReviewOn(review, September, knownVersion: 3);
        (handedIn.DraftSavedOn, handedIn.DraftScores, handedIn.HandedInOn!.On, handedIn.CriteriaVersion, handedIn.Scores, handedIn.Earlier)
            .ShouldBe((null, [], September, 1, Scores(4), []));
    }

    [Fact]
    public void A_draft_after_the_handing_in_leaves_what_was_handed_in()
    {
        var review = Review().Fact(August, new ReviewHandedIn(1, Scores(4), null)).Fact(September, new ReviewDraftSaved(Scores(5), null));

        var row = ReviewOn(review, September, knownVersion: 3);

        (row.HandedInOn!.On, row.Scores, row.DraftScores).ShouldBe((August, Scores(4), Scores(5)));
    }

    [Fact]
    public void What_was_handed_in_before_stays()
    {
        var review = Review()
            .Fact(August, new ReviewHandedIn(1, Scores(2), "Første lesning"))
            .Fact(September, new ReviewHandedIn(2, Scores(4), null));

        ReviewOn(review, September, knownVersion: 2).Earlier.ShouldBeEmpty();
        ReviewOn(review, August, knownVersion: 3).Scores.ShouldBe(Scores(2));
        var earlier = ReviewOn(review, September, knownVersion: 3).Earlier.ShouldHaveSingleItem();
        (earlier.HandedInOn.On, earlier.CriteriaVersion, earlier.Scores, earlier.Remark).ShouldBe((August, 1, Scores(2), "Første lesning"));
    }

    [Fact]
    public void A_recusal_stands_from_its_day_until_it_is_withdrawn()
    {
        var application = Applied()
            .Fact(September, new MemberRecused(Member, RecusalCause.Chair, "Var med på å skrive den"))
            .Fact(October, new RecusalWithdrawn(Member, "Forveksling"));

        application.Rows<RecusalRow>(new RecusalTable(), August, knownVersion: 3).ShouldBeEmpty();
        application.Rows<RecusalRow>(new RecusalTable(), October, knownVersion: 1).ShouldBeEmpty();
        var standing = application.Rows<RecusalRow>(new RecusalTable(), October, knownVersion: 2)[Member];
        (standing.Round, standing.Municipality, standing.Cause, standing.On.On, standing.WithdrawnOn).ShouldBe((Round, Hamar, RecusalCause.Chair, September, null));
        var withdrawn = application.Rows<RecusalRow>(new RecusalTable(), October, knownVersion: 3)[Member];
        (withdrawn.WithdrawnOn!.On, withdrawn.WithdrawnBecause).ShouldBe((October, "Forveksling"));
    }

    [Fact]
    public void A_recusal_that_comes_back_stands_again()
    {
        var application = Applied()
            .Fact(August, new MemberRecused(Member, RecusalCause.Chair, "Slekt"))
            .Fact(September, new RecusalWithdrawn(Member, "Forveksling"))
            .Fact(October, new MemberRecused(Member, RecusalCause.SelfDeclared, "Likevel slekt"));

        var row = application.Rows<RecusalRow>(new RecusalTable(), October, knownVersion: 4)[Member];

        (row.Cause, row.On.On, row.WithdrawnOn).ShouldBe((RecusalCause.SelfDeclared, October, null));
    }

    [Fact]
    public void An_affiliation_lasts_until_it_is_ended_and_can_come_back()
    {
        var programme = Launched()
            .Fact(August, new CouncilAffiliationNoted(Member, Hamar, "ansatt"))
            .Fact(September, new CouncilAffiliationEnded(Member, Hamar))
            .Fact(October, new CouncilAffiliationNoted(Member, Hamar, "valgt"));

        programme.Rows<CouncilAffiliationRow>(new CouncilAffiliationTable(), August, knownVersion: 3).ShouldHaveSingleItem().Value.EndedOn.ShouldBeNull();
        programme.Rows<CouncilAffiliationRow>(new CouncilAffiliationTable(), September, knownVersion: 1).ShouldHaveSingleItem().Value.EndedOn.ShouldBeNull();
        programme.Rows<CouncilAffiliationRow>(new CouncilAffiliationTable(), September, knownVersion: 2).ShouldHaveSingleItem().Value.EndedOn!.On.ShouldBe(September);
        programme.Rows<CouncilAffiliationRow>(new CouncilAffiliationTable(), October, knownVersion: 3).Values
            .Select(r => (r.As, r.EndedOn?.On)).ShouldBe([("ansatt", September), ("valgt", null)]);
    }
}
