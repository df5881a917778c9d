using System.Text.Json.Serialization;
using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Programmes;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.CouncilMeetings;

/// <summary>A command about the one meeting that the council has on a round.</summary>
public abstract record CouncilMeetingCommand(RoundId Round) : Command
{
    internal CouncilMeetingId Meeting => CouncilMeetingId.Of(Round);

    public override ValueList<StreamId> Streams() => [Meeting.Stream];

    private protected CouncilMeetingState Of(Histories histories) => histories.State<CouncilMeetingState>(Meeting.Stream);
}

/// <param name="Day">When it is to be.</param>
public sealed record CallCouncilMeeting(RoundId Round, StatedDay Day) : CouncilMeetingCommand(Round)
{
    public override ValueList<StreamId> Streams() => [Meeting.Stream, Round.Stream];

    public override Decision Decide(Histories histories) =>
        CouncilMeetingDecider.Call(Of(histories), histories.State<IntakeRoundState>(Round.Stream), this);
}

/// <param name="Day">When it is to be instead.</param>
public sealed record MoveCouncilMeeting(RoundId Round, StatedDay Day, string Reason) : CouncilMeetingCommand(Round)
{
    public override Decision Decide(Histories histories) => CouncilMeetingDecider.Move(Of(histories), this);
}

/// <param name="Programme">The one the round belongs to: it knows who the members are.</param>
/// <param name="Chair">Who leads it; one of those present.</param>
/// <param name="Present">Members by reference.</param>
public sealed record OpenCouncilMeeting(RoundId Round, ProgrammeId Programme, string Chair, ValueList<string> Present) : CouncilMeetingCommand(Round)
{
    public override ValueList<StreamId> Streams() => [Meeting.Stream, Round.Stream, Programme.Stream];

    public override Decision Decide(Histories histories) => CouncilMeetingDecider.Open(
        Of(histories), histories.State<IntakeRoundState>(Round.Stream), histories.State<ProgrammeState>(Programme.Stream), this);
}

/// <param name="Order">Best first.</param>
public sealed record RankApplications(RoundId Round, ValueList<MunicipalityId> Order) : CouncilMeetingCommand(Round)
{
    /// <summary>The applications that are there for whoever ranks; null for all. The others stay where they were ranked before.</summary>
    /// <remarks>No part of what is asked for: sent again, the command is the same, whatever the asker sees by then.</remarks>
    [JsonIgnore]
    public ValueList<MunicipalityId>? Seen { get; init; }

    public override Decision Decide(Histories histories) => CouncilMeetingDecider.Rank(Of(histories), this);
}

public sealed record CloseCouncilMeeting(RoundId Round) : CouncilMeetingCommand(Round)
{
    public override Decision Decide(Histories histories) => CouncilMeetingDecider.Close(Of(histories), this);
}
