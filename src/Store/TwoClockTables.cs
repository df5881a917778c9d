using System.Text.RegularExpressions;
using Npgsql;

namespace HousingBank.Store;

/// <summary>The tables of this program. Each has a name and a type of row of its own.</summary>
public sealed partial class TwoClockTables
{
    private readonly TableSql[] _sql;

    public TwoClockTables(IReadOnlyList<TwoClockTable> all)
    {
        All = all;
        _sql = [.. all.OrderBy(t => t.Name, StringComparer.Ordinal).Select(t => new TableSql(t))];
        Edition = string.Join(' ', _sql.Select(t => $"{t.Table.Name}:{t.Table.Version}"));
        if (all.FirstOrDefault(t => !NamePattern().IsMatch(t.Name) || t.Version < 1) is { } odd)
            throw new ArgumentException($"\"{odd.Name}\" version {odd.Version}: a table has a name in small letters and underscores and a version of 1 or more.", nameof(all));
        if (all.CountBy(t => t.Name).FirstOrDefault(n => n.Value > 1).Key is { } twice)
            throw new ArgumentException($"Two tables are called \"{twice}\".", nameof(all));
        if (all.CountBy(t => t.RowType).FirstOrDefault(n => n.Value > 1).Key is { } shared)
            throw new ArgumentException($"Two tables have rows of type {shared.Name}: a question would not know which of them is meant.", nameof(all));
    }

    public IReadOnlyList<TwoClockTable> All { get; }

    /// <summary>Names and versions of all tables: what the database compares before it lets this program write.</summary>
    public string Edition { get; }

    internal IReadOnlyList<TableSql> Sql => _sql;

    internal TableSql Of(Type rowType) => Array.Find(_sql, t => t.Table.RowType == rowType)
        ?? throw new InvalidOperationException($"No two-clock table has rows of type {rowType.Name}.");

    /// <summary>The statements that bring the tables from one state of knowledge of a stream to the next; they run after the facts, in the same batch.</summary>
    /// <param name="before">The stream's facts until now, in recorded order.</param>
    /// <param name="after">The same and the new ones, whose moment is not known yet: SQL finds it with the stream.</param>
    internal IReadOnlyList<NpgsqlBatchCommand> SegmentCommands(StreamKey stream, IReadOnlyList<StoredFact> before, IReadOnlyList<StoredFact> after)
    {
        TableSql[] touched = [.. _sql.Where(t => t.Table.Takes(stream.Kind))];
        if (touched is [])
            return [];
        var changes = Segments.Between([.. touched.Select(t => t.Table)], before, after);
        return [.. touched.Zip(changes).Where(t => !t.Second.IsEmpty).Select(t => t.First.Write(stream, t.Second))];
    }

    [GeneratedRegex("^[a-z][a-z_]*$")]
    private static partial Regex NamePattern();
}
