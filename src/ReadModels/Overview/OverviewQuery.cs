using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.PhaseBoard;
using HousingBank.ReadModels.Register;
using HousingBank.Store;

namespace HousingBank.ReadModels.Overview;

/// <summary>Municipalities side by side.</summary>
public sealed class OverviewQuery(Looking looking)
{
    /// <param name="municipalities">In the order they are to stand; empty for all participants, by round and name.</param>
    public async Task<Answer<OverviewMatrix>> AskAsync(Scope scope, IReadOnlyList<MunicipalityId> municipalities, Question question, CancellationToken cancel)
    {
        var look = looking.Begin(scope, question);
        var courses = Courses.OfCards(look, new Names(look), question);
        var organised = new Organised(look);
        await look.AskAsync(cancel);

        var columns = courses.Participations
            .Where(p => municipalities.Count > 0 ? municipalities.Contains(p.Row.Municipality) : p.Row is { AdmittedOn: not null, EndedOn: null })
            .Select(p => courses.Card(p, StreamFigures.None) is { } card ? organised.Column(p, card) : null)
            .OfType<OverviewColumn>()
            .OrderBy(c => municipalities.Select(m => m.Key).ToList().IndexOf(c.Municipality.Key))
            .ThenBy(c => c.RoundNumber)
            .ThenBy(c => c.Municipality.Name, Norwegian.Order);
        return look.Answer(new OverviewMatrix([.. columns]));
    }
}
