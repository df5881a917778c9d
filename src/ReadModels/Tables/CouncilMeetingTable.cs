using HousingBank.Domain.CouncilMeetings;
using HousingBank.Domain.Vocabulary;
using HousingBank.Store;

namespace HousingBank.ReadModels.Tables;

/// <summary>The council's meeting (rådsmøte) on a round.</summary>
/// <param name="Day">When it is, or was, to be.</param>
/// <param name="Chair">By reference; null until it is opened.</param>
/// <param name="Present">Members by reference.</param>
/// <param name="Order">The last ranking, best first, of all applications: what is shown leaves out those that the asker may not see.</param>
public sealed record CouncilMeetingRow(
    RoundId Round,
    Day Day,
    Day CalledOn,
    Day? OpenedOn,
    string? Chair,
    ValueList<string> Present,
    ValueList<MunicipalityId> Order,
    Day? RankedOn,
    Day? ClosedOn,
    bool IsSimulated);

public sealed class CouncilMeetingTable() : RowTable<CouncilMeetingRow, CouncilMeetingEvent>("council_meeting", "council-meeting")
{
    protected override CouncilMeetingRow? Apply(CouncilMeetingRow? row, CouncilMeetingEvent fact, StoredFact stored) => (row, fact) switch
    {
        (null, CouncilMeetingCalled e) => new(e.Round, Day.Start(e.Day), Day.Of(stored.On), null, null, [], [], null, null, stored.IsSimulated()),
        (null, _) => null,
        (_, CouncilMeetingMoved e) => row with { Day = Day.Start(e.Day) },
        (_, CouncilMeetingOpened e) => row with { OpenedOn = Day.Of(stored.On), Chair = e.Chair, Present = e.Present },
        (_, ApplicationsRanked e) => row with { Order = e.Order, RankedOn = Day.Of(stored.On) },
        (_, CouncilMeetingClosed) => row with { ClosedOn = Day.Of(stored.On) },
        _ => row,
    };
}
