using HousingBank.Domain.Vocabulary;
using HousingBank.Store;

namespace HousingBank.ReadModels.Tables;

/// <summary>A table with several rows for each stream of one kind.</summary>
/// <remarks>Keys are their own within the stream.</remarks>
public abstract class RowsTable<TRow, TFact>(string name, string kind) : FoldTable<TRow>
    where TRow : class
    where TFact : Fact
{
    public override string Name => name;

    public override int Version => 1;

    public override bool Takes(string streamKind) => streamKind == kind;

    protected abstract Rows<TRow> Apply(Rows<TRow> rows, TFact fact, StoredFact stored);

    protected sealed override Rows<TRow> Apply(Rows<TRow> rows, StoredFact fact) =>
        fact.Fact is TFact own ? Apply(rows, own, fact) : rows;
}

/// <summary>A table with one row for each stream of one kind; its key is the stream's id.</summary>
public abstract class RowTable<TRow, TFact>(string name, string kind) : RowsTable<TRow, TFact>(name, kind)
    where TRow : class
    where TFact : Fact
{
    /// <summary>The row after a fact; null while there is none, and from the fact that takes it away.</summary>
    protected abstract TRow? Apply(TRow? row, TFact fact, StoredFact stored);

    protected sealed override Rows<TRow> Apply(Rows<TRow> rows, TFact fact, StoredFact stored)
    {
        var key = stored.Id();
        return Apply(rows.GetValueOrDefault(key), fact, stored) is { } row ? rows.SetItem(key, row) : rows.Remove(key);
    }
}

internal static class Folding
{
    /// <summary>The id of the stream a fact stands in.</summary>
    public static string Id(this StoredFact stored) => stored.Stream.Id;

    public static TId Id<TId>(this StoredFact stored, Func<Guid, TId> from) => from(Guid.Parse(stored.Id()));

    public static bool IsSimulated(this StoredFact stored) => stored.Circumstances.BasisKind == "simulation";

    /// <summary>The rows with one of them changed; as they are when there is no such row.</summary>
    public static Rows<TRow> Change<TRow>(this Rows<TRow> rows, string key, Func<TRow, TRow> change)
        where TRow : notnull =>
        rows.TryGetValue(key, out var row) ? rows.SetItem(key, change(row)) : rows;
}
