using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.OneRound;
using HousingBank.ReadModels.Register;
using HousingBank.ReadModels.Tables;
using HousingBank.Store;

namespace HousingBank.ReadModels.OneMeeting;

/// <summary>The council's meeting on a round, and its minutes.</summary>
public sealed class MeetingQuery(Looking looking)
{
    /// <returns>Null when there is no such round by that day.</returns>
    public async Task<Answer<MeetingPage>?> AskAsync(Scope scope, RoundId round, Question question, CancellationToken cancel)
    {
        var look = looking.Begin(scope, question);
        var names = new Names(look);
        var council = new CouncilAtWork(look, round);
        await look.AskAsync(cancel);
        if (council.Round is not { } found)
            return null;

        var stream = new StreamKey(CouncilMeetingId.Of(round).Stream.ToString());
        var figures = await look.FiguresAsync(council.Applications.Select(a => a.Stream).Append(stream), cancel);
        var meeting = council.Meeting;
        return look.Answer(new MeetingPage(
            round.Value,
            found.Row.Number,
            found.Row.Programme.Value,
            StateOf(meeting?.Row),
            figures.Version(stream),
            meeting?.Row.Day,
            meeting?.Row.CalledOn,
            meeting?.Row.OpenedOn,
            meeting?.Row.ClosedOn,
            meeting?.Row.Chair,
            [.. council.Members.Select(m => new MeetingMember(m.Member, m.Affiliation, m.Inside, m.Person, meeting?.Row.Present.Contains(m.Member) == true))],
            [.. council.Applications.Select(a => Application(council, a, names, figures)).OrderBy(a => a.Municipality.Name, Norwegian.Order)],
            [.. council.Order.Select(names.Of)],
            found.Row.IsSimulated,
            meeting is null ? null : FactsBehind.Of(meeting)));
    }

    /// <returns>Null when there is no such round by that day, or its meeting has not been opened.</returns>
    public async Task<Answer<Minutes>?> MinutesAsync(Scope scope, RoundId round, Question question, CancellationToken cancel) =>
        await AskAsync(scope, round, question, cancel) is { } answer && Minutes.Of(answer.Value) is { } minutes
            ? answer.With(minutes)
            : null;

    private static ApplicationInMeeting Application(CouncilAtWork council, Segment<ApplicationRow> application, Names names, StreamFigures figures)
    {
        var row = application.Row;
        var entitled = council.EntitledOn(row.Municipality);
        var reviews = council.CountedReviews(row.Municipality);
        var place = council.Order.ToList().IndexOf(row.Municipality);
        return new(
            names.Of(row.Municipality),
            Intake.State(row),
            figures.Version(application.Stream),
            council.RecusedFrom(row.Municipality),
            [.. entitled.Where(m => council.Meeting?.Row.Present.Contains(m) == true)],
            reviews is null ? null : row.ReviewsCounted ?? reviews.Count,
            row.Entitled ?? entitled.Count,
            Codes.Of(row.Advice),
            row.AdviceReason,
            row.RecommendedOn,
            [.. row.Votes.Select(v => new MemberVote(v.Member, Codes.Of(v.Vote), v.Dissent))],
            place < 0 ? null : place + 1,
            FactsBehind.Of(application));
    }

    private static string StateOf(CouncilMeetingRow? meeting) => meeting switch
    {
        null => "notCalled",
        { ClosedOn: not null } => "closed",
        { OpenedOn: not null } => "open",
        _ => "called",
    };
}
