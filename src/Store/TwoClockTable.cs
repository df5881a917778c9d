using System.Collections.Immutable;

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
}

/// <summary>The usual table: rows by key, each fact applied to them in effective order.</summary>
/// <typeparam name="TRow">A flat record that compares by value. It holds nothing that depends on today.</typeparam>
public abstract class FoldTable<TRow> : TwoClockTable
    where TRow : notnull
{
    private static readonly ImmutableSortedDictionary<string, TRow> s_noRows = ImmutableSortedDictionary.Create<string, TRow>(StringComparer.Ordinal);

    public sealed override Type RowType => typeof(TRow);

    /// <summary>The rows after a fact. A fact that is not about them, or finds nothing to apply to, leaves them as they are.</summary>
    protected abstract ImmutableSortedDictionary<string, TRow> Apply(ImmutableSortedDictionary<string, TRow> rows, StoredFact fact);

    /// <inheritdoc/>
    /// <remarks>Facts of one day make one stretch: what a row was between two of them is not shown.</remarks>
    public sealed override IReadOnlyList<Stretch> Timeline(IReadOnlyList<StoredFact> inEffectiveOrder)
    {
        var timeline = new RowsOverTime();
        var rows = s_noRows;
        for (var i = 0; i < inEffectiveOrder.Count; i++)
        {
            var fact = inEffectiveOrder[i];
            var next = Apply(rows, fact);
            timeline.Note(rows, next, fact.Version);
            rows = next;
            if (i + 1 == inEffectiveOrder.Count || inEffectiveOrder[i + 1].On.Placed != fact.On.Placed)
                timeline.EndDay(fact.On.Placed, rows);
        }

        return timeline.Stretches();
    }

    private sealed class RowsOverTime
    {
        private readonly List<Stretch> _closed = [];
        private readonly SortedDictionary<string, Stretch> _open = new(StringComparer.Ordinal);

        /// <summary>For each key that a fact of the day has touched, the versions that its row is made of; none when it is gone.</summary>
        private readonly SortedDictionary<string, ImmutableArray<int>> _touched = new(StringComparer.Ordinal);

        public void Note(ImmutableSortedDictionary<string, TRow> before, ImmutableSortedDictionary<string, TRow> after, int version)
        {
            if (ReferenceEquals(before, after))
                return;
            foreach (var (key, row) in after)
            {
                if (!before.TryGetValue(key, out var earlier))
                    _touched[key] = [version];
                else if (!EqualityComparer<TRow>.Default.Equals(earlier, row))
                    _touched[key] = VersionsOf(key).Add(version);
            }

            foreach (var (key, _) in before)
            {
                if (!after.ContainsKey(key))
                    _touched[key] = [];
            }
        }

        public void EndDay(DateOnly day, ImmutableSortedDictionary<string, TRow> rows)
        {
            foreach (var (key, versions) in _touched)
            {
                var stands = rows.TryGetValue(key, out var row);
                if (_open.TryGetValue(key, out var open))
                {
                    if (stands && open.Row.Equals(row))
                        continue;
                    _open.Remove(key);
                    _closed.Add(open with { ValidTo = day });
                }

                if (stands)
                    _open.Add(key, new Stretch(key, day, DateOnly.MaxValue, row!, versions));
            }

            _touched.Clear();
        }

        public IReadOnlyList<Stretch> Stretches()
        {
            _closed.AddRange(_open.Values.Where(s => s.ValidFrom < s.ValidTo));
            return [.. _closed.OrderBy(s => s.Key, StringComparer.Ordinal).ThenBy(s => s.ValidFrom)];
        }

        private ImmutableArray<int> VersionsOf(string key) =>
            _touched.TryGetValue(key, out var today) ? today : _open.TryGetValue(key, out var open) ? (ImmutableArray<int>)open.Versions : [];
    }
}
