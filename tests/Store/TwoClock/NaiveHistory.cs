namespace HousingBank.Store.Tests.TwoClock;

/// <summary>What a table ever held of a stream, by definition: the whole timeline anew at each commit, compared with the one before.</summary>
public static class NaiveHistory
{
    /// <returns>What is no longer known, in the order in which it ended, then what is known now by key and day.</returns>
    public static IReadOnlyList<KnownStretch> Of(TwoClockTable table, IReadOnlyList<StoredFact> stream)
    {
        var ended = new List<KnownStretch>();
        var known = new List<KnownStretch>();
        foreach (var moment in stream.Select(f => f.RecordedAt).Distinct())
        {
            var now = table.Timeline([.. Standing.InEffectiveOrder(Standing.KnownAt(stream, moment)).Select(f => f.Fact)]);
            ended.AddRange(known.Where(k => !now.Contains(k.Stretch)).Select(k => k with { KnownTo = moment }));
            known = [.. now.Select(s => known.Find(k => k.Stretch.Equals(s)) is { Stretch: not null } before ? before : new KnownStretch(s, moment, DateTimeOffset.MaxValue))];
        }

        return [.. ended, .. known];
    }

    public static SegmentChanges Between(TwoClockTable table, IReadOnlyList<StoredFact> before, IReadOnlyList<StoredFact> after)
    {
        var (then, now) = (Timeline(table, before), Timeline(table, after));
        return new SegmentChanges([.. then.Where(s => !now.Contains(s))], [.. now.Where(s => !then.Contains(s))]);
    }

    private static IReadOnlyList<Stretch> Timeline(TwoClockTable table, IReadOnlyList<StoredFact> stream) =>
        table.Timeline([.. Standing.InEffectiveOrder(stream).Select(f => f.Fact)]);
}
