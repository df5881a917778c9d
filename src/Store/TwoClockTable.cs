namespace HousingBank.Store;

/// <summary>A row over a stretch of days, by one state of knowledge.</summary>
/// <param name="ValidFrom">First day, included.</param>
/// <param name="ValidTo">First day after it; <see cref="DateOnly.MaxValue"/> while it is open.</param>
/// <param name="Versions">Versions of the facts that made or changed the row, in the order they were applied.</param>
public sealed record Stretch(string Key, DateOnly ValidFrom, DateOnly ValidTo, object Row, IReadOnlyList<int> Versions);

/// <summary>A table that answers for any effective day and any moment of knowledge; made from one kind of stream by a pure fold.</summary>
public abstract class TwoClockTable
{
    /// <summary>Name of the view people read: "phase".</summary>
    public abstract string Name { get; }

    /// <summary>Of the projection. A change of row or fold is a new version; the table is rebuilt.</summary>
    public abstract int Version { get; }

    /// <summary>True for the streams it is made from.</summary>
    public abstract bool Takes(string streamKind);

    /// <summary>The type of its rows: a flat record; each property is a typed column.</summary>
    public abstract Type RowType { get; }

    /// <summary>The table's rows over time, by one state of knowledge.</summary>
    /// <param name="inEffectiveOrder">The facts of one stream that stand, in effective order.</param>
    /// <returns>By key and day; no empty stretches, equal neighbours merged.</returns>
    public abstract IReadOnlyList<Stretch> Timeline(IReadOnlyList<StoredFact> inEffectiveOrder);
}

/// <summary>The usual table: rows by key, each fact applied to them in effective order.</summary>
/// <typeparam name="TRow">A flat record that compares by value. It holds nothing that depends on today.</typeparam>
public abstract class FoldTable<TRow> : TwoClockTable
    where TRow : notnull
{
    public sealed override Type RowType => typeof(TRow);

    /// <summary>The rows after a fact. A fact that is not about them, or finds nothing to apply to, leaves them as they are.</summary>
    protected abstract System.Collections.Immutable.ImmutableSortedDictionary<string, TRow> Apply(
        System.Collections.Immutable.ImmutableSortedDictionary<string, TRow> rows, StoredFact fact);

    public sealed override IReadOnlyList<Stretch> Timeline(IReadOnlyList<StoredFact> inEffectiveOrder) => throw new NotImplementedException();
}

/// <summary>The tables of this program.</summary>
public sealed class TwoClockTables(IReadOnlyList<TwoClockTable> all)
{
    public IReadOnlyList<TwoClockTable> All { get; } = all;
}

/// <summary>A row as a question found it.</summary>
public sealed record Segment<TRow>(
    string Tenant, StreamKey Stream, string Key, DateOnly ValidFrom, DateOnly ValidTo, DateTimeOffset KnownFrom, DateTimeOffset? KnownTo, IReadOnlyList<int> Versions, TRow Row);
