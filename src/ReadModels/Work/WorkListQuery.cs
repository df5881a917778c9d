using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.OneProgramme;
using HousingBank.ReadModels.OneRound;
using HousingBank.ReadModels.PhaseBoard;
using HousingBank.ReadModels.Register;
using HousingBank.ReadModels.Reviewing;
using HousingBank.ReadModels.Tables;
using HousingBank.Store;

namespace HousingBank.ReadModels.Work;

/// <summary>What waits for somebody: what needs a decision, and what is late.</summary>
public sealed class WorkListQuery(Looking looking)
{
    private const int DaysAhead = 30;

    /// <param name="role">Who asks. The secretariat and leadership see what waits for everybody, what they are reminded of first; the council and a municipality what waits for them.</param>
    public async Task<Answer<WorkList>> AskAsync(Scope scope, Role role, Question question, CancellationToken cancel)
    {
        var look = looking.Begin(scope, question);
        var names = new Names(look);
        var courses = new Courses(look, names, Courses.SeenBy(question));
        var intake = new Intake(look, names, question);
        var own = new OwnReviews(look, question);
        var seesAll = role is Role.Secretariat or Role.Leadership;
        var council = seesAll ? new CouncilReviews(look, question) : null;
        await look.AskAsync(cancel);

        var items = courses.Participations
            .SelectMany(p => courses.Card(p, StreamFigures.None) is { } card ? OfCourse(card, question.AsOf).Concat(OfAgreements(courses, p, card, question.AsOf)) : [])
            .Concat(intake.Applications.Select(a => intake.Application(a, StreamFigures.None)).SelectMany(a => OfApplication(a, question.AsOf)))
            .Concat(intake.ToWrite.Select(i => ToWrite(i.Round, names.Of(i.Municipality), i.Facts, question.AsOf)))
            .Concat(own.Missing(intake).Select(m => ToReview(m, names.Of(m.Application.Row.Municipality), question.AsOf)))
            .Concat(council is null ? [] : intake.Applications.SelectMany(a => ReviewsMissing(council, a, question.AsOf)).Where(i => i.IsPassedOn))
            .Concat(intake.Rounds.Select(r => intake.Funnel(r, StreamFigures.None)).Where(HasDecisionsToPublish).Select(r => ToPublish(r, question.AsOf)));
        var turn = Codes.Of(role);
        return look.Answer(new WorkList(
        [
            .. items.Where(i => seesAll || i.Role == turn)
                .OrderByDescending(i => i.Reminds(turn)).ThenBy(i => i.Due ?? DateOnly.MaxValue).ThenBy(i => i.Municipality?.Name, Norwegian.Order),
        ]));
    }

    private static IEnumerable<WorkItem> OfCourse(BoardCard card, DateOnly asOf)
    {
        if (card.Standing is not (CourseStanding.Candidate or CourseStanding.Participant))
            yield break;
        if (card.IsLate)
            yield return Item("phaseLate", "secretariat", card.PlannedEndLatest);
        else if (card.PlannedEndLatest <= asOf.AddDays(DaysAhead))
            yield return Item("phaseEndsSoon", "secretariat", card.PlannedEndLatest);
        if (card.Standing == CourseStanding.Participant && card.Gate.Count > 0 && card.Gate.All(g => g.State != CriterionState.Missing))
            yield return Item("phaseToStart", "leadership", null);

        WorkItem Item(string kind, string role, DateOnly? due) =>
            WorkItem.On(asOf, kind, role, card.Municipality, card.RoundNumber, card.Participation, card.Round, due, card.Facts);
    }

    private static IEnumerable<WorkItem> OfAgreements(Courses courses, Segment<ParticipationRow> course, BoardCard card, DateOnly asOf) => courses.Agreements(course)
        .Where(a => a.Row.InForceFrom() is null && a.Row.EndedOn is null)
        .Select(a => WorkItem.On(asOf, "agreementToSign", "leadership", card.Municipality, card.RoundNumber, card.Participation, card.Round, null, FactsBehind.Of(a)));

    private static WorkItem ToWrite(RoundRow round, MunicipalityOnDay municipality, FactsBehind facts, DateOnly asOf) =>
        WorkItem.On(asOf, "applicationToWrite", "municipality", municipality, round.Number, null, round.Round.Value, round.Deadline?.Last, facts);

    private static WorkItem ToReview(MissingReview missing, MunicipalityOnDay municipality, DateOnly asOf) => WorkItem.On(
        asOf, missing.IsDrafted ? "reviewToHandIn" : "reviewToWrite", "council", municipality, missing.Round.Number, null, missing.Round.Round.Value, missing.Due, FactsBehind.Of(missing.Application));

    /// <summary>That reviews are missing, once for an application: neither whose they are nor whether they are drafted.</summary>
    private static IEnumerable<WorkItem> ReviewsMissing(CouncilReviews council, Segment<ApplicationRow> application, DateOnly asOf) =>
        council.Round(application.Row.Round) is { MeetingOn: { } meeting, MeetingClosedOn: null } round
        && council.Application(application.Row.Round, application.Row.Municipality) is { Awaited.Count: > 0 } reviewed
            ? [WorkItem.On(asOf, "reviewsMissing", "council", reviewed.Municipality, round.Number, null, round.Id, meeting.On, FactsBehind.Of(application))]
            : [];

    private static bool HasDecisionsToPublish(RoundFunnel round) =>
        round is { PublishedOn: null, DecidedOn: not null } && round.In("underReview") + round.In("recommended") == 0;

    private static WorkItem ToPublish(RoundFunnel round, DateOnly asOf) =>
        WorkItem.On(asOf, "decisionsToPublish", "leadership", null, round.Number, null, round.Id, null, round.Facts);

    private static IEnumerable<WorkItem> OfApplication(ApplicationInRound application, DateOnly asOf)
    {
        WorkItem Item(string kind, string role, DateOnly? due = null) =>
            WorkItem.On(asOf, kind, role, application.Municipality, application.RoundNumber, null, application.Round, due, application.Facts);

        return application.State switch
        {
            "draft" when application is { LateAskedBecause: not null, LateAcceptedBecause: null } => [Item("lateApplicationToAccept", "secretariat")],
            "lateNotAccepted" => [Item("lateApplicationToAccept", "secretariat")],
            "submitted" or "supplemented" => [Item("applicationToCheck", "secretariat")],
            "supplementRequested" => [Item("supplementDue", "municipality", application.SupplementDue?.On)],
            "complete" => [Item("reviewToStart", "secretariat")],
            "underReview" => [Item("recommendationToGive", "council")],
            "recommended" => [Item("applicationToDecide", "leadership")],
            _ => [],
        };
    }
}
