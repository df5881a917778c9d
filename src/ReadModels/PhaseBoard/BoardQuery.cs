using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.Register;
using HousingBank.Store;

namespace HousingBank.ReadModels.PhaseBoard;

/// <summary>Which municipality is in which phase, what is late, what is missing at the gate.</summary>
public sealed class BoardQuery(Looking looking)
{
    public async Task<Answer<Board>> AskAsync(Scope scope, Question question, CancellationToken cancel)
    {
        var look = looking.Begin(scope, question);
        var courses = Courses.OfCards(look, new Names(look), question);
        var late = look.RecordedLate();
        await look.AskAsync(cancel);

        var cards = courses.Participations
            .Select(p => courses.Card(p, late.Value))
            .OfType<BoardCard>()
            .OrderByDescending(c => c.IsLate)
            .ThenBy(c => c.PlannedEndLatest)
            .ThenBy(c => c.Municipality.Name, Norwegian.Order)
            .ToList();
        var onTheirWay = cards.Where(c => c.Standing is CourseStanding.Candidate or CourseStanding.Participant).ToLookup(c => c.Phase);
        return look.Answer(new Board(
            [.. Enum.GetValues<Phase>().Select(phase => new BoardColumn(phase, [.. onTheirWay[phase]]))],
            [.. cards.Where(c => c.Standing == CourseStanding.Suspended)],
            [.. cards.Where(c => c.Standing == CourseStanding.Ended)]));
    }
}
