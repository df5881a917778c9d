using Npgsql;
using NpgsqlTypes;

namespace HousingBank.Benchmarks;

/// <summary>In which order the streams of a log were recorded.</summary>
public enum Arrangement
{
    /// <summary>One stream after the other, as after an import.</summary>
    Contiguous,

    /// <summary>The first facts of all streams, then the second of all, as years of work leave them.</summary>
    Interleaved,
}

/// <summary>A log of streams of five facts each, one in ten of all facts late, copied straight into the tables of the store.</summary>
public static class RebuildHistory
{
    public const int FactsInAStream = 5;
    public const string Tenant = "region";

    private static readonly DateOnly s_firstDay = new(2010, 1, 1);
    private static readonly DateTimeOffset s_firstMoment = new(2010, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly string s_note = new('x', 240);

    /// <param name="connectionString">As superuser, of a migrated database.</param>
    public static async Task WriteAsync(string connectionString, int streams, Arrangement arrangement, CancellationToken cancel)
    {
        var codec = new ThingCodec();
        await using var source = NpgsqlDataSource.Create(connectionString + ";Pooling=false;Command Timeout=0");
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using (var importer = await connection.BeginBinaryImportAsync(
            """
            copy store.events (
              tenant, stream, version, type, type_version, body, effective_on, effective_first, effective_last, precision,
              recorded_at, transaction, actor, role, basis_kind, not_documented, looked_at, command_id, correlation) from stdin (format binary)
            """,
            cancel))
        {
            foreach (var (stream, version) in InOrder(streams, arrangement))
            {
                var fact = Fact(stream, version);
                var (type, typeVersion, body) = codec.Write(fact);
                var day = Day(stream, version);
                await importer.StartRowAsync(cancel);
                await importer.WriteAsync(Tenant, NpgsqlDbType.Text, cancel);
                await importer.WriteAsync(Name(stream), NpgsqlDbType.Text, cancel);
                await importer.WriteAsync(version, NpgsqlDbType.Integer, cancel);
                await importer.WriteAsync(type, NpgsqlDbType.Text, cancel);
                await importer.WriteAsync(typeVersion, NpgsqlDbType.Integer, cancel);
                await importer.WriteAsync(body, NpgsqlDbType.Jsonb, cancel);
                for (var i = 0; i < 3; i++)
                    await importer.WriteAsync(day, NpgsqlDbType.Date, cancel);
                await importer.WriteAsync("day", NpgsqlDbType.Text, cancel);
                await importer.WriteAsync(Moment(stream, version), NpgsqlDbType.TimestampTz, cancel);
                // Below any transaction of this cluster: recorded before anything that is measured.
                await importer.WriteAsync(3UL, NpgsqlDbType.Xid8, cancel);
                await importer.WriteAsync("person/7", NpgsqlDbType.Text, cancel);
                await importer.WriteAsync("caseworker", NpgsqlDbType.Text, cancel);
                await importer.WriteAsync("none", NpgsqlDbType.Text, cancel);
                await importer.WriteAsync(Array.Empty<string>(), NpgsqlDbType.Array | NpgsqlDbType.Text, cancel);
                await importer.WriteAsync("{}", NpgsqlDbType.Jsonb, cancel);
                await importer.WriteAsync(Guid.CreateVersion7(), NpgsqlDbType.Uuid, cancel);
                await importer.WriteAsync(Guid.CreateVersion7(), NpgsqlDbType.Uuid, cancel);
            }

            await importer.CompleteAsync(cancel);
        }

        foreach (var statement in (string[])
            [
                "insert into store.streams (tenant, stream, version, recorded_at) select tenant, stream, max(version), max(recorded_at) from store.events group by tenant, stream",
                "vacuum analyze",
                "checkpoint",
            ])
        {
            await using var command = new NpgsqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync(cancel);
        }
    }

    private static IEnumerable<(int Stream, int Version)> InOrder(int streams, Arrangement arrangement) => arrangement == Arrangement.Contiguous
        ? Enumerable.Range(0, streams).SelectMany(s => Enumerable.Range(1, FactsInAStream).Select(v => (s, v)))
        : Enumerable.Range(1, FactsInAStream).SelectMany(v => Enumerable.Range(0, streams).Select(s => (s, v)));

    /// <summary>Names in no order of their recording, as identifiers made by many clients are.</summary>
    private static string Name(int stream) => $"thing/{unchecked((uint)stream * 2_654_435_761):x8}-{stream:x8}";

    private static ThingFact Fact(int stream, int version) => version switch
    {
        1 => new ThingBegun($"place-{stream % 350}", stream % 1000, s_note),
        FactsInAStream => new ThingEnded(stream % 3 == 0 ? "left" : "done", s_note),
        _ => new ThingChanged(version, s_note),
    };

    /// <summary>In every second stream the fourth fact took effect before the third: one in ten of all facts.</summary>
    private static DateOnly Day(int stream, int version) => s_firstDay.AddDays((stream % 3000) + (version == 4 && stream % 2 == 0 ? 45 : version * 30));

    private static DateTimeOffset Moment(int stream, int version) => s_firstMoment.AddDays((stream % 3000) + (version * 30)).AddTicks(stream * 10L);
}
