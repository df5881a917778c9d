using Npgsql;

namespace HousingBank.Store;

/// <summary>An event as decisions and tables fold it: without what no fold asks for, and without what is as usual. Long streams are read sooner so.</summary>
internal static class FoldedFact
{
    private const string Usual = "case";
    private const string ExactDay = "day";

    private const string AllButNames = $$"""
        e.version, e.type, e.type_version, e.body,
        e.effective_on, nullif(e.effective_first, e.effective_on), nullif(e.effective_last, e.effective_on), nullif(e.precision, '{{ExactDay}}'), e.assumed_because,
        e.recorded_at, e.replaces, nullif(e.basis_kind, '{{Usual}}'), nullif(e.not_documented, '{}')
        """;

    /// <summary>For a query over <c>store.events e</c>.</summary>
    public const string Columns = $"e.tenant, e.stream, {AllButNames}";

    /// <summary>The same, in the same places, for a query about one stream: its name is known, and its tenant is <c>$2</c> as a rule.</summary>
    public const string ColumnsOfOneStream = $"nullif(e.tenant, $2), null, {AllButNames}";

    private static readonly Circumstances s_usual = Circumstances.Folded(Usual, []);

    /// <param name="row">Of <see cref="Columns"/>.</param>
    /// <exception cref="InvalidDataException">The codec does not know the name, or the body does not fit.</exception>
    public static StoredFact From(NpgsqlDataReader row, IFactCodec codec) => Read(row, row.GetString(0), new StreamKey(row.GetString(1)), codec);

    /// <param name="row">Of <see cref="ColumnsOfOneStream"/>.</param>
    /// <inheritdoc cref="From(NpgsqlDataReader, IFactCodec)"/>
    public static StoredFact From(NpgsqlDataReader row, string usualTenant, StreamKey stream, IFactCodec codec) =>
        Read(row, row.TextOrNull(0) ?? usualTenant, stream, codec);

    private static StoredFact Read(NpgsqlDataReader row, string tenant, StreamKey stream, IFactCodec codec)
    {
        var type = row.GetString(3);
        var day = row.GetFieldValue<DateOnly>(6);
        var on = new EffectiveSpan(day, DayOrNull(row, 7) ?? day, DayOrNull(row, 8) ?? day, row.TextOrNull(9) ?? ExactDay, row.TextOrNull(10));
        return new StoredFact(
            tenant,
            stream,
            row.GetInt32(2),
            type,
            codec.Read(type, row.GetInt32(4), row.GetFieldValue<byte[]>(5), on),
            on,
            row.GetFieldValue<DateTimeOffset>(11),
            row.IsDBNull(13) && row.IsDBNull(14) ? s_usual : Circumstances.Folded(row.TextOrNull(13) ?? Usual, row.IsDBNull(14) ? [] : row.GetFieldValue<string[]>(14)),
            row.IsDBNull(12) ? null : row.GetInt32(12),
            Position: 0,
            Ordinal: null);
    }

    private static DateOnly? DayOrNull(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateOnly>(column);
}
