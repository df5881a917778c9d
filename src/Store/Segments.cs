namespace HousingBank.Store;

/// <summary>A stretch of days by key, as it was known from one moment to another.</summary>
/// <param name="KnownTo">The moment from which it is no longer known; <see cref="DateTimeOffset.MaxValue"/> while it is.</param>
public readonly record struct KnownStretch(Stretch Stretch, DateTimeOffset KnownFrom, DateTimeOffset KnownTo);

/// <summary>What one commit changes in a table: only what differs.</summary>
/// <param name="Ended">Stretches known until now and not any more.</param>
/// <param name="Begun">Stretches known from now on.</param>
public sealed record SegmentChanges(IReadOnlyList<Stretch> Ended, IReadOnlyList<Stretch> Begun)
{
    public bool IsEmpty => Ended.Count + Begun.Count == 0;
}

/// <summary>From facts to what a two-clock table holds: the same for a new commit as for a rebuild.</summary>
public static class Segments
{
    /// <param name="before">The stream's facts until now, in recorded order.</param>
    /// <param name="after">The same and the new ones.</param>
    public static SegmentChanges Between(TwoClockTable table, IReadOnlyList<StoredFact> before, IReadOnlyList<StoredFact> after) =>
        Between(Timeline(table, before), Timeline(table, after));

    /// <summary>Everything the table ever held of a stream, commit by commit.</summary>
    /// <param name="recorded">The whole stream in recorded order.</param>
    /// <returns>What is no longer known, in the order in which it ended, then what is known now by key and day.</returns>
    public static IReadOnlyList<KnownStretch> History(TwoClockTable table, IReadOnlyList<StoredFact> recorded)
    {
        var history = new List<KnownStretch>();
        var knownSince = new Dictionary<(string Key, DateOnly ValidFrom), DateTimeOffset>();
        IReadOnlyList<Stretch> known = [];
        StoredFact[] facts = [.. recorded];
        for (var count = 1; count <= facts.Length; count++)
        {
            var moment = facts[count - 1].RecordedAt;
            if (count < facts.Length && facts[count].RecordedAt == moment)
                continue;

            var next = Timeline(table, new ArraySegment<StoredFact>(facts, 0, count));
            var changes = Between(known, next);
            foreach (var ended in changes.Ended)
                history.Add(new KnownStretch(ended, knownSince[(ended.Key, ended.ValidFrom)], moment));
            foreach (var begun in changes.Begun)
                knownSince[(begun.Key, begun.ValidFrom)] = moment;
            known = next;
        }

        foreach (var stretch in known)
            history.Add(new KnownStretch(stretch, knownSince[(stretch.Key, stretch.ValidFrom)], DateTimeOffset.MaxValue));
        return history;
    }

    private static IReadOnlyList<Stretch> Timeline(TwoClockTable table, IReadOnlyList<StoredFact> recorded)
    {
        var timeline = recorded.Count == 0 ? [] : table.Timeline([.. Standing.InEffectiveOrder(recorded).Select(f => f.Fact)]);
        for (var i = 0; i < timeline.Count; i++)
        {
            if (timeline[i].ValidFrom >= timeline[i].ValidTo || (i > 0 && Compare(timeline[i - 1], timeline[i]) >= 0))
                throw new InvalidOperationException($"Table {table.Name}: its timeline is not in order of key and day, or has an empty stretch, at {timeline[i].Key} from {timeline[i].ValidFrom:O}.");
        }

        return timeline;
    }

    private static SegmentChanges Between(IReadOnlyList<Stretch> before, IReadOnlyList<Stretch> after)
    {
        var ended = new List<Stretch>();
        var begun = new List<Stretch>();
        var (old, now) = (0, 0);
        while (old < before.Count || now < after.Count)
        {
            var order = old == before.Count ? 1 : now == after.Count ? -1 : Compare(before[old], after[now]);
            if (order != 0 || !before[old].Equals(after[now]))
            {
                if (order <= 0)
                    ended.Add(before[old]);
                if (order >= 0)
                    begun.Add(after[now]);
            }

            old += order <= 0 ? 1 : 0;
            now += order >= 0 ? 1 : 0;
        }

        return new SegmentChanges(ended, begun);
    }

    private static int Compare(Stretch a, Stretch b)
    {
        var keys = string.CompareOrdinal(a.Key, b.Key);
        return keys != 0 ? keys : a.ValidFrom.CompareTo(b.ValidFrom);
    }
}
