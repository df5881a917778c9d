using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.CouncilMeetings;

public static class CouncilMeetingRefusals
{
    public static readonly Refusal CouncilMeetingUnknown = Refusal.Unknown("council-meeting-unknown");
    public static readonly Refusal CouncilMeetingCalledAlready = new("council-meeting-called-already");

    /// <summary>The day it is to be lies before the day it was called or moved.</summary>
    public static readonly Refusal CouncilMeetingBeforeCall = Refusal.OfField("council-meeting-before-call", "day");

    public static readonly Refusal CouncilMeetingOpenedAlready = new("council-meeting-opened-already");
    public static readonly Refusal CouncilMeetingNotOpen = new("council-meeting-not-open");
    public static readonly Refusal CouncilMeetingIsClosed = new("council-meeting-closed");

    /// <summary>The one who is to lead the meeting is not among those present.</summary>
    public static readonly Refusal ChairNotPresent = Refusal.OfField("chair-not-present", "chair");
}
