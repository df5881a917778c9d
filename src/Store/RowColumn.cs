using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Npgsql;
using NpgsqlTypes;

namespace HousingBank.Store;

/// <summary>A property of a row as a column of its table.</summary>
internal abstract class RowColumn(PropertyInfo property, string type, bool nullable)
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public PropertyInfo Property => property;

    /// <summary>"started_on" for StartedOn.</summary>
    public string Name { get; } = JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);

    /// <summary>Of PostgreSQL.</summary>
    public string Type => type;

    public bool IsNullable => nullable;

    /// <summary>Some names are words of SQL as well.</summary>
    public string QuotedName => $"\"{Name}\"";

    public string NameAndType => $"{Name} {Type}";

    public string Definition => $"{QuotedName} {Type}{(IsNullable ? "" : " not null")}";

    /// <summary>The column's values of several rows, as one array.</summary>
    public abstract NpgsqlParameter ArrayOf(IReadOnlyList<Stretch> stretches);

    /// <summary>The column's value of a row; null for none.</summary>
    public abstract NpgsqlParameter ValueOf(object? row);

    /// <summary>A value of the property, as the column holds it.</summary>
    public abstract NpgsqlParameter ParameterOf(object value);

    public abstract void Write(NpgsqlBinaryImporter importer, object row);

    /// <summary>The property's value, read from the column at an index of a reader.</summary>
    public abstract Expression Read(Expression reader, int index);

    /// <summary>The property's value where the table does not have the column yet.</summary>
    public Expression Missing() => property.PropertyType == typeof(string) && !nullable
        ? Expression.Constant("")
        : Expression.Default(property.PropertyType);

    /// <summary>
    /// Text, numbers, days, moments and uuids are columns of that type; enumerations are their name in camelCase;
    /// an id made of one such value is that value; anything else is jsonb.
    /// </summary>
    public static RowColumn Of(PropertyInfo property, bool nullable)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (Plain(type) is { } plain)
            return Make(property, nullable, type, plain, value => value, stored => stored);
        if (type.IsEnum)
        {
            var names = Expression.Constant(EnumNames.Of(type));
            return Make(
                property, nullable, typeof(string), ("text", NpgsqlDbType.Text),
                value => Expression.Call(names, nameof(EnumNames.NameOf), null, Expression.Convert(value, typeof(object))),
                stored => Expression.Convert(Expression.Call(names, nameof(EnumNames.ValueOf), null, stored), type));
        }

        if (InnerOf(type) is { } inner && Plain(inner.PropertyType) is { } plainInner)
        {
            return Make(
                property, nullable, inner.PropertyType, plainInner,
                value => Expression.Property(value, inner),
                stored => Expression.New(type.GetConstructor([inner.PropertyType])!, stored));
        }

        var options = Expression.Constant(s_json);
        var read = Expression.Constant(Activator.CreateInstance(typeof(ReadTexts<>).MakeGenericType(type), s_json));
        return Make(
            property, nullable, typeof(string), ("jsonb", NpgsqlDbType.Jsonb),
            value => Expression.Call(typeof(JsonSerializer), nameof(JsonSerializer.Serialize), [type], value, options),
            stored => Expression.Call(read, nameof(ReadTexts<>.Of), null, stored));
    }

    private static (string Type, NpgsqlDbType DbType)? Plain(Type type) =>
        type == typeof(string) ? ("text", NpgsqlDbType.Text)
        : type == typeof(bool) ? ("boolean", NpgsqlDbType.Boolean)
        : type == typeof(int) ? ("integer", NpgsqlDbType.Integer)
        : type == typeof(long) ? ("bigint", NpgsqlDbType.Bigint)
        : type == typeof(decimal) ? ("numeric", NpgsqlDbType.Numeric)
        : type == typeof(DateOnly) ? ("date", NpgsqlDbType.Date)
        : type == typeof(DateTimeOffset) ? ("timestamptz", NpgsqlDbType.TimestampTz)
        : type == typeof(Guid) ? ("uuid", NpgsqlDbType.Uuid)
        : null;

    /// <summary>The one value that an id is made of.</summary>
    private static PropertyInfo? InnerOf(Type type) =>
        type.IsValueType && type.GetConstructors() is [var only] && only.GetParameters() is [var parameter]
            ? type.GetProperty(parameter.Name!, parameter.ParameterType)
            : null;

    private static RowColumn Make(
        PropertyInfo property,
        bool nullable,
        Type stored,
        (string Type, NpgsqlDbType DbType) column,
        Func<Expression, Expression> store,
        Func<Expression, Expression> restore)
    {
        var nullableStored = stored.IsValueType ? typeof(Nullable<>).MakeGenericType(stored) : stored;
        var made = typeof(RowColumn<>).MakeGenericType(nullableStored);
        return (RowColumn)Activator.CreateInstance(made, property, nullable, column.Type, column.DbType, stored, store, restore)!;
    }

    private sealed class EnumNames(Type type)
    {
        private readonly Dictionary<object, string> _names = Named(type).ToDictionary();
        private readonly Dictionary<string, object> _values = Named(type).ToDictionary(n => n.Value, n => n.Key);

        public static EnumNames Of(Type type) => new(type);

        public string NameOf(object value) => _names[value];

        public object ValueOf(string name) => _values[name];

        private static IEnumerable<KeyValuePair<object, string>> Named(Type type) =>
            Enum.GetValues(type).Cast<object>().Distinct().Select(v => KeyValuePair.Create(v, JsonNamingPolicy.CamelCase.ConvertName(v.ToString()!)));
    }

    /// <summary>
    /// What texts of jsonb say. Rows share days, criteria and empty lists, the same rows are asked for again and again, and nobody changes them: a text that was read
    /// lately is not parsed again.
    /// </summary>
    private sealed class ReadTexts<T>(JsonSerializerOptions options)
    {
        // In characters, with what it costs to keep one: at most some megabytes for each column.
        private const int Most = 1 << 20;
        private const int Keeping = 128;
        private const int Longest = Most / 64;

        private readonly ConcurrentDictionary<string, T?> _read = new();
        private int _kept;

        public T? Of(string text)
        {
            if (_read.TryGetValue(text, out var read))
                return read;
            read = JsonSerializer.Deserialize<T>(text, options);
            if (text.Length > Longest)
                return read;
            var takes = text.Length + Keeping;
            if (Interlocked.Add(ref _kept, takes) > Most)
            {
                _read.Clear();
                Volatile.Write(ref _kept, takes);
            }

            _read[text] = read;
            return read;
        }
    }
}

