using HousingBank.Domain.CouncilMeetings;
using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Programmes;
using HousingBank.Domain.Vocabulary;
using static HousingBank.Domain.CouncilMeetings.CouncilMeetingRefusals;
using static HousingBank.Domain.Tests.Council;
using static HousingBank.Domain.Tests.Some;

namespace HousingBank.Domain.Tests.CouncilMeetings;

public class CouncilMeetingTests
{
    private static Scenario Round(params ReadOnlySpan<Fact> meeting) => UnderReview().And(Council.Meeting, meeting);

    private static CallCouncilMeeting Call() => new(Some.Round, Day(2009, 9, 1)) { On = Day(2009, 8, 1) };

    private static MoveCouncilMeeting Move() => new(Some.Round, Day(2009, 9, 15), "Ikke alle kan møte") { On = Day(2009, 8, 20) };

    private static OpenCouncilMeeting Open() => new(Some.Round, Programme, Chair, Members) { On = Day(2009, 9, 1) };

    private static RankApplications Rank() => new(Some.Round, [Hamar, Moss]) { On = Day(2009, 9, 1) };

    private static CloseCouncilMeeting Close() => new(Some.Round) { On = Day(2009, 9, 1) };

    [Fact]
    public void The_council_is_called_to_a_meeting_on_a_round() => Round().When(Call()).Then(Called());

    [Fact]
    public void Called_twice_to_the_same_day_it_is_called_once() => Round(Called()).When(Call()).ThenNothing();

    [Fact]
    public void A_round_has_one_meeting() => Round(Called()).When(Call() with { Day = Day(2009, 9, 2) }).ThenRefused(CouncilMeetingCalledAlready);

    [Fact]
    public void Nobody_is_called_to_a_round_that_is_not_there() => Scenario.Nothing.When(Call()).ThenRefused(IntakeRoundRefusals.RoundUnknown);

    [Fact]
    public void Nobody_is_called_to_a_day_that_has_passed() => Round().When(Call() with { Day = Day(2009, 7, 31) }).ThenRefused(CouncilMeetingBeforeCall);

    [Fact]
    public void It_can_be_moved_with_a_reason_until_it_is_opened()
    {
        var moved = new CouncilMeetingMoved(Day(2009, 9, 15), "Ikke alle kan møte") { On = new DateOnly(2009, 8, 20) };

        Round(Called()).When(Move()).Then(moved);
        Round(Called(), moved).When(Move()).ThenNothing();
        Round(Called()).When(Move() with { Reason = " " }).ThenRefused(Fields.Missing, "reason");
        Round(Called()).When(Move() with { Day = Day(2009, 8, 1) }).ThenRefused(CouncilMeetingBeforeCall);
        Round(Called(), MeetingOpened()).When(Move() with { On = Day(2009, 9, 1) }).ThenRefused(CouncilMeetingOpenedAlready);
        Round().When(Move()).ThenRefused(CouncilMeetingUnknown);
    }

    [Fact]
    public void It_is_opened_with_who_is_there() => Round(Called()).When(Open()).Then(MeetingOpened());

    [Fact]
    public void Opened_twice_it_is_open_once() => Round(Called(), MeetingOpened()).When(Open()).ThenNothing();

    [Fact]
    public void Only_members_on_the_day_are_there()
    {
        Round(Called()).When(Open() with { Present = [.. Members, "somebody"] }).ThenRefused(ProgrammeRefusals.CouncilMemberNotAppointed);
        Round(Called()).And(Programme.Stream, new CouncilMemberRetired("member-5") { On = MeetingDay }).When(Open()).ThenRefused(ProgrammeRefusals.CouncilMemberNotAppointed);
    }

    [Fact]
    public void The_chair_is_there() => Round(Called()).When(Open() with { Present = ["member-2", "member-3"] }).ThenRefused(ChairNotPresent);

    [Fact]
    public void It_is_of_the_programme_of_its_round() =>
        Round(Called()).When(Open() with { Programme = new ProgrammeId(Guid.NewGuid()) }).ThenRefused(IntakeRoundRefusals.RoundOfAnotherProgramme);

    [Fact]
    public void Applications_are_ranked_while_it_is_open_and_the_last_ranking_holds()
    {
        var ranked = new ApplicationsRanked([Hamar, Moss]) { On = MeetingDay };

        Round(Called(), MeetingOpened()).When(Rank()).Then(ranked);
        Round(Called(), MeetingOpened(), ranked).When(Rank()).ThenNothing();
        Round(Called(), MeetingOpened(), ranked).When(Rank() with { Order = [Moss, Hamar] }).Then(new ApplicationsRanked([Moss, Hamar]) { On = MeetingDay });
        Round(Called(), MeetingOpened()).When(Rank() with { Order = [Moss, Moss] }).ThenRefused(Fields.Repeated, "order");
        Round(Called()).When(Rank()).ThenRefused(CouncilMeetingNotOpen);
        Round(Called(), MeetingOpened(), MeetingClosed()).When(Rank()).ThenRefused(CouncilMeetingIsClosed);
    }

    [Fact]
    public void Who_does_not_see_an_application_leaves_it_where_it_was_ranked()
    {
        var (asker, ranked) = (new MunicipalityId("asker"), new ApplicationsRanked([Hamar, Moss, new("asker")]) { On = MeetingDay });
        var open = Round(Called(), MeetingOpened(), ranked);

        open.When(Rank() with { Order = [asker, Hamar], Seen = [Hamar, asker] }).Then(ranked with { Order = [asker, Moss, Hamar] });
        open.When(Rank() with { Order = [Hamar, asker], Seen = [Hamar, asker] }).ThenNothing();
        open.When(Rank() with { Order = [asker], Seen = [asker] }).ThenNothing();
        open.When(Rank() with { Order = [Moss, asker, Hamar], Seen = [Hamar, asker] }).Then(ranked with { Order = [asker, Moss, Hamar] });
        Round(Called(), MeetingOpened()).When(Rank() with { Order = [asker, Hamar], Seen = [Hamar, asker] }).Then(ranked with { Order = [asker, Hamar] });
        Round(Called(), MeetingOpened()).When(Rank() with { Order = [Moss], Seen = [Hamar, asker] }).ThenRefused(Fields.Missing, "order");
    }

    [Fact]
    public void It_is_closed_once_and_after_it_was_opened()
    {
        Round(Called(), MeetingOpened()).When(Close()).Then(MeetingClosed());
        Round(Called(), MeetingOpened(), MeetingClosed()).When(Close()).ThenNothing();
        Round(Called()).When(Close()).ThenRefused(CouncilMeetingNotOpen);
        Round(Called(), MeetingOpened(), MeetingClosed()).When(Open()).ThenRefused(CouncilMeetingIsClosed);
    }
}
