using HousingBank.Domain.Applications;
using HousingBank.Domain.CouncilMeetings;
using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Programmes;
using HousingBank.Domain.Reviews;
using HousingBank.Domain.Vocabulary;
using static HousingBank.Domain.Reviews.ReviewRefusals;
using static HousingBank.Domain.Tests.Council;
using static HousingBank.Domain.Tests.Some;

namespace HousingBank.Domain.Tests.Reviews;

public class ReviewTests
{
    private const string Member = "member-2";

    private static readonly DateOnly Today = new(2009, 8, 10);

    private static SaveReviewDraft Save(params ReadOnlySpan<CriterionScore> scores) => new(Some.Round, Hamar, Programme, Member, [.. scores]) { On = Today };

    private static HandInReview HandIn(int need = 4, int capacity = 5) => new(Some.Round, Hamar, Programme, Member, Scores(need, capacity)) { On = Today };

    private static Scenario Begun(params ReadOnlySpan<Fact> more) => UnderReview().And(ReviewOf(Member), [Council.Begun(Member), .. more]);

    [Fact]
    public void A_draft_may_lack_anything() =>
        UnderReview().When(Save(new CriterionScore("need", null, "Mye å vise til"))).Then(Council.Begun(Member), new ReviewDraftSaved([new("need", null, "Mye å vise til")], null) { On = Today });

    [Fact]
    public void A_draft_saved_unchanged_is_no_event()
    {
        var saved = new ReviewDraftSaved([new("need", 3, null)], null) { On = Today };

        Begun(saved).When(Save(new CriterionScore("need", 3, null))).ThenNothing();
        Begun(saved).When(Save(new CriterionScore("need", 4, null))).Then(saved with { Scores = [new("need", 4, null)] });
    }

    [Fact]
    public void A_review_is_handed_in_with_a_score_and_a_reason_for_every_criterion()
    {
        UnderReview().When(HandIn()).Then(Council.Begun(Member), HandedIn());
        UnderReview().When(HandIn() with { Scores = [new("need", 4, "Mange uten bolig")] }).ThenRefused(ScoreMissing);
        UnderReview().When(HandIn() with { Scores = [new("need", 4, "Mange uten bolig"), new("capacity", 5, null)] }).ThenRefused(ScoreMissing);
        UnderReview().When(HandIn() with { Scores = [new("need", 4, "Mange uten bolig"), new("capacity", null, "Egen prosjektleder")] }).ThenRefused(ScoreMissing);
    }

    [Fact]
    public void Handed_in_twice_it_is_handed_in_once() => Begun(HandedIn()).When(HandIn()).ThenNothing();

