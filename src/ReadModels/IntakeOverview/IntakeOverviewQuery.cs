using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.OneRound;
using HousingBank.ReadModels.Register;
using HousingBank.ReadModels.Tables;
using HousingBank.Store;

namespace HousingBank.ReadModels.IntakeOverview;

/// <summary>How intake went, round by round.</summary>
public sealed class IntakeOverviewQuery(Looking looking)
{
    public async Task<Answer<IntakeByRound>> AskAsync(Scope scope, Question question, CancellationToken cancel)
    {
        var look = looking.Begin(scope, question);
        var intake = new Intake(look, new Names(look), question);
        var programmes = look.At<ProgrammeRow>();
        await look.AskAsync(cancel);

        var names = programmes.Rows.ToDictionary(p => p.Row.Programme, p => p.Row.Name);
        var figures = await look.FiguresAsync(intake.Streams, cancel);
        return look.Answer(new IntakeByRound(
        [
            .. intake.Rounds.Select(r => new IntakeOfRound(names.GetValueOrDefault(r.Row.Programme) ?? new LocalText(""), intake.Funnel(r, figures)))
                .OrderBy(r => r.Programme.Nb, Norwegian.Order).ThenBy(r => r.Round.Number),
        ]));
    }
}