/// <typeparam name="TStored">What is sent and read; one that can be null.</typeparam>
internal sealed class RowColumn<TStored> : RowColumn
{
    private readonly NpgsqlDbType _dbType;
    private readonly Type _stored;
    private readonly Func<Expression, Expression> _restore;

    // Compiled when they are first needed: two for each column of every table would be a tenth of what the web process compiles before its first page.
    private readonly Lazy<Func<object, TStored?>> _valueOf;
    private readonly Lazy<Func<object, TStored?>> _storedOf;

    public RowColumn(
        PropertyInfo property,
        bool nullable,
        string type,
        NpgsqlDbType dbType,
        Type stored,
        Func<Expression, Expression> store,
        Func<Expression, Expression> restore)
        : base(property, type, nullable)
    {
        (_dbType, _stored, _restore) = (dbType, stored, restore);
        _valueOf = Compiled(row => Expression.Property(Expression.Convert(row, property.DeclaringType!), property), store);
        _storedOf = Compiled(value => Expression.Convert(value, property.PropertyType), store);
    }

    public override NpgsqlParameter ArrayOf(IReadOnlyList<Stretch> stretches)
    {
        var values = new TStored?[stretches.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = _valueOf.Value(stretches[i].Row);
        return new NpgsqlParameter<TStored?[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | _dbType };
    }

    public override NpgsqlParameter ValueOf(object? row) => new NpgsqlParameter<TStored?> { TypedValue = row is null ? default : _valueOf.Value(row), NpgsqlDbType = _dbType };

    public override NpgsqlParameter ParameterOf(object value) => new NpgsqlParameter<TStored?> { TypedValue = _storedOf.Value(value), NpgsqlDbType = _dbType };

    public override void Write(NpgsqlBinaryImporter importer, object row)
    {
        if (_valueOf.Value(row) is { } value)
            importer.Write(value, _dbType);
        else
            importer.WriteNull();
    }

    public override Expression Read(Expression reader, int index)
    {
        var at = Expression.Constant(index);
        var value = _restore(Expression.Call(reader, nameof(NpgsqlDataReader.GetFieldValue), [_stored], at));
        Expression converted = value.Type == Property.PropertyType ? value : Expression.Convert(value, Property.PropertyType);
        return IsNullable
            ? Expression.Condition(Expression.Call(reader, nameof(NpgsqlDataReader.IsDBNull), null, at), Expression.Default(Property.PropertyType), converted)
            : converted;
    }

    private static Lazy<Func<object, TStored?>> Compiled(Func<Expression, Expression> valueOf, Func<Expression, Expression> store) => new(() =>
    {
        var given = Expression.Parameter(typeof(object));
        return Expression.Lambda<Func<object, TStored?>>(StoredFrom(valueOf(given), store), given).Compile();
    });

    private static Expression StoredFrom(Expression value, Func<Expression, Expression> store)
    {
        var isNullableStruct = Nullable.GetUnderlyingType(value.Type) is not null;
        var stored = Expression.Convert(store(isNullableStruct ? Expression.Property(value, "Value") : value), typeof(TStored));
        return value.Type.IsValueType && !isNullableStruct
            ? stored
            : Expression.Condition(Expression.Equal(value, Expression.Constant(null, value.Type)), Expression.Default(typeof(TStored)), stored);
    }
}
