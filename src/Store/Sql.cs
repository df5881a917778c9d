using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace HousingBank.Store;

/// <summary>Statements with typed parameters: $1, $2 … in the order given.</summary>
internal static class Sql
{
    public static NpgsqlBatchCommand Statement(string text, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(text);
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        return command;
    }

    /// <summary>"$3, $4" for two from the third on.</summary>
    public static string Places(int first, int count) => string.Join(", ", Enumerable.Range(first, count).Select(place => $"${place}"));

    public static string? TextOrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    /// <summary>Also of bytes that are no text, which a superuser can put into a column.</summary>
    public static string? AnyTextOrNull(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : Encoding.UTF8.GetString(row.GetFieldValue<byte[]>(column));

    public static NpgsqlParameter Text(string? value) => Value(value, NpgsqlDbType.Text);

    public static NpgsqlParameter Texts(IEnumerable<string?> values) => Value(ArrayOf(values), NpgsqlDbType.Array | NpgsqlDbType.Text);

    public static NpgsqlParameter NoTexts() => Value<string[]?>(null, NpgsqlDbType.Array | NpgsqlDbType.Text);

    public static NpgsqlParameter Integer(int value) => Value(value, NpgsqlDbType.Integer);

    public static NpgsqlParameter IntegerOrNull(int? value) => Value(value, NpgsqlDbType.Integer);

    public static NpgsqlParameter Integers(IEnumerable<int> values) => Value(ArrayOf(values), NpgsqlDbType.Array | NpgsqlDbType.Integer);

    public static NpgsqlParameter IntegersOrNulls(IEnumerable<int?> values) => Value(ArrayOf(values), NpgsqlDbType.Array | NpgsqlDbType.Integer);

    public static NpgsqlParameter Long(long value) => Value(value, NpgsqlDbType.Bigint);

    public static NpgsqlParameter Longs(IEnumerable<long> values) => Value(ArrayOf(values), NpgsqlDbType.Array | NpgsqlDbType.Bigint);

    public static NpgsqlParameter Day(DateOnly value) => Value(value, NpgsqlDbType.Date);

    public static NpgsqlParameter DayOrNull(DateOnly? value) => Value(value, NpgsqlDbType.Date);

    public static NpgsqlParameter Days(IEnumerable<DateOnly> values) => Value(ArrayOf(values), NpgsqlDbType.Array | NpgsqlDbType.Date);

    public static NpgsqlParameter Moment(DateTimeOffset value) => Value(value.ToUniversalTime(), NpgsqlDbType.TimestampTz);

    public static NpgsqlParameter MomentOrNull(DateTimeOffset? value) => Value(value?.ToUniversalTime(), NpgsqlDbType.TimestampTz);

    public static NpgsqlParameter Moments(IEnumerable<DateTimeOffset> values) =>
        Value(ArrayOf(values.Select(v => v.ToUniversalTime())), NpgsqlDbType.Array | NpgsqlDbType.TimestampTz);

    public static NpgsqlParameter Duration(TimeSpan value) => Value(value, NpgsqlDbType.Interval);

    public static NpgsqlParameter Id(Guid value) => Value(value, NpgsqlDbType.Uuid);

    public static NpgsqlParameter IdOrNull(Guid? value) => Value(value, NpgsqlDbType.Uuid);

    public static NpgsqlParameter Ids(IEnumerable<Guid> values) => Value(ArrayOf(values), NpgsqlDbType.Array | NpgsqlDbType.Uuid);

    public static NpgsqlParameter Bytes(byte[]? value) => Value(value, NpgsqlDbType.Bytea);

    public static NpgsqlParameter Json(string? value) => Value(value, NpgsqlDbType.Jsonb);

    public static NpgsqlParameter Jsons(IEnumerable<string> values) => Value(ArrayOf(values), NpgsqlDbType.Array | NpgsqlDbType.Jsonb);

    private static T[] ArrayOf<T>(IEnumerable<T> values) => values as T[] ?? [.. values];

    private static NpgsqlParameter<T> Value<T>(T value, NpgsqlDbType type) => new() { TypedValue = value, NpgsqlDbType = type };
}
