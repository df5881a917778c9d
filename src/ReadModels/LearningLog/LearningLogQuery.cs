using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.Register;
using HousingBank.Store;

namespace HousingBank.ReadModels.LearningLog;

/// <summary>What has been learnt. A municipality sees its own entries, the programme's own and those that were shared.</summary>
public sealed class LearningLogQuery(Looking looking)
{
    public async Task<Answer<LearningEntries>> AskAsync(Scope scope, LearningFilter filter, Question question, CancellationToken cancel)
    {
        var all = await AskAsync(scope, streams: null, question, cancel);
        LearningEntry[] entries = [.. all.Value.Where(e => Fits(e, filter))];
        var counts = entries
            .GroupBy(e => (e.Area, e.Loop, e.Form, e.Outcome))
            .OrderBy(g => g.Key)
            .Select(g => new LearningCount(g.Key.Area, g.Key.Loop, g.Key.Form, g.Key.Outcome, g.Count(), [.. g.Select(e => e.Id)]));
        return all.With(new LearningEntries(entries, [.. counts]));
    }

    /// <returns>Null when there is no such entry by that day, or the asker may not see it.</returns>
    public async Task<Answer<LearningEntry>?> EntryAsync(Scope scope, LearningEntryId entry, Question question, CancellationToken cancel)
    {
        var found = await AskAsync(scope, [new StreamKey(entry.Stream.ToString())], question, cancel);
        return found.Value is [var only] ? found.With(only) : null;
    }

    private async Task<Answer<IReadOnlyList<LearningEntry>>> AskAsync(
        Scope scope, IReadOnlyList<StreamKey>? streams, Question question, CancellationToken cancel)
    {
        var look = looking.Begin(scope, question);
        var learnt = new Learnt(look, new Names(look), question, streams);
        await look.AskAsync(cancel);
        var figures = await look.FiguresAsync(learnt.Streams, cancel);
        return look.Answer(learnt.Entries(figures));
    }

    private static bool Fits(LearningEntry entry, LearningFilter filter) =>
        (filter.Programme is null || filter.Programme == entry.Programme)
        && (filter.Municipality is null || filter.Municipality == entry.Municipality?.Key)
        && (filter.Area is null || filter.Area == entry.Area)
        && (filter.Loop is null || filter.Loop == entry.Loop)
        && (filter.Form is null || filter.Form == entry.Form)
        && (filter.Level is null || filter.Level == entry.Level)
        && (filter.Outcome is null || filter.Outcome == entry.Outcome);
}
