using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.CouncilMeetings;

public static class CouncilMeetingAggregate
{
    public static IAggregate Instance { get; } = new Aggregate<CouncilMeetingState, CouncilMeetingEvent>(
        "council-meeting", CouncilMeetingState.Initial, CouncilMeetingState.Evolve, CouncilMeetingDecider.Broken);
}
