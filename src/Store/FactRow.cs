using Npgsql;

namespace HousingBank.Store;

/// <summary>An event as a row; read by the codec when it is asked for.</summary>
/// <param name="Body">JSON in UTF-8.</param>
internal sealed record FactRow(
    string Tenant, StreamKey Stream, int Version, string Type, int TypeVersion, byte[] Body, EffectiveSpan On, DateTimeOffset RecordedAt,
    Circumstances Circumstances, int? Replaces, long Position, long? Ordinal)
{
    /// <summary>All there is, for a query over <c>store.events e</c>; what follows is the ordinal, or null.</summary>
    public const string Columns = """
        e.tenant, e.stream, e.version, e.type, e.type_version, e.body,
        e.effective_on, e.effective_first, e.effective_last, e.precision, e.assumed_because, e.recorded_at, e.replaces, e.position,
        e.actor, e.role, e.decided_by, e.basis_kind, e.basis, e.entry_reason, nullif(e.not_documented, '{}'), e.command_id, e.correlation, e.looked_at
        """;

    /// <param name="row">Of <see cref="Columns"/>.</param>
    public static FactRow From(NpgsqlDataReader row) => new(
        row.GetString(0),
        new StreamKey(row.GetString(1)),
        row.GetInt32(2),
        row.GetString(3),
        row.GetInt32(4),
        row.GetFieldValue<byte[]>(5),
        new EffectiveSpan(row.GetFieldValue<DateOnly>(6), row.GetFieldValue<DateOnly>(7), row.GetFieldValue<DateOnly>(8), row.GetString(9), row.TextOrNull(10)),
        row.GetFieldValue<DateTimeOffset>(11),
        new Circumstances(
            row.GetString(14), row.GetString(15), row.TextOrNull(16), row.GetString(17), row.TextOrNull(18), row.TextOrNull(19),
            row.IsDBNull(20) ? [] : row.GetFieldValue<string[]>(20), row.GetGuid(21), row.GetGuid(22), LookedAt(row.GetString(23))),
        row.IsDBNull(12) ? null : row.GetInt32(12),
        row.GetInt64(13),
        row.FieldCount > 24 && !row.IsDBNull(24) ? row.GetInt64(24) : null);

    /// <exception cref="InvalidDataException">The codec does not know the name, or the body does not fit.</exception>
    public StoredFact Read(IFactCodec codec) => new(
        Tenant, Stream, Version, Type, codec.Read(Type, TypeVersion, Body, On), On, RecordedAt, Circumstances, Replaces, Position, Ordinal);

    private static IReadOnlyDictionary<string, int> LookedAt(string json) => json == "{}" ? Circumstances.Nothing : new VersionsAsStored(json);
}
