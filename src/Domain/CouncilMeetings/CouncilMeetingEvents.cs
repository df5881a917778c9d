using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.CouncilMeetings;

/// <summary>What has happened to the council's meeting (rådsmøte) on one round.</summary>
public abstract record CouncilMeetingEvent : Fact;

/// <param name="Day">When it is to be.</param>
[StoredAs("council-meeting-called")]
public sealed record CouncilMeetingCalled(RoundId Round, StatedDay Day) : CouncilMeetingEvent;

[StoredAs("council-meeting-moved")]
public sealed record CouncilMeetingMoved(StatedDay Day, string Reason) : CouncilMeetingEvent;

/// <param name="Chair">Who leads it, by reference; one of those present.</param>
/// <param name="Present">Members by reference; never names.</param>
[StoredAs("council-meeting-opened")]
public sealed record CouncilMeetingOpened(string Chair, ValueList<string> Present) : CouncilMeetingEvent;

/// <summary>The order in which the council would admit, best first. A newer one takes the place of the one before.</summary>
[StoredAs("applications-ranked")]
public sealed record ApplicationsRanked(ValueList<MunicipalityId> Order) : CouncilMeetingEvent;

/// <summary>From here on no score is changed and no recommendation given.</summary>
[StoredAs("council-meeting-closed")]
public sealed record CouncilMeetingClosed : CouncilMeetingEvent;
