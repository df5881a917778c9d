using Npgsql;

namespace HousingBank.Store;

/// <summary>An event as a row; read by the codec when it is asked for.</summary>
/// <param name="Body">JSON in UTF-8.</param>
internal sealed record FactRow(
    string Tenant, StreamKey Stream, int Version, string Type, int TypeVersion, byte[] Body, EffectiveSpan On, DateTimeOffset RecordedAt,
    Circumstances Circumstances, int? Replaces, long Position, long? Ordinal)
{
    /// <summary>What decisions and tables fold, for a query over <c>store.events e</c>: a third of the columns is left out, which long streams are read sooner without.</summary>
    public const string FoldedColumns = """
        e.tenant, e.stream, e.version, e.type, e.type_version, e.body,
        e.effective_on, e.effective_first, e.effective_last, e.precision, e.assumed_because, e.recorded_at, e.replaces, e.position,
        e.basis_kind, nullif(e.not_documented, '{}')
        """;

    /// <summary>All there is; what follows is the ordinal, or null.</summary>
    public const string Columns = $"{FoldedColumns}, e.actor, e.role, e.decided_by, e.basis, e.entry_reason, e.command_id, e.correlation, e.looked_at";

    /// <param name="row">Of <see cref="Columns"/>.</param>
    public static FactRow From(NpgsqlDataReader row) => From(
        row,
        new Circumstances(
            row.GetString(16), row.GetString(17), TextOrNull(row, 18), row.GetString(14), TextOrNull(row, 19), TextOrNull(row, 20),
            NotDocumented(row), row.GetGuid(21), row.GetGuid(22), LookedAt(row.GetString(23))),
        row.FieldCount > 24 && !row.IsDBNull(24) ? row.GetInt64(24) : null);

    /// <param name="row">Of <see cref="FoldedColumns"/>.</param>
    public static FactRow Folded(NpgsqlDataReader row) => From(row, Circumstances.Folded(row.GetString(14), NotDocumented(row)), ordinal: null);

    /// <exception cref="InvalidDataException">The codec does not know the name, or the body does not fit.</exception>
    public StoredFact Read(IFactCodec codec) => new(
        Tenant, Stream, Version, Type, codec.Read(Type, TypeVersion, Body, On), On, RecordedAt, Circumstances, Replaces, Position, Ordinal);

    private static FactRow From(NpgsqlDataReader row, Circumstances circumstances, long? ordinal) => new(
        row.GetString(0),
        new StreamKey(row.GetString(1)),
        row.GetInt32(2),
        row.GetString(3),
        row.GetInt32(4),
        row.GetFieldValue<byte[]>(5),
        new EffectiveSpan(
            row.GetFieldValue<DateOnly>(6), row.GetFieldValue<DateOnly>(7), row.GetFieldValue<DateOnly>(8), row.GetString(9), TextOrNull(row, 10)),
        row.GetFieldValue<DateTimeOffset>(11),
        circumstances,
        row.IsDBNull(12) ? null : row.GetInt32(12),
        row.GetInt64(13),
        ordinal);

    private static string[] NotDocumented(NpgsqlDataReader row) => row.IsDBNull(15) ? [] : row.GetFieldValue<string[]>(15);

    private static string? TextOrNull(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static IReadOnlyDictionary<string, int> LookedAt(string json) => json == "{}" ? Circumstances.Nothing : new VersionsAsStored(json);
}
