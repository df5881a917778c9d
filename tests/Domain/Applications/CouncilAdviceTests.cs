using HousingBank.Domain.Applications;
using HousingBank.Domain.CouncilMeetings;
using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Programmes;
using HousingBank.Domain.Vocabulary;
using static HousingBank.Domain.Applications.ApplicationRefusals;
using static HousingBank.Domain.Tests.Council;
using static HousingBank.Domain.Tests.Some;

namespace HousingBank.Domain.Tests.Applications;

/// <summary>Recusal and recommendation.</summary>
public class CouncilAdviceTests
{
    private const string Member = "member-2";

    private static RecuseMember Recuse(RecusalCause cause = RecusalCause.SelfDeclared) =>
        new(Some.Round, Hamar, Programme, Member, cause, "Har vært rådgiver for kommunen") { On = Day(2009, 6, 20) };

    private static WithdrawRecusal Withdraw() => new(Some.Round, Hamar, Member, "Forveksling") { On = Day(2009, 7, 1) };

    private static GiveRecommendation Give(params ReadOnlySpan<CouncilVote> votes) =>
        new(Some.Round, Hamar, Programme, Members, Advice.Admit, [.. votes], "Stort behov") { On = Day(2009, 9, 1) };

    private static CouncilVote For(string member) => new(member, Vote.For, null);

    private static CouncilVote Against(string member, string? dissent = null) => new(member, Vote.Against, dissent);

    private static Scenario InMeeting(params ReadOnlySpan<Fact> application) => UnderReview(application).And(Council.Meeting, Called(), MeetingOpened());

    private static RecommendationGiven Given(ValueList<CouncilVote> votes, int reviews, int entitled) => new(Advice.Admit, votes, "Stort behov", reviews, entitled) { On = MeetingDay };

    // Recusal

    [Fact]
    public void A_member_is_recused_with_a_reason()
    {
        UnderReview().When(Recuse()).Then(Recused(Member));
        UnderReview().When(Recuse() with { Reason = "" }).ThenRefused(Fields.Missing, "reason");
        UnderReview(Recused(Member)).When(Recuse(RecusalCause.Chair)).ThenNothing();
    }

    [Fact]
    public void Only_members_are_recused_and_only_from_what_is_there()
    {
        UnderReview().When(Recuse() with { Member = "somebody" }).ThenRefused(ProgrammeRefusals.CouncilMemberNotAppointed);
        Scenario.Given(Programme.Stream, Launched(), Appointed(Member)).When(Recuse()).ThenRefused(ApplicationUnknown);
    }

    [Fact]
    public void A_recusal_is_withdrawn_with_a_reason_unless_it_follows_from_where_the_member_belongs()
    {
        UnderReview(Recused(Member)).When(Withdraw()).Then(new RecusalWithdrawn(Member, "Forveksling") { On = new DateOnly(2009, 7, 1) });
        UnderReview().When(Withdraw()).ThenRefused(MemberNotRecused);
        UnderReview(Recused(Member, RecusalCause.Affiliation)).When(Withdraw()).ThenRefused(RecusalByAffiliation);
    }

    [Fact]
    public void Withdrawn_twice_there_is_nothing_left_to_withdraw_and_it_can_be_said_anew()
    {
        var withdrawn = new RecusalWithdrawn(Member, "Forveksling") { On = new DateOnly(2009, 7, 1) };

        UnderReview(Recused(Member), withdrawn).When(Withdraw()).ThenRefused(MemberNotRecused);
        UnderReview(Recused(Member)).When(Withdraw() with { Reason = "" }).ThenRefused(Fields.Missing, "reason");
        UnderReview(Recused(Member), withdrawn).When(Recuse(RecusalCause.Chair) with { On = Day(2009, 8, 1) })
            .Then(Recused(Member, RecusalCause.Chair) with { On = new DateOnly(2009, 8, 1) });
        Scenario.Nothing.When(Withdraw()).ThenRefused(ApplicationUnknown);
    }

