using HousingBank.Domain.Applications;
using HousingBank.ReadModels.OneRound;
using HousingBank.ReadModels.Tables;
using HousingBank.Store;

namespace HousingBank.ReadModels.Work;

/// <summary>What the council member who asks has handed in, and what is missing; nothing for those who are no member.</summary>
internal sealed class OwnReviews(Look look, Question question)
{
    private readonly Asked<ReviewRow> _reviews = look.At<ReviewRow>();
    private readonly Asked<CouncilMeetingRow> _meetings = look.At<CouncilMeetingRow>();
    private readonly Asked<CouncilMemberRow> _members = look.At<CouncilMemberRow>();

    /// <summary>Applications before the council of which the member has no review that counts, until the meeting is closed.</summary>
    public IEnumerable<MissingReview> Missing(Intake intake) =>
        from round in intake.Rounds.Select(r => r.Row)
        where _members.Rows.Any(m => m.Row.Member == question.Member && m.Row.Programme == round.Programme && !(m.Row.Until?.On < question.AsOf))
        let meeting = _meetings.Rows.FirstOrDefault(m => m.Row.Round == round.Round)?.Row
        where meeting?.ClosedOn is null
        from application in intake.Applications
        where application.Row.Round == round.Round && (application.Row.Stage is ApplicationStage.UnderReview or ApplicationStage.Recommended)
        let own = _reviews.Rows.FirstOrDefault(r => r.Row.Round == round.Round && r.Row.Municipality == application.Row.Municipality && r.Row.Member == question.Member)?.Row
        where own?.CriteriaVersion is not { } version || version < round.OldestCriteriaThatCount
        select new MissingReview(round, application, own?.DraftSavedOn is not null, meeting?.Day.On);
}

/// <param name="Due">The day of the meeting; null until it is called.</param>
internal sealed record MissingReview(RoundRow Round, Segment<ApplicationRow> Application, bool IsDrafted, DateOnly? Due);
