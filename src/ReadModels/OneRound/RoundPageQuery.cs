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
        await look.AskAsync(cancel);
        if (intake.Rounds.FirstOrDefault(r => r.Row.Round == round) is not { } found)
            return null;

        var figures = await look.FiguresAsync(intake.Streams, cancel);
        return look.Answer(new RoundPage(
            intake.Funnel(found, figures),
            programmes.Rows.FirstOrDefault(p => p.Row.Programme == found.Row.Programme)?.Row.Name,
            [.. found.Row.Criteria.Select(c => new RoundCriterion(c.Code, c.Name, c.Weight))],
            intake.Municipalities(found, figures)));
    }

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
}
