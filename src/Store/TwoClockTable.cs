namespace HousingBank.Store;

/// <summary>A row over a stretch of days, by one state of knowledge.</summary>
/// <param name="ValidFrom">First day, included.</param>
/// <param name="ValidTo">First day after it; <see cref="DateOnly.MaxValue"/> while it is open.</param>
/// <param name="Versions">Versions of the facts that made or changed the row, in the order they were applied.</param>
public sealed record Stretch(string Key, DateOnly ValidFrom, DateOnly ValidTo, object Row, IReadOnlyList<int> Versions)
{
    public bool Equals(Stretch? other) => other is not null
        && Key == other.Key
        && ValidFrom == other.ValidFrom
        && ValidTo == other.ValidTo
        && Versions.SequenceEqual(other.Versions)
        && Row.Equals(other.Row);

    public override int GetHashCode() => HashCode.Combine(Key, ValidFrom, ValidTo);
}

/// <summary>A table that answers for any effective day and any moment of knowledge; made from one kind of stream by a pure fold.</summary>
public abstract class TwoClockTable
{
    /// <summary>Name of the view people read: "phase".</summary>
    public abstract string Name { get; }

    /// <summary>Of the projection, 1 or more. A change of row or fold is a new, higher version; the table is rebuilt.</summary>
    public abstract int Version { get; }

    /// <summary>True for the streams it is made from.</summary>
    public abstract bool Takes(string streamKind);

    /// <summary>The type of its rows: a flat record; each property is a typed column.</summary>
    public abstract Type RowType { get; }

    /// <summary>The table's rows over time, by one state of knowledge.</summary>
    /// <param name="inEffectiveOrder">
    /// The facts of one stream that stand, in effective order. When and where in the log they were recorded is not known yet of those about to be written:
    /// a fold must not look at <see cref="StoredFact.RecordedAt"/>, <see cref="StoredFact.Position"/> or <see cref="StoredFact.Ordinal"/>.
    /// </param>
    /// <returns>By key (ordinal) and day; no empty stretches, equal neighbours merged.</returns>
    public abstract IReadOnlyList<Stretch> Timeline(IReadOnlyList<StoredFact> inEffectiveOrder);

    /// <summary>The timeline of one stream, to be asked for again while facts are added: a table that keeps what it has folded need not begin anew each time.</summary>
    /// <returns>
    /// As <see cref="Timeline"/>, given beside the facts how many of them, from the first on, stand as they did the last time. An empty stream has nothing that stands.
    /// </returns>
    protected internal virtual Func<IReadOnlyList<StoredFact>, int, IReadOnlyList<Stretch>> Timelines() => (inEffectiveOrder, _) => Timeline(inEffectiveOrder);

    /// <summary>The timeline of one stream from its first fact on, to be kept while facts are added.</summary>
    internal virtual GrowingTimeline Grow() => new RefoldedTimeline(this);
}

