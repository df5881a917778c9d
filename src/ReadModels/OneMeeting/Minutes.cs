namespace HousingBank.ReadModels.OneMeeting;

/// <summary>The minutes (protokoll) of the council's meeting on a round, made out of its events. Nothing stands for what the asker may not see: the items are numbered without a gap.</summary>
/// <param name="ClosedOn">Null while the meeting goes on: the minutes are not final.</param>
/// <param name="Ranking">Best first.</param>
public sealed record Minutes(
    Guid Round,
    int RoundNumber,
    Day HeldOn,
    Day? ClosedOn,
    MeetingMember? Chair,
    IReadOnlyList<MeetingMember> Present,
    IReadOnlyList<MeetingMember> Absent,
    IReadOnlyList<MinutesItem> Items,
    IReadOnlyList<MunicipalityOnDay> Ranking,
    bool IsSimulated,
    FactsBehind? Facts)
{
    /// <returns>Null until it is opened.</returns>
    internal static Minutes? Of(MeetingPage meeting) => meeting is { OpenedOn: { } heldOn, Chair: { } chair }
        ? new(
            meeting.Round,
            meeting.RoundNumber,
            heldOn,
            meeting.ClosedOn,
            meeting.Member(chair),
            [.. meeting.Members.Where(m => m.IsPresent)],
            [.. meeting.Members.Where(m => !m.IsPresent)],
            [.. meeting.Applications.Select((a, i) => new MinutesItem(i + 1, a))],
            meeting.Order,
            meeting.IsSimulated,
            meeting.Facts)
        : null;
}

/// <param name="Number">1, 2, 3 … among those that the asker sees.</param>
public sealed record MinutesItem(int Number, ApplicationInMeeting Application);
