using HousingBank.Domain.Applications;
using HousingBank.Domain.CouncilMeetings;
using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.OneMeeting;
using HousingBank.ReadModels.Ranking;
using HousingBank.Web.Access;
using HousingBank.Web.Languages;
using HousingBank.Web.Time;

namespace HousingBank.Web.Api;

/// <summary>The council's meeting on a round: what it recommends, how it ranks, its minutes.</summary>
internal static class MeetingsApi
{
    public static void MapMeeting(this IEndpointRouteBuilder round)
    {
        var meeting = round.MapGroup("/meeting").WithTags("Council meetings");
        meeting.MapGet("", (Reading read, MeetingQuery meetings, Guid round) =>
                read.OneAsync(q => meetings.AskAsync(read.Scope, new RoundId(round), q, read.Cancel), m => m.Rows(), m => m.Version))
            .Asks<MeetingPage>("getMeeting", "The council's meeting on the round: who was there, and for each application quorum, advice, votes and dissent.", hasRows: true, hasVersion: true)
            .RequireAuthorization(Policies.ReadCouncil);
        meeting.MapPost("/call", (Guid round, CallMeetingRequest r, Deciding decide) =>
                decide.InMeetingAsync(round, () => decide.NewAsync(new CallCouncilMeeting(new(round), r.Day.Day) { On = r.On, Grounds = r.Grounds }, $"/api/v1/rounds/{round}/meeting")))
            .Creates("callCouncilMeeting", "Calls the council to its meeting on the round.", Policies.RunMeeting);
        meeting.MapPost("/move", (Guid round, MoveMeetingRequest r, Deciding decide) =>
                decide.InMeetingAsync(round, () => decide.OnAsync(new MoveCouncilMeeting(new(round), r.Day.Day, r.Reason) { On = r.On, Grounds = r.Grounds })))
            .Decides("moveCouncilMeeting", "Moves the meeting to another day, until it is opened.", Policies.RunMeeting);
        meeting.MapPost("/open", OpenAsync)
            .Decides("openCouncilMeeting", "Opens the meeting with who is there and who leads it.", Policies.RunMeeting);
        meeting.MapPost("/rank", RankAsync)
            .Decides("rankApplications", "Ranks the applications in the order in which the council would admit them.", Policies.RunMeeting);
        meeting.MapPost("/close", (Guid round, PlainRequest r, Deciding decide) =>
                decide.InMeetingAsync(round, () => decide.OnAsync(new CloseCouncilMeeting(new(round)) { On = r.On, Grounds = r.Grounds })))
            .Decides("closeCouncilMeeting", "Closes the meeting: from here on no score is changed and no recommendation given.", Policies.RunMeeting);

        round.MapGet("/minutes", (Reading read, MeetingQuery meetings, Guid round) =>
                read.OneAsync(q => meetings.MinutesAsync(read.Scope, new RoundId(round), q, read.Cancel)))
            .Asks<Minutes>("getMinutes", "The minutes of the council's meeting, once it is opened.").WithTags("Council meetings")
            .RequireAuthorization(Policies.ReadCouncil);
        round.MapGet("/ranking", (Reading read, RankingQuery rankings, Texts texts, Guid round) =>
                read.OneAsync(
                    q => rankings.AskAsync(read.Scope, new RoundId(round), q, read.Cancel),
                    r => r.Rows((figure, criterion) => texts[$"tables.criterion-{figure}", ("criterion", texts.Of(criterion))])))
            .Asks<RankingPage>("getRanking", "The applications before the council by weighted total: means, spread between members, the council's own order.", hasRows: true).WithTags("Council meetings")
            .RequireAuthorization(Policies.ReadCouncil);
    }

    public static void MapRecommendation(this IEndpointRouteBuilder application) =>
        application.MapPost("/recommend", RecommendAsync)
            .Decides("giveRecommendation", "The council recommends, in its open meeting.", Policies.RunMeeting).WithTags("Council meetings");

    private static Task<IResult> OpenAsync(
        Guid round, OpenMeetingRequest r, Deciding decide, MeetingQuery meetings, Viewer viewer, TimeProvider clock, CancellationToken cancel) =>
        decide.InMeetingAsync(round, async () =>
            (await meetings.AskAsync(viewer.Scope, new RoundId(round), viewer.Asks(PointInTime.Now(clock)), cancel))?.Value is { } meeting
                ? await decide.OnAsync(new OpenCouncilMeeting(new(round), new(meeting.Programme), r.Chair, r.Present) { On = r.On, Grounds = r.Grounds })
                : decide.NotThere());

    private static Task<IResult> RankAsync(
        Guid round, RankRequest r, Deciding decide, MeetingQuery meetings, Viewer viewer, TimeProvider clock, CancellationToken cancel) =>
        decide.InMeetingAsync(round, async () =>
            (await meetings.AskAsync(viewer.Scope, new RoundId(round), viewer.Asks(PointInTime.Now(clock)), cancel))?.Value is { } meeting
                ? await decide.OnAsync(new RankApplications(new(round), r.Order) { Seen = Chairing.Seen(viewer, meeting), On = r.On, Grounds = r.Grounds })
                : decide.NotThere());

    private static Task<IResult> RecommendAsync(
        Guid round, string municipality, GiveRecommendationRequest r, Deciding decide, MeetingQuery meetings, Viewer viewer, TimeProvider clock, CancellationToken cancel) =>
        decide.InMeetingAsync(round, async () =>
        {
            var meeting = (await meetings.AskAsync(viewer.Scope, new RoundId(round), viewer.Asks(PointInTime.Now(clock)), cancel))?.Value;
            // One who leads the meeting and is recused from the application learns nothing of it.
            if (meeting is null || (viewer.Role == Role.Council && meeting.Applications.All(a => a.Municipality.Key != municipality)))
                return decide.NotThere();
            ValueList<string> members = [.. meeting.Members.Select(m => m.Member)];
            return await decide.OnAsync(
                new GiveRecommendation(new(round), new(municipality), new(meeting.Programme), members, r.Advice, r.Votes, r.Reason) { On = r.On, Grounds = r.Grounds });
        });
}

/// <param name="Day">When it is to be.</param>
public sealed record CallMeetingRequest(DayRequest Day) : DecisionRequest;

/// <param name="Day">When it is to be instead.</param>
public sealed record MoveMeetingRequest(DayRequest Day, string Reason) : DecisionRequest;

/// <param name="Chair">Who leads it, by reference; one of those present.</param>
/// <param name="Present">Members by reference.</param>
public sealed record OpenMeetingRequest(string Chair, ValueList<string> Present) : DecisionRequest;

/// <param name="Order">Keys of municipalities, best first.</param>
public sealed record RankRequest(ValueList<MunicipalityId> Order) : DecisionRequest;

/// <param name="Votes">One for each member that votes; who is recused or not there does not.</param>
/// <param name="Reason">Why the council recommends it.</param>
public sealed record GiveRecommendationRequest(Advice Advice, ValueList<CouncilVote> Votes, string Reason) : DecisionRequest;
