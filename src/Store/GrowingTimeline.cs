namespace HousingBank.Store;

/// <summary>A table's rows over time, of one stream, while facts are added to it.</summary>
internal abstract class GrowingTimeline
{
    /// <summary>Folds the first facts, where nobody asks what they changed.</summary>
    public abstract void Begin(IReadOnlyList<StoredFact> inEffectiveOrder);

    /// <param name="from">The first fact that is another than when it was last folded, or the number of facts there were: those before it are the same.</param>
    /// <returns>All that may have changed; good until the next call.</returns>
    public abstract Redrawn Fold(IReadOnlyList<StoredFact> inEffectiveOrder, int from);

    /// <summary>The whole timeline, by key and day; good until the next call.</summary>
    public abstract IReadOnlyList<ShownStretch> Shown();

    /// <summary>The timeline of a stream that nothing was folded of yet.</summary>
    public IReadOnlyList<Stretch> Whole(IReadOnlyList<StoredFact> inEffectiveOrder)
    {
        Begin(inEffectiveOrder);
        return [.. Shown().Select(s => s.Stretch)];
    }
}

/// <param name="Before">What was shown and may not be any more, by key and day.</param>
/// <param name="After">What is shown in its place; the same object where nothing was folded anew.</param>
internal readonly record struct Redrawn(IReadOnlyList<ShownStretch> Before, IReadOnlyList<ShownStretch> After);

internal sealed class ShownStretch(Stretch stretch)
{
    public Stretch Stretch => stretch;

    /// <summary>The moment since which it has been known; holds only for what is shown.</summary>
    public DateTimeOffset Since { get; set; }
}

/// <summary>For a table that is no fold of rows: the whole timeline each time.</summary>
internal sealed class RefoldedTimeline(TwoClockTable table) : GrowingTimeline
{
    private readonly Func<IReadOnlyList<StoredFact>, int, IReadOnlyList<Stretch>> _timelines = table.Timelines();
    private IReadOnlyList<ShownStretch> _shown = [];

    public override void Begin(IReadOnlyList<StoredFact> inEffectiveOrder) => Fold(inEffectiveOrder, 0);

    public override Redrawn Fold(IReadOnlyList<StoredFact> inEffectiveOrder, int from)
    {
        var before = _shown;
        var timeline = inEffectiveOrder.Count == 0 ? [] : _timelines(inEffectiveOrder, from);
        for (var i = 0; i < timeline.Count; i++)
        {
            if (timeline[i].ValidFrom >= timeline[i].ValidTo || (i > 0 && Segments.Compare(timeline[i - 1], timeline[i]) >= 0))
                throw new InvalidOperationException($"Table {table.Name}: its timeline is not in order of key and day, or has an empty stretch, at {timeline[i].Key} from {timeline[i].ValidFrom:O}.");
        }

        _shown = [.. timeline.Select(s => new ShownStretch(s))];
        return new Redrawn(before, _shown);
    }

    public override IReadOnlyList<ShownStretch> Shown() => _shown;
}
