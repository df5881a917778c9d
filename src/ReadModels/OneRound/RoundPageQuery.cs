using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.OneProgramme;
using HousingBank.ReadModels.Register;
using HousingBank.ReadModels.Tables;
using HousingBank.Store;
using ApplicationId = HousingBank.Domain.Vocabulary.ApplicationId;

namespace HousingBank.ReadModels.OneRound;

/// <summary>Intake rounds and their applications.</summary>
public sealed class RoundPageQuery(Looking looking)
{
    /// <returns>Null when there is no such round by that day.</returns>
    public async Task<Answer<RoundPage>?> AskAsync(Scope scope, RoundId round, Question question, CancellationToken cancel)
    {
        var look = looking.Begin(scope, question);
        var intake = new Intake(look, new Names(look), question);
        var programmes = look.At<ProgrammeRow>();
        var figuresKept = look.At<SelectionFigureRow>();
        var meetings = look.At<CouncilMeetingRow>();
        await look.AskAsync(cancel);
        if (intake.Rounds.FirstOrDefault(r => r.Row.Round == round) is not { } found)
            return null;

        var figures = await look.FiguresAsync(intake.Streams, cancel);
        var funnel = intake.Funnel(found, figures);
        return look.Answer(new RoundPage(
            funnel,
            programmes.Rows.FirstOrDefault(p => p.Row.Programme == found.Row.Programme)?.Row.Name,
            found.Row.AppliesFrom,
            Criteria(found.Row.Criteria),
            [.. found.Row.CriteriaVersions.Reverse().Select(v => new CriteriaVersion(v.Version, v.From, Criteria(v.Criteria), Codes.Of(v.GivenReviews), v.Reason))],
            Timeline(funnel, found.Row.AppliesFrom, meetings.Rows.FirstOrDefault(m => m.Row.Round == round)?.Row.Day),
            intake.Figures(found, figuresKept.Rows),
            intake.Municipalities(found, figures)));
    }

    /// <returns>Null when there is no such round by that day.</returns>
    public async Task<Answer<SelectionFigures>?> FiguresAsync(Scope scope, RoundId round, Question question, CancellationToken cancel) =>
        await AskAsync(scope, round, question, cancel) is { } page ? page.With(page.Value.Figures) : null;

    /// <summary>Everybody who is invited to the round or has begun an application in it; nobody when there is no such round.</summary>
    public async Task<ValueList<MunicipalityId>> ApplicantsAsync(Scope scope, RoundId round, Question question, CancellationToken cancel) =>
        (await AskAsync(scope, round, question, cancel))?.Value.Applicants ?? [];

    /// <summary>All rounds of an office, by number.</summary>
    public async Task<Answer<IReadOnlyList<RoundFunnel>>> ListAsync(Scope scope, Question question, CancellationToken cancel)
    {
        var look = looking.Begin(scope, question);
        var intake = new Intake(look, new Names(look), question);
        await look.AskAsync(cancel);
        var figures = await look.FiguresAsync(intake.Streams, cancel);
        return look.Answer<IReadOnlyList<RoundFunnel>>([.. intake.Rounds.Select(r => intake.Funnel(r, figures))]);
    }

    /// <returns>Null when there is no such application by that day, or the asker may not see it.</returns>
    public async Task<Answer<ApplicationInRound>?> ApplicationAsync(Scope scope, ApplicationId application, Question question, CancellationToken cancel)
    {
        var look = looking.Begin(scope, question);
        var intake = new Intake(look, new Names(look), question);
        await look.AskAsync(cancel);
        if (intake.Applications.FirstOrDefault(a => a.Row.Application == application) is not { } found)
            return null;

        var figures = await look.FiguresAsync([found.Stream], cancel);
        return look.Answer(intake.Application(found, figures));
    }

    private static IReadOnlyList<RoundCriterion> Criteria(IEnumerable<SelectionCriterion> criteria) => [.. criteria.Select(c => new RoundCriterion(c.Code, c.Name, c.Weight))];

    private static IReadOnlyList<RoundMoment> Timeline(RoundFunnel round, Day? appliesFrom, Day? meeting)
    {
        (string Kind, Day? Day)[] moments =
        [
            ("opened", round.OpenedOn),
            ("windowOpens", appliesFrom),
            ("deadline", round.Deadline),
            ("meeting", meeting),
            ("decided", round.DecidedOn),
            ("published", round.PublishedOn),
            ("closed", round.ClosedOn),
        ];
        return [.. moments.Where(m => m.Day is not null).Select(m => new RoundMoment(m.Kind, m.Day!)).OrderBy(m => m.Day.On)];
    }
}
