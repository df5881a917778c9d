using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.OneProgramme;
using HousingBank.ReadModels.OneRound;
using HousingBank.ReadModels.PhaseBoard;
using HousingBank.ReadModels.Register;
using HousingBank.ReadModels.Tables;
using HousingBank.Store;

namespace HousingBank.ReadModels.Work;

/// <summary>What waits for somebody: what needs a decision, and what is late.</summary>
public sealed class WorkListQuery(Looking looking)
{
    private const int DaysAhead = 30;

    /// <param name="role">Who asks. The secretariat and leadership see what waits for everybody, their own first; the council and a municipality what waits for them.</param>
    public async Task<Answer<WorkList>> AskAsync(Scope scope, Role role, Question question, CancellationToken cancel)
    {
        var look = looking.Begin(scope, question);
        var names = new Names(look);
        var courses = new Courses(look, names, Courses.SeenBy(question));
        var intake = new Intake(look, names, question);
        var own = new OwnReviews(look, question);
        await look.AskAsync(cancel);

        var items = courses.Participations
            .SelectMany(p => courses.Card(p, StreamFigures.None) is { } card ? OfCourse(card, question.AsOf).Concat(OfAgreements(courses, p, card)) : [])
            .Concat(intake.Applications.Select(a => intake.Application(a, StreamFigures.None)).SelectMany(a => OfApplication(a, question.AsOf)))
            .Concat(intake.ToWrite.Select(i => ToWrite(i.Round, names.Of(i.Municipality), i.Facts, question.AsOf)))
            .Concat(own.Missing(intake).Select(m => ToReview(m, names.Of(m.Application.Row.Municipality), question.AsOf)))
            .Concat(intake.Rounds.Select(r => intake.Funnel(r, StreamFigures.None)).Where(HasDecisionsToPublish).Select(ToPublish));
        var turn = Codes.Of(role);
        return look.Answer(new WorkList(
        [
            .. items.Where(i => role is Role.Secretariat or Role.Leadership || i.Role == turn)
                .OrderByDescending(i => i.Role == turn).ThenByDescending(i => i.DaysLate).ThenBy(i => i.Due ?? DateOnly.MaxValue).ThenBy(i => i.Municipality?.Name, Norwegian.Order),
        ]));
    }

    private static IEnumerable<WorkItem> OfCourse(BoardCard card, DateOnly asOf)
    {
        if (card.Standing is not (CourseStanding.Candidate or CourseStanding.Participant))
            yield break;
        if (card.IsLate)
            yield return Item("phaseLate", "secretariat", card.PlannedEndLatest, card.DaysLate);
        else if (card.PlannedEndLatest <= asOf.AddDays(DaysAhead))
            yield return Item("phaseEndsSoon", "secretariat", card.PlannedEndLatest, 0);
        if (card.Standing == CourseStanding.Participant && card.Gate.Count > 0 && card.Gate.All(g => g.State != CriterionState.Missing))
            yield return Item("phaseToStart", "leadership", null, 0);

        WorkItem Item(string kind, string role, DateOnly? due, int daysLate) =>
            new(kind, card.Municipality, card.RoundNumber, card.Participation, card.Round, due, daysLate, role, card.Facts);
    }

    private static IEnumerable<WorkItem> OfAgreements(Courses courses, Segment<ParticipationRow> course, BoardCard card) => courses.Agreements(course)
        .Where(a => a.Row.InForceFrom() is null && a.Row.EndedOn is null)
        .Select(a => new WorkItem("agreementToSign", card.Municipality, card.RoundNumber, card.Participation, card.Round, null, 0, "leadership", FactsBehind.Of(a)));

    private static WorkItem ToWrite(RoundRow round, MunicipalityOnDay municipality, FactsBehind facts, DateOnly asOf) => new(
        "applicationToWrite", municipality, round.Number, null, round.Round.Value, round.Deadline?.Last,
        round.Deadline?.Last < asOf ? asOf.DayNumber - round.Deadline.Last.DayNumber : 0, "municipality", facts);

    private static WorkItem ToReview(MissingReview missing, MunicipalityOnDay municipality, DateOnly asOf) => new(
        missing.IsDrafted ? "reviewToHandIn" : "reviewToWrite", municipality, missing.Round.Number, null, missing.Round.Round.Value, missing.Due,
        missing.Due < asOf ? asOf.DayNumber - missing.Due.Value.DayNumber : 0, "council", FactsBehind.Of(missing.Application));

    private static bool HasDecisionsToPublish(RoundFunnel round) =>
        round is { PublishedOn: null, DecidedOn: not null } && round.In("underReview") + round.In("recommended") == 0;

    private static WorkItem ToPublish(RoundFunnel round) => new("decisionsToPublish", null, round.Number, null, round.Id, null, 0, "leadership", round.Facts);

    private static IEnumerable<WorkItem> OfApplication(ApplicationInRound application, DateOnly asOf)
    {
        WorkItem Item(string kind, string role, DateOnly? due = null) => new(
            kind, application.Municipality, application.RoundNumber, null, application.Round, due,
            due < asOf ? asOf.DayNumber - due.Value.DayNumber : 0, role, application.Facts);

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
