using System.Diagnostics;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.CouncilMeetings;

/// <summary>A council meeting as far as the rules need to know it.</summary>
/// <param name="Called">Null until it is called.</param>
/// <param name="Day">When it is, or was, to be; null until it is called.</param>
/// <param name="Opened">Null until it is opened.</param>
/// <param name="Order">The last ranking; null when there is none.</param>
/// <param name="ClosedOn">The placed day it was closed; null while it is not.</param>
/// <param name="LatestOn">The latest placed day of its facts; null until it is called.</param>
public sealed record CouncilMeetingState(
    CouncilMeetingCalled? Called, StatedDay? Day, CouncilMeetingOpened? Opened, ApplicationsRanked? Order, DateOnly? ClosedOn, DateOnly? LatestOn)
{
    public static readonly CouncilMeetingState Initial = new(null, null, null, null, null, null);

    public bool IsKnown => Called is not null;

    public bool IsOpen => Opened is not null && ClosedOn is null;

    public bool IsClosed => ClosedOn is not null;

    public static CouncilMeetingState Evolve(CouncilMeetingState meeting, CouncilMeetingEvent fact) =>
        meeting.IsKnown || fact is CouncilMeetingCalled
            ? Remember(meeting, fact) with { LatestOn = meeting.LatestOn > fact.On.Placed ? meeting.LatestOn : fact.On.Placed }
            : meeting;

    private static CouncilMeetingState Remember(CouncilMeetingState meeting, CouncilMeetingEvent fact) => fact switch
    {
        CouncilMeetingCalled e => meeting with { Called = e, Day = e.Day },
        CouncilMeetingMoved e => meeting with { Day = e.Day },
        CouncilMeetingOpened e => meeting with { Opened = e },
        ApplicationsRanked e => meeting with { Order = e },
        CouncilMeetingClosed e => meeting with { ClosedOn = e.On.Placed },
        _ => throw new UnreachableException($"{fact.GetType().Name} has no case in Evolve."),
    };
}
