using System.Linq.Expressions;
using Npgsql;
using NpgsqlTypes;

namespace HousingBank.Store;

/// <summary>Which rows of a table a question is about: those that fit everything named; and what of them.</summary>
/// <example><code>new RowFilter&lt;PhaseRow&gt;().Where(r => r.Municipality, hamar)</code></example>
public sealed class RowFilter<TRow>
    where TRow : notnull
{
    private const string StreamColumn = "stream";

    private readonly IReadOnlyList<Condition> _conditions;
    private readonly IReadOnlyList<RowColumn> _leftOut;

    /// <summary>All rows.</summary>
    public RowFilter()
        : this([], [])
    {
    }

    private RowFilter(IReadOnlyList<Condition> conditions, IReadOnlyList<RowColumn> leftOut) =>
        (_conditions, _leftOut, LeftOut) = (conditions, leftOut, string.Join(' ', leftOut.Select(c => c.Name)));

    public RowFilter<TRow> OfStream(params IReadOnlyList<StreamKey> streams) => And(new Condition(null, StreamColumn, AnyOf(streams.Select(s => s.Name))));

    /// <remarks>Name the stream as well where it is known: keys are looked up within streams.</remarks>
    public RowFilter<TRow> OfKey(params IReadOnlyList<string> keys) => And(new Condition(null, "key", AnyOf(keys)));

    /// <summary>Rows with this value in a column; null finds those that have none.</summary>
    public RowFilter<TRow> Where<TValue>(Expression<Func<TRow, TValue>> property, TValue value)
    {
        var column = ColumnOf(property.Body);
        return And(new Condition(column, column.QuotedName, value is null ? null : column.ParameterOf(value)));
    }

    /// <summary>Without what a screen of many rows does not look at, which is null or empty then: what a question costs is mostly the columns it brings.</summary>
    /// <exception cref="ArgumentException">Ids, numbers and names are always there: what is seen of a row is judged by them, and nobody would see that they were not asked for.</exception>
    public RowFilter<TRow> Without(params IReadOnlyList<Expression<Func<TRow, object?>>> properties)
    {
        RowColumn[] columns = [.. properties.Select(p => ColumnOf(p.Body is UnaryExpression { NodeType: ExpressionType.Convert } boxed ? boxed.Operand : p.Body))];
        if (columns.FirstOrDefault(c => c is { IsNullable: false, Type: not "jsonb" }) is { } needed)
            throw new ArgumentException($"{needed.Property.Name} is always there and cannot be left out.", nameof(properties));
        return new(_conditions, [.. _leftOut, .. columns]);
    }

    /// <summary>Names of columns that are not asked for; empty for none.</summary>
    internal string LeftOut { get; }

    internal bool LeavesOut(RowColumn column) => _leftOut.Contains(column);

    internal bool NamesStreams => _conditions.Any(c => c.Name == StreamColumn);

    /// <summary>The columns of the row that are looked at.</summary>
    internal IEnumerable<RowColumn> Columns => _conditions.Select(c => c.Column).OfType<RowColumn>();

    /// <summary>Adds the conditions and their values to a query whose table is called r.</summary>
    internal string AddTo(NpgsqlParameterCollection parameters) => string.Concat(_conditions.Select(condition =>
    {
        if (condition.Value is null)
            return $" and r.{condition.Name} is null";
        parameters.Add(condition.Value.Clone());
        return condition.Column is null ? $" and r.{condition.Name} = any (${parameters.Count})" : $" and r.{condition.Name} = ${parameters.Count}";
    }));

    private static NpgsqlParameter<string[]> AnyOf(IEnumerable<string> values) =>
        new() { TypedValue = [.. values], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };

    private static RowColumn ColumnOf(Expression property) => property is MemberExpression named
        ? RowShape.Of(typeof(TRow)).ColumnOf(named.Member)
        : throw new ArgumentException($"\"{property}\" does not name a property of the row.", nameof(property));

    private RowFilter<TRow> And(Condition condition) => new([.. _conditions, condition], _leftOut);

    private sealed record Condition(RowColumn? Column, string Name, NpgsqlParameter? Value);
}
