using System.Linq.Expressions;
using Npgsql;
using NpgsqlTypes;

namespace HousingBank.Store;

/// <summary>Which rows of a table a question is about: those that fit everything named.</summary>
/// <example><code>new RowFilter&lt;PhaseRow&gt;().Where(r => r.Municipality, hamar)</code></example>
public sealed class RowFilter<TRow>
    where TRow : notnull
{
    private const string StreamColumn = "stream";

    private readonly IReadOnlyList<Condition> _conditions;

    /// <summary>All rows.</summary>
    public RowFilter()
        : this([])
    {
    }

    private RowFilter(IReadOnlyList<Condition> conditions) => _conditions = conditions;

    public RowFilter<TRow> OfStream(params IReadOnlyList<StreamKey> streams) => And(new Condition(null, StreamColumn, AnyOf(streams.Select(s => s.Name))));

    /// <remarks>Name the stream as well where it is known: keys are looked up within streams.</remarks>
    public RowFilter<TRow> OfKey(params IReadOnlyList<string> keys) => And(new Condition(null, "key", AnyOf(keys)));

    /// <summary>Rows with this value in a column; null finds those that have none.</summary>
    public RowFilter<TRow> Where<TValue>(Expression<Func<TRow, TValue>> property, TValue value)
    {
        var member = property.Body as MemberExpression ?? throw new ArgumentException($"\"{property}\" does not name a property of the row.", nameof(property));
        var column = RowShape.Of(typeof(TRow)).ColumnOf(member.Member);
        return And(new Condition(column, column.QuotedName, value is null ? null : column.ParameterOf(value)));
    }

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

    private RowFilter<TRow> And(Condition condition) => new([.. _conditions, condition]);

    private sealed record Condition(RowColumn? Column, string Name, NpgsqlParameter? Value);
}
