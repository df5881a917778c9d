using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using Npgsql;

namespace HousingBank.Store;

/// <summary>The columns that a type of row gives its table.</summary>
internal sealed class RowShape
{
    private static readonly ConcurrentDictionary<Type, RowShape> s_shapes = new();

    /// <summary>What every two-clock table has before the columns of its rows.</summary>
    public static readonly IReadOnlyList<string> OwnColumns = ["tenant", "stream", "key", "valid_from", "valid_to", "known_from", "known_to", "versions"];

    private readonly Type _rowType;

    private RowShape(Type rowType)
    {
        _rowType = rowType;
        var nullability = new NullabilityInfoContext();
        Columns =
        [
            .. rowType.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(p => p.GetIndexParameters().Length == 0 && (p.CanWrite || TakenBy(rowType, p)))
                .Select(p => RowColumn.Of(p, nullability.Create(p).ReadState == NullabilityState.Nullable)),
        ];
        if (Columns.Select(c => c.Name).Intersect(OwnColumns).FirstOrDefault() is { } taken)
            throw new InvalidOperationException($"{rowType.Name} has a property for a column \"{taken}\", which every two-clock table has already.");
    }

    public IReadOnlyList<RowColumn> Columns { get; }

    /// <summary>The columns with their types, as the registry keeps them: another text is another shape.</summary>
    public string Definition => string.Join(", ", Columns.Select(c => c.Definition));

    public static RowShape Of(Type rowType) => s_shapes.GetOrAdd(rowType, t => new RowShape(t));

    public RowColumn ColumnOf(MemberInfo property) => Columns.Single(c => c.Property.Name == property.Name);

    /// <summary>Reads a row from a reader whose columns from <paramref name="start"/> on are those that the table has of this shape, in this order.</summary>
    /// <param name="has">True for the columns that the table has; the others get their default.</param>
    public Func<NpgsqlDataReader, TRow> Reader<TRow>(int start, Func<RowColumn, bool> has)
    {
        var reader = Expression.Parameter(typeof(NpgsqlDataReader));
        var index = start;
        var values = Columns.ToDictionary(c => c.Property.Name, c => has(c) ? c.Read(reader, index++) : c.Missing(), StringComparer.OrdinalIgnoreCase);
        var constructor = _rowType.GetConstructors().Where(c => c.GetParameters().All(p => values.ContainsKey(p.Name!))).MaxBy(c => c.GetParameters().Length)
            ?? throw new InvalidOperationException($"{_rowType.Name} has no public constructor that takes its own properties.");
        var made = Expression.New(constructor, constructor.GetParameters().Select(p => values[p.Name!]));
        var others = Columns.Where(c => constructor.GetParameters().All(p => !p.Name!.Equals(c.Property.Name, StringComparison.OrdinalIgnoreCase)));
        var row = Expression.MemberInit(made, others.Select(c => Expression.Bind(c.Property, values[c.Property.Name])));
        return Expression.Lambda<Func<NpgsqlDataReader, TRow>>(row, reader).Compile();
    }

    private static bool TakenBy(Type rowType, PropertyInfo property) =>
        rowType.GetConstructors().Any(c => c.GetParameters().Any(p => p.Name!.Equals(property.Name, StringComparison.OrdinalIgnoreCase)));
}
