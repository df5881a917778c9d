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
    internal static readonly Comparison<ShownStretch> ByKeyAndDay = static (a, b) => Compare(a.Stretch, b.Stretch);

    /// <param name="before">The stream's facts until now, in recorded order.</param>
    /// <param name="after">The same and the new ones.</param>
    /// <returns>For each table, in their order.</returns>
    public static IReadOnlyList<SegmentChanges> Between(IReadOnlyList<TwoClockTable> tables, IReadOnlyList<StoredFact> before, IReadOnlyList<StoredFact> after)
    {
        var order = new EffectiveOrder();
        order.Add(before, before.Count);
        GrowingTimeline[] timelines = [.. tables.Select(t => t.Grow())];
        foreach (var timeline in timelines)
            timeline.Begin(order.Facts);
        var from = order.Add(after, after.Count);
        return [.. timelines.Select(t => Changes(t.Fold(order.Facts, from)))];
    }

    /// <summary>Everything the table ever held of a stream, commit by commit.</summary>
    /// <remarks>A fact at the end is folded onto what there was. One entered late or replacing another folds the days from its own on anew, and no earlier ones.</remarks>
    /// <param name="recorded">The whole stream in recorded order.</param>
    /// <returns>What is no longer known, in the order in which it ended, then what is known now by key and day.</returns>
    public static IReadOnlyList<KnownStretch> History(TwoClockTable table, IReadOnlyList<StoredFact> recorded)
    {
        var history = new List<KnownStretch>(2 * recorded.Count);
        var order = new EffectiveOrder();
        var timeline = table.Grow();
        for (var count = 1; count <= recorded.Count; count++)
        {
            var moment = recorded[count - 1].RecordedAt;
            if (count < recorded.Count && recorded[count].RecordedAt == moment)
                continue;

            var from = order.Add(recorded, count);
            Compare(timeline.Fold(order.Facts, from), s => history.Add(new KnownStretch(s.Stretch, s.Since, moment)), s => s.Since = moment);
        }

        foreach (var stretch in timeline.Shown())
            history.Add(new KnownStretch(stretch.Stretch, stretch.Since, DateTimeOffset.MaxValue));
        return history;
    }

    internal static int Compare(Stretch a, Stretch b)
    {
        var keys = string.CompareOrdinal(a.Key, b.Key);
        return keys != 0 ? keys : a.ValidFrom.CompareTo(b.ValidFrom);
    }

    private static SegmentChanges Changes(Redrawn redrawn)
    {
        var (ended, begun) = (new List<Stretch>(), new List<Stretch>());
        Compare(redrawn, s => ended.Add(s.Stretch), s => begun.Add(s.Stretch));
        return new SegmentChanges(ended, begun);
    }

    private static void Compare(Redrawn redrawn, Action<ShownStretch> ended, Action<ShownStretch> begun)
    {
        var (before, after) = redrawn;
        var (old, now) = (0, 0);
        while (old < before.Count || now < after.Count)
        {
            var order = old == before.Count ? 1 : now == after.Count ? -1 : Compare(before[old].Stretch, after[now].Stretch);
            if (order == 0 && (ReferenceEquals(before[old], after[now]) || before[old].Stretch.Equals(after[now].Stretch)))
            {
                after[now].Since = before[old].Since;
            }
            else
            {
                if (order <= 0)
                    ended(before[old]);
                if (order >= 0)
                    begun(after[now]);
            }

            old += order <= 0 ? 1 : 0;
            now += order >= 0 ? 1 : 0;
        }
    }
}
