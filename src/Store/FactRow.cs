using Npgsql;

namespace HousingBank.Store;

/// <summary>An event as a row, in the order of <see cref="Columns"/>; read by the codec when it is asked for.</summary>
internal sealed record FactRow(
    string Tenant, StreamKey Stream, int Version, string Type, int TypeVersion, string Body, EffectiveSpan On, DateTimeOffset RecordedAt,
    Circumstances Circumstances, int? Replaces, long Position, long? Ordinal)
{
    /// <summary>For a query over <c>store.events e</c>; what follows is the ordinal, or null.</summary>
    public const string Columns = """
        e.tenant, e.stream, e.version, e.type, e.type_version, e.body,
        e.effective_on, e.effective_first, e.effective_last, e.precision, e.assumed_because, e.recorded_at,
        e.actor, e.role, e.decided_by, e.basis_kind, e.basis, e.entry_reason, nullif(e.not_documented, '{}'), e.command_id, e.correlation, e.looked_at,
        e.replaces, e.position
        """;

    private static readonly IReadOnlyDictionary<string, int> s_none = new Dictionary<string, int>();

    public static FactRow From(NpgsqlDataReader row) => new(
        row.GetString(0),
        new StreamKey(row.GetString(1)),
        row.GetInt32(2),
        row.GetString(3),
        row.GetInt32(4),
        row.GetString(5),
        new EffectiveSpan(
            row.GetFieldValue<DateOnly>(6), row.GetFieldValue<DateOnly>(7), row.GetFieldValue<DateOnly>(8), row.GetString(9), TextOrNull(row, 10)),
        row.GetFieldValue<DateTimeOffset>(11),
        new Circumstances(
            row.GetString(12), row.GetString(13), TextOrNull(row, 14), row.GetString(15), TextOrNull(row, 16), TextOrNull(row, 17),
            row.IsDBNull(18) ? [] : row.GetFieldValue<string[]>(18), row.GetGuid(19), row.GetGuid(20), LookedAt(row.GetString(21))),
        row.IsDBNull(22) ? null : row.GetInt32(22),
        row.GetInt64(23),
        row.FieldCount > 24 && !row.IsDBNull(24) ? row.GetInt64(24) : null);

    /// <exception cref="InvalidDataException">The codec does not know the name, or the body does not fit.</exception>
    public StoredFact Read(IFactCodec codec) => new(
        Tenant, Stream, Version, Type, codec.Read(Type, TypeVersion, Body, On), On, RecordedAt, Circumstances, Replaces, Position, Ordinal);

    private static string? TextOrNull(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static IReadOnlyDictionary<string, int> LookedAt(string json) => json == "{}" ? s_none : new VersionsAsStored(json);
}