    [Fact]
    public void It_can_be_changed_until_the_meeting_is_closed()
    {
        Begun(HandedIn()).When(HandIn(need: 2)).Then(HandedIn() with { Scores = Scores(2, 5) });
        Begun(HandedIn()).And(Council.Meeting, Called(), MeetingOpened()).When(HandIn(need: 2) with { On = Day(2009, 9, 1) }).Then(HandedIn() with { Scores = Scores(2, 5), On = MeetingDay });
        Begun(HandedIn()).And(Council.Meeting, Called(), MeetingOpened(), MeetingClosed()).When(HandIn(need: 2)).ThenRefused(CouncilMeetingRefusals.CouncilMeetingIsClosed);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void Scores_go_from_one_to_six(int score) => UnderReview().When(HandIn(need: score)).ThenRefused(Fields.OutOfRange, "scores[0].score");

    [Fact]
    public void A_criterion_is_scored_once_and_only_when_the_round_has_it()
    {
        UnderReview().When(Save(new("need", 1, null), new("need", 2, null))).ThenRefused(Fields.Repeated, "scores");
        UnderReview().When(Save(new CriterionScore("beauty", 1, null))).ThenRefused(CriterionUnknown);
    }

    [Fact]
    public void Only_a_member_of_the_council_reviews()
    {
        UnderReview().When(HandIn() with { Member = "somebody" }).ThenRefused(ProgrammeRefusals.CouncilMemberNotAppointed);
        UnderReview().And(Programme.Stream, new CouncilMemberRetired(Member) { On = Today }).When(HandIn()).ThenRefused(ProgrammeRefusals.CouncilMemberNotAppointed);
    }

    [Theory]
    [InlineData(RecusalCause.SelfDeclared)]
    [InlineData(RecusalCause.Chair)]
    public void A_recused_member_does_not_review(RecusalCause cause)
    {
        UnderReview(Recused(Member, cause)).When(HandIn()).ThenRefused(MemberIsRecused);
        UnderReview(Recused(Member, cause)).When(Save()).ThenRefused(MemberIsRecused);
    }

    [Fact]
    public void A_member_who_belongs_to_the_municipality_is_recused_by_that_alone()
    {
        UnderReview().And(Programme.Stream, Affiliated(Member, Hamar)).When(HandIn()).ThenRefused(MemberIsRecused);
        UnderReview().And(Programme.Stream, Affiliated(Member, Moss)).When(HandIn()).Then(Council.Begun(Member), HandedIn());
        UnderReview().And(Programme.Stream, Affiliated(Member, Hamar), new CouncilAffiliationEnded(Member, Hamar) { On = Today })
            .When(HandIn()).Then(Council.Begun(Member), HandedIn());
    }

    [Fact]
    public void Who_is_recused_does_not_learn_what_became_of_the_application() =>
        UnderReview(Recused(Member), new ApplicationWithdrawn("Mangler egne midler") { On = Today }).When(HandIn()).ThenRefused(MemberIsRecused);

    [Fact]
    public void Who_was_recused_and_is_not_any_more_reviews() =>
        UnderReview(Recused(Member), new RecusalWithdrawn(Member, "Forveksling") { On = new DateOnly(2009, 7, 1) }).When(HandIn()).Then(Council.Begun(Member), HandedIn());

    [Fact]
    public void There_is_nothing_to_review_before_the_review_is_started()
    {
        var drafted = Scenario.Given(Programme.Stream, Launched(), Appointed(Member)).And(Some.Round.Stream, OpenedWithCriteria(), Invited(Hamar));

        drafted.When(HandIn()).ThenRefused(ApplicationRefusals.ApplicationUnknown);
        drafted.And(ApplicationOf(Hamar), Drafted(Hamar), Submitted(), DeclaredComplete()).When(HandIn()).ThenRefused(ApplicationRefusals.ReviewNotStarted);
    }

    [Fact]
    public void Nothing_is_reviewed_after_the_decision_or_a_withdrawal()
    {
        UnderReview(new ApplicationWithdrawn("Mangler egne midler") { On = Today }).When(HandIn()).ThenRefused(ApplicationRefusals.ApplicationIsWithdrawn);
        UnderReview(Recommended(), new ApplicationDecided(ApplicationOutcome.Deferred, "Planen er ikke klar", "Venter på planen", [], []) { On = MeetingDay })
            .When(HandIn() with { On = Day(2009, 9, 2) }).ThenRefused(ApplicationRefusals.ApplicationDecidedAlready);
    }

    [Fact]
    public void A_draft_is_saved_only_where_a_review_can_be_handed_in()
    {
        Scenario.Nothing.When(Save()).ThenRefused(IntakeRoundRefusals.RoundUnknown);
        UnderReview().When(Save() with { Programme = new ProgrammeId(Guid.NewGuid()) }).ThenRefused(IntakeRoundRefusals.RoundOfAnotherProgramme);
        UnderReview().When(Save() with { Member = "somebody" }).ThenRefused(ProgrammeRefusals.CouncilMemberNotAppointed);
        UnderReview().And(Programme.Stream, Affiliated(Member, Hamar)).When(Save()).ThenRefused(MemberIsRecused);
        UnderReview(new ApplicationWithdrawn("Mangler egne midler") { On = Today }).When(Save()).ThenRefused(ApplicationRefusals.ApplicationIsWithdrawn);
        Begun(HandedIn()).And(Council.Meeting, Called(), MeetingOpened(), MeetingClosed()).When(Save()).ThenRefused(CouncilMeetingRefusals.CouncilMeetingIsClosed);
        Scenario.Given(Programme.Stream, Launched(), Appointed(Member)).And(Some.Round.Stream, OpenedWithCriteria(), Invited(Hamar))
            .And(ApplicationOf(Hamar), Drafted(Hamar), Submitted(), DeclaredComplete())
            .When(Save()).ThenRefused(ApplicationRefusals.ReviewNotStarted);
    }

    [Fact]
    public void A_draft_after_the_handing_in_changes_nothing_until_it_is_handed_in() =>
        Begun(HandedIn()).When(Save(new CriterionScore("need", 2, null))).Then(new ReviewDraftSaved([new("need", 2, null)], null) { On = Today });

    [Fact]
    public void After_a_change_of_criteria_it_is_handed_in_on_the_new_ones()
    {
        var revised = new CriteriaRevised(2, [new("need", new LocalText("Behov"), 100)], GivenReviews.DoneAnew, "Evnen lar seg ikke sammenligne") { On = Today };

        Begun(HandedIn()).And(Some.Round.Stream, revised).When(HandIn()).ThenRefused(CriterionUnknown);
        Begun(HandedIn()).And(Some.Round.Stream, revised)
            .When(HandIn() with { Scores = [new("need", 4, "Mange uten bolig")] })
            .Then(new ReviewHandedIn(2, [new("need", 4, "Mange uten bolig")], null) { On = Today });
    }

    [Fact]
    public void The_round_must_be_there_and_be_of_the_programme()
    {
        Scenario.Nothing.When(HandIn()).ThenRefused(IntakeRoundRefusals.RoundUnknown);
        UnderReview().When(HandIn() with { Programme = new ProgrammeId(Guid.NewGuid()) }).ThenRefused(IntakeRoundRefusals.RoundOfAnotherProgramme);
    }
}