/// <summary>The usual table: rows by key, each fact applied to them in effective order.</summary>
/// <typeparam name="TRow">A flat record that compares by value. It holds nothing that depends on today.</typeparam>
public abstract class FoldTable<TRow> : TwoClockTable
    where TRow : notnull
{
    public sealed override Type RowType => typeof(TRow);

    /// <summary>The rows after a fact. A fact that is not about them, or finds nothing to apply to, leaves them as they are.</summary>
    protected abstract Rows<TRow> Apply(Rows<TRow> rows, StoredFact fact);

    /// <inheritdoc/>
    /// <remarks>Facts of one day make one stretch: what a row was between two of them is not shown.</remarks>
    public sealed override IReadOnlyList<Stretch> Timeline(IReadOnlyList<StoredFact> inEffectiveOrder) => Grow().Whole(inEffectiveOrder);

    internal sealed override GrowingTimeline Grow() => new RowsOverTime(Apply);

    /// <summary>Folds from the day of the first fact that is another than before; what stood when a day began is kept for each.</summary>
    private sealed class RowsOverTime(Func<Rows<TRow>, StoredFact, Rows<TRow>> apply) : GrowingTimeline
    {
        /// <summary>Those whose facts did something to the rows.</summary>
        private readonly List<DayBegun> _days = [];

        /// <summary>By the day on which they ended.</summary>
        private readonly List<ShownStretch> _closed = [];
        private readonly List<ShownStretch> _before = [];
        private readonly List<ShownStretch> _after = [];

        /// <summary>For each key that a fact of the day has touched, the versions that its row is made of; none when it is gone.</summary>
        private readonly Dictionary<string, int[]> _touched = new(StringComparer.Ordinal);
        private Rows<TRow> _rows = new();

        /// <summary>By key. Replaced, never changed: days that begun hold earlier ones.</summary>
        private ShownStretch[] _open = [];
        private int _folded;

        public override void Begin(IReadOnlyList<StoredFact> inEffectiveOrder)
        {
            while (_folded < inEffectiveOrder.Count)
                FoldDay(inEffectiveOrder);
        }

        public override Redrawn Fold(IReadOnlyList<StoredFact> inEffectiveOrder, int from)
        {
            var kept = DaysToKeep(inEffectiveOrder, from);
            var closed = kept < _days.Count ? _days[kept].Closed : _closed.Count;
            Collect(_before, closed);
            if (kept < _days.Count)
            {
                _closed.RemoveRange(closed, _closed.Count - closed);
                (_rows, _open, _folded) = (_days[kept].Rows, _days[kept].Open, _days[kept].First);
                _days.RemoveRange(kept, _days.Count - kept);
            }

            _folded = Math.Min(_folded, from);
            Begin(inEffectiveOrder);
            Collect(_after, closed);
            return new Redrawn(_before, _after);
        }

        public override IReadOnlyList<ShownStretch> Shown()
        {
            Collect(_after, 0);
            return _after;
        }

        /// <summary>How many of the days have all their facts, and those after them that did nothing, before the first that is another than before.</summary>
        private int DaysToKeep(IReadOnlyList<StoredFact> inEffectiveOrder, int from)
        {
            var (kept, end) = (_days.Count, _folded);
            while (kept > 0)
            {
                var last = _days[kept - 1];
                var goesOn = from < inEffectiveOrder.Count && inEffectiveOrder[from].On.Placed == last.Day;
                if (end <= from && !(goesOn && end == from))
                    break;
                (kept, end) = (kept - 1, last.First);
            }

            return kept;
        }

        private void FoldDay(IReadOnlyList<StoredFact> inEffectiveOrder)
        {
            var fact = inEffectiveOrder[_folded];
            var began = new DayBegun(fact.On.Placed, _folded, _rows, _open, _closed.Count);
            do
            {
                var next = apply(_rows, fact);
                Note(_rows, next, fact.Version);
                _rows = next;
            }
            while (++_folded < inEffectiveOrder.Count && (fact = inEffectiveOrder[_folded]).On.Placed == began.Day);

            if (_touched.Count == 0)
                return;
            _days.Add(began);
            EndDay(began.Day);
        }

        private void Note(Rows<TRow> before, Rows<TRow> after, int version)
        {
            if (ReferenceEquals(before, after))
                return;
            var (old, now) = (0, 0);
            while (old < before.Count || now < after.Count)
            {
                var order = old == before.Count ? 1 : now == after.Count ? -1 : string.CompareOrdinal(before.Keys[old], after.Keys[now]);
                if (order < 0)
                    _touched[before.Keys[old]] = [];
                else if (order > 0)
                    _touched[after.Keys[now]] = [version];
                else if (!before.Values[old].Equals(after.Values[now]))
                    _touched[after.Keys[now]] = [.. VersionsOf(after.Keys[now]), version];
                old += order <= 0 ? 1 : 0;
                now += order >= 0 ? 1 : 0;
            }
        }

        private void EndDay(DateOnly day)
        {
            var open = new List<ShownStretch>(_open);
            foreach (var (key, versions) in _touched)
            {
                var stands = _rows.TryGetValue(key, out var row);
                var at = PlaceOf(key, open);
                if (at >= 0)
                {
                    var ended = open[at].Stretch;
                    if (stands && ended.Row.Equals(row))
                        continue;
                    open.RemoveAt(at);
                    _closed.Add(new ShownStretch(ended with { ValidTo = day }));
                    at = ~at;
                }

                if (stands)
                    open.Insert(~at, new ShownStretch(new Stretch(key, day, DateOnly.MaxValue, row!, versions)));
            }

            _open = [.. open];
            _touched.Clear();
        }

        private int[] VersionsOf(string key)
        {
            if (_touched.TryGetValue(key, out var today))
                return today;
            var at = PlaceOf(key, _open);
            return at >= 0 ? (int[])_open[at].Stretch.Versions : [];
        }

        /// <returns>Its index, or the complement of where it would stand.</returns>
        private static int PlaceOf(string key, IReadOnlyList<ShownStretch> byKey)
        {
            var (low, high) = (0, byKey.Count - 1);
            while (low <= high)
            {
                var middle = (low + high) / 2;
                switch (string.CompareOrdinal(byKey[middle].Stretch.Key, key))
                {
                    case 0:
                        return middle;
                    case < 0:
                        low = middle + 1;
                        break;
                    default:
                        high = middle - 1;
                        break;
                }
            }

            return ~low;
        }

        /// <summary>What is shown, but for the closed stretches before the first given; by key and day.</summary>
        private void Collect(List<ShownStretch> shown, int firstClosed)
        {
            shown.Clear();
            for (var i = firstClosed; i < _closed.Count; i++)
                shown.Add(_closed[i]);
            foreach (var stretch in _open)
            {
                if (stretch.Stretch.ValidFrom < stretch.Stretch.ValidTo)
                    shown.Add(stretch);
            }

            shown.Sort(Segments.ByKeyAndDay);
        }

        /// <summary>What stood when a day began.</summary>
        /// <param name="First">Index of its first fact, in effective order.</param>
        /// <param name="Closed">How many stretches had ended.</param>
        private readonly record struct DayBegun(DateOnly Day, int First, Rows<TRow> Rows, ShownStretch[] Open, int Closed);
    }
}