    [Fact]
    public void A_member_is_recused_and_let_back_in_every_later_state()
    {
        ApplicationEvent[] ends = [new ApplicationWithdrawn("Mangler egne midler") { On = MeetingDay }, Recommended()];
        foreach (var end in ends)
        {
            UnderReview(end).When(Recuse()).Then(Recused(Member));
            UnderReview(Recused(Member), end).When(Withdraw()).Then(new RecusalWithdrawn(Member, "Forveksling") { On = new DateOnly(2009, 7, 1) });
        }
    }

    [Fact]
    public void A_member_may_be_recused_after_the_decision() =>
        UnderReview(Recommended(), new ApplicationDecided(ApplicationOutcome.Admitted, null, null, [], []) { On = MeetingDay })
            .When(Recuse() with { On = Day(2009, 10, 1) }).Then(Recused(Member) with { On = new DateOnly(2009, 10, 1) });

    // Recommendation

    [Fact]
    public void More_than_half_of_those_not_recused_must_have_reviewed()
    {
        var votes = Members.Select(For).ToArray();

        InMeeting().ReviewedBy("member-1", "member-2").When(Give(votes)).ThenRefused(TooFewReviews);
        InMeeting().ReviewedBy("member-1", "member-2", "member-3").When(Give(votes)).Then(Given([.. votes], 3, 5));
    }

    [Fact]
    public void Half_is_not_enough_and_the_recused_count_on_neither_side()
    {
        CouncilVote[] votes = [For("member-1"), For("member-3"), For("member-4"), For("member-5")];

        InMeeting(Recused(Member)).ReviewedBy("member-1", "member-2", "member-3").When(Give(votes)).ThenRefused(TooFewReviews);
        InMeeting(Recused(Member)).ReviewedBy("member-1", "member-3", "member-4").When(Give(votes)).Then(Given([.. votes], 3, 4));
        InMeeting().And(Programme.Stream, Affiliated(Member, Hamar)).ReviewedBy("member-1", "member-2", "member-3").When(Give(votes)).ThenRefused(TooFewReviews);
    }

    [Fact]
    public void Reviews_on_criteria_that_count_no_more_are_not_counted()
    {
        var votes = Members.Select(For).ToArray();
        var anew = new CriteriaRevised(2, Criteria, GivenReviews.DoneAnew, "Vektene var feil") { On = new DateOnly(2009, 8, 20) };

        InMeeting().ReviewedBy("member-1", "member-2", "member-3").And(Some.Round.Stream, anew).When(Give(votes)).ThenRefused(TooFewReviews);
        InMeeting().ReviewedBy("member-1", "member-2", "member-3").And(Some.Round.Stream, anew with { GivenReviews = GivenReviews.Stand })
            .When(Give(votes)).Then(Given([.. votes], 3, 5));
    }

    [Fact]
    public void Who_is_recused_or_not_there_does_not_vote()
    {
        InMeeting(Recused(Member)).ReviewedBy("member-1", "member-3", "member-4").When(Give(For("member-1"), For(Member))).ThenRefused(VoterNotEntitled);
        UnderReview().And(Council.Meeting, Called(), MeetingOpened("member-1", "member-2", "member-3")).ReviewedBy("member-1", "member-2", "member-3")
            .When(Give(For("member-1"), For("member-4"))).ThenRefused(VoterNotEntitled);
        InMeeting().ReviewedBy("member-1", "member-2", "member-3").When(Give(For("somebody"))).ThenRefused(VoterNotEntitled);
    }

