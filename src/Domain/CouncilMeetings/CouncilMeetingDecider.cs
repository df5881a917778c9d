using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Programmes;
using HousingBank.Domain.Vocabulary;
using static HousingBank.Domain.CouncilMeetings.CouncilMeetingRefusals;

namespace HousingBank.Domain.CouncilMeetings;

/// <summary>The rules of the council's meeting on a round: who can be there, and between which moments the council speaks.</summary>
public static class CouncilMeetingDecider
{
    public static Decision Call(CouncilMeetingState meeting, IntakeRoundState round, CallCouncilMeeting command)
    {
        if ((Fields.Given(command.Day) ?? Fields.Day(command.Day)) is { } wrong)
            return wrong;
        if (!round.IsKnown)
            return IntakeRoundRefusals.RoundUnknown;
        var called = new CouncilMeetingCalled(command.Round, command.Day) { On = command.On.PlacedFirst(round.Opened!.On.Placed) };
        if (meeting.Called?.SaysTheSameAs(called) == true)
            return Decision.Nothing;
        if (command.Day.Last < called.On.Placed)
            return CouncilMeetingBeforeCall;
        return Record(command, meeting, called);
    }

    public static Decision Move(CouncilMeetingState meeting, MoveCouncilMeeting command)
    {
        if ((Fields.Given(command.Day) ?? Fields.Day(command.Day) ?? Fields.Reason(command.Reason)) is { } wrong)
            return wrong;
        if (meeting.Day == command.Day && meeting.Opened is null)
            return Decision.Nothing;
        var moved = new CouncilMeetingMoved(command.Day, command.Reason) { On = AfterTheLatest(meeting, command) };
        if (command.Day.Last < moved.On.Placed)
            return CouncilMeetingBeforeCall;
        return Record(command, meeting, moved);
    }

    public static Decision Open(CouncilMeetingState meeting, IntakeRoundState round, ProgrammeState programme, OpenCouncilMeeting command)
    {
        if ((Fields.Name(command.Chair) ?? Fields.NotEmpty(command.Present) ?? Fields.Texts(command.Present, Fields.NameLength)) is { } wrong)
            return wrong;
        if (!command.Present.Contains(command.Chair))
            return ChairNotPresent;
        if (!round.IsKnown)
            return IntakeRoundRefusals.RoundUnknown;
        if (round.Opened!.Programme != command.Programme)
            return IntakeRoundRefusals.RoundOfAnotherProgramme;
        if (meeting is { ClosedOn: null, Opened: { } before } && (before.Chair, before.Present) == (command.Chair, command.Present))
            return Decision.Nothing;

        var opened = new CouncilMeetingOpened(command.Chair, command.Present) { On = AfterTheLatest(meeting, command) };
        if (command.Present.FirstOrDefault(member => programme.SeatOf(member, opened.On.Placed) is null) is not null)
            return ProgrammeRefusals.CouncilMemberNotAppointed;
        return Record(command, meeting, opened);
    }

    public static Decision Rank(CouncilMeetingState meeting, RankApplications command)
    {
        if ((Fields.NotEmpty(command.Order)
             ?? Fields.Each(command.Order, (municipality, field) => Fields.Name(municipality.Key, field))
             ?? Fields.NoneTwice(command.Order)) is { } wrong)
            return wrong;
        var order = command.Seen is { } seen ? WithUnseen(meeting.Order?.Order ?? [], command.Order, seen) : command.Order;
        if (Fields.NotEmpty(order, "order") is { } empty)
            return empty;
        if (meeting.IsOpen && meeting.Order?.Order == order)
            return Decision.Nothing;
        return Record(command, meeting, new ApplicationsRanked(order) { On = AfterTheLatest(meeting, command) });
    }

    /// <summary>Whoever is recused ranks what there is for them, and neither moves nor takes out the rest.</summary>
    private static ValueList<MunicipalityId> WithUnseen(ValueList<MunicipalityId> before, ValueList<MunicipalityId> given, ValueList<MunicipalityId> seen)
    {
        var order = given.Where(seen.Contains).ToList();
        foreach (var (place, municipality) in before.Index().Where(b => !seen.Contains(b.Item)))
            order.Insert(Math.Min(place, order.Count), municipality);
        return [.. order];
    }

    public static Decision Close(CouncilMeetingState meeting, CloseCouncilMeeting command)
    {
        if (meeting.IsClosed)
            return Decision.Nothing;
        return Record(command, meeting, new CouncilMeetingClosed { On = AfterTheLatest(meeting, command) });
    }

    /// <summary>The rules that hold on every day, whatever the order things were recorded in.</summary>
    public static IEnumerable<Refusal> Broken(CouncilMeetingState meeting, CouncilMeetingEvent fact) => fact switch
    {
        CouncilMeetingCalled => CouncilMeetingCalledAlready.When(meeting.IsKnown),
        _ when !meeting.IsKnown => [CouncilMeetingUnknown],
        _ when meeting.IsClosed => [CouncilMeetingIsClosed],
        CouncilMeetingMoved or CouncilMeetingOpened => CouncilMeetingOpenedAlready.When(meeting.Opened is not null),
        ApplicationsRanked or CouncilMeetingClosed => CouncilMeetingNotOpen.When(!meeting.IsOpen),
        _ => [],
    };

    private static EffectiveDay AfterTheLatest(CouncilMeetingState meeting, Command command) => command.On.PlacedFirst(meeting.LatestOn);

    private static Decision Record(CouncilMeetingCommand command, CouncilMeetingState meeting, CouncilMeetingEvent fact) =>
        Broken(meeting, fact).FirstOrDefault() is { } refusal ? refusal : Decision.Record(command.Meeting.Stream, fact);
}