    [Fact]
    public void The_advice_has_more_votes_for_than_against_and_dissent_is_kept()
    {
        CouncilVote[] carried = [For("member-1"), For("member-2"), Against("member-3", "For svak forankring"), new("member-4", Vote.Abstained, null)];

        InMeeting().ReviewedBy("member-1", "member-2", "member-3").When(Give(carried)).Then(Given([.. carried], 3, 5));
        InMeeting().ReviewedBy("member-1", "member-2", "member-3").When(Give(For("member-1"), Against("member-2"), Against("member-3"))).ThenRefused(AdviceHasNoMajority);
    }

    [Fact]
    public void In_a_tie_the_chair_decides()
    {
        CouncilVote[] withChair = [For(Chair), Against("member-2")];

        InMeeting().ReviewedBy("member-1", "member-2", "member-3").When(Give(withChair)).Then(Given([.. withChair], 3, 5));
        InMeeting().ReviewedBy("member-1", "member-2", "member-3").When(Give(Against(Chair), For("member-2"))).ThenRefused(AdviceHasNoMajority);
    }

    [Fact]
    public void It_is_given_in_the_open_meeting_only()
    {
        var reviewed = UnderReview().ReviewedBy("member-1", "member-2", "member-3");

        reviewed.When(Give(For(Chair))).ThenRefused(CouncilMeetingRefusals.CouncilMeetingNotOpen);
        reviewed.And(Council.Meeting, Called(), MeetingOpened(), MeetingClosed()).When(Give(For(Chair))).ThenRefused(CouncilMeetingRefusals.CouncilMeetingIsClosed);
    }

    [Fact]
    public void Given_twice_it_is_given_once_and_a_newer_one_takes_its_place()
    {
        CouncilVote[] votes = [For(Chair), For("member-2")];
        var given = Given([.. votes], 3, 5);

        InMeeting(given).ReviewedBy("member-1", "member-2", "member-3").When(Give(votes)).ThenNothing();
        InMeeting(given).ReviewedBy("member-1", "member-2", "member-3").When(Give(votes) with { Advice = Advice.Defer }).Then(given with { Advice = Advice.Defer });
    }

    [Fact]
    public void Every_member_of_the_council_is_looked_at() =>
        InMeeting().ReviewedBy("member-1", "member-2").When(Give(For(Chair), For("member-2")) with { Members = ["member-1", "member-2"] }).ThenRefused(MembersNotTheCouncil);

    [Fact]
    public void There_must_be_an_application_under_review_in_a_round_of_the_programme()
    {
        Scenario.Nothing.When(Give(For(Chair))).ThenRefused(IntakeRoundRefusals.RoundUnknown);
        InMeeting().When(Give(For(Chair)) with { Programme = new ProgrammeId(Guid.NewGuid()) }).ThenRefused(IntakeRoundRefusals.RoundOfAnotherProgramme);
        Scenario.Given(Programme.Stream, [Launched(), .. Members.Select(Appointed)])
            .And(Some.Round.Stream, OpenedWithCriteria(), Invited(Hamar))
            .And(ApplicationOf(Hamar), Drafted(Hamar), Submitted(), DeclaredComplete())
            .And(Council.Meeting, Called(), MeetingOpened())
            .ReviewedBy("member-1", "member-2", "member-3")
            .When(Give(For(Chair), For("member-2"))).ThenRefused(ReviewNotStarted);
    }

    [Fact]
    public void A_decision_follows_what_was_given_or_says_why_not()
    {
        var given = Given([For(Chair)], 3, 5);
        ValueList<CriterionReason> reasons = [.. Criteria.Select(c => new CriterionReason(c.Code, "Andre står sterkere"))];
        var decline = new DeclineApplication(Some.Round, Hamar, "For liten plass", reasons) { On = Day(2009, 10, 15) };

        InMeeting(given).When(decline).ThenRefused(DeviationNeedsReason);
        InMeeting(given).When(decline with { DeviationReason = "Budsjettet er kuttet" })
            .Then(new ApplicationDecided(ApplicationOutcome.Declined, "For liten plass", "Budsjettet er kuttet", reasons, []) { On = new DateOnly(2009, 10, 15) });
    }
}
