using HousingBank.Store;
using Npgsql;
using NpgsqlTypes;

namespace HousingBank.Benchmarks;

/// <summary>
/// The limit of a rebuild, when nobody else writes, everything fits into memory and nothing is interrupted: one pass over the log by binary COPY of the
/// columns that the fold needs, the same fold, binary COPY into the same table in the order of its key; its other indexes are made afterwards.
/// </summary>
/// <remarks>Tried and slower: all indexes made before the rows come in, all of them afterwards, streams in the order in which they were read.</remarks>
/// <param name="connectionString">As superuser: no row-level security.</param>
public sealed class RebuildLimit(string connectionString)
{
    public const string Table = "tables.by_hand";

    private static readonly ThingTable s_table = new();
    private static readonly ThingCodec s_codec = new();
    private static readonly Circumstances s_circumstances = new("", "", null, "none", null, null, [], Guid.Empty, Guid.Empty, new Dictionary<string, int>());

    public async Task RunAsync(CancellationToken cancel)
    {
        await using var source = NpgsqlDataSource.Create(connectionString + ";Pooling=false;Command Timeout=0");
        await using var connection = await source.OpenConnectionAsync(cancel);
        var streams = ReadAll(connection);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await ExecuteAsync(connection, $"create table {Table} (like read.thing)", cancel);
        await ExecuteAsync(connection, $"alter table {Table} add primary key (tenant, stream, key, valid_from, known_from)", cancel);
        await using (var importer = await connection.BeginBinaryImportAsync($"copy {Table} from stdin (format binary)", cancel))
        {
            foreach (var (_, facts) in streams.OrderBy(s => s.Key, StringComparer.Ordinal))
                Write(importer, facts);
            await importer.CompleteAsync(cancel);
        }

        await ExecuteAsync(connection, $"create index on {Table} (tenant, valid_to, valid_from) where known_to = 'infinity'", cancel);
        await ExecuteAsync(connection, $"create index on {Table} (tenant, valid_to, valid_from, known_from, known_to)", cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <remarks>In the order of the heap: the facts of a stream lie in the order of their versions, whatever lies between them.</remarks>
    private static Dictionary<string, List<StoredFact>> ReadAll(NpgsqlConnection connection)
    {
        var streams = new Dictionary<string, List<StoredFact>>();
        using var exporter = connection.BeginBinaryExport("copy (select stream, version, type, body, effective_on, recorded_at from store.events) to stdout (format binary)");
        while (exporter.StartRow() > 0)
        {
            var stream = exporter.Read<string>(NpgsqlDbType.Text);
            var version = exporter.Read<int>(NpgsqlDbType.Integer);
            var type = exporter.Read<string>(NpgsqlDbType.Text);
            var body = exporter.Read<byte[]>(NpgsqlDbType.Jsonb);
            var day = exporter.Read<DateOnly>(NpgsqlDbType.Date);
            var recordedAt = exporter.Read<DateTimeOffset>(NpgsqlDbType.TimestampTz);
            var on = new EffectiveSpan(day, day, day, "day", null);
            if (!streams.TryGetValue(stream, out var facts))
                streams.Add(stream, facts = new List<StoredFact>(RebuildHistory.FactsInAStream));
            facts.Add(new StoredFact(
                RebuildHistory.Tenant, new StreamKey(stream), version, type, s_codec.Read(type, 1, body, on), on, recordedAt, s_circumstances, null, 0, null));
        }

        return streams;
    }

    private static void Write(NpgsqlBinaryImporter importer, List<StoredFact> facts)
    {
        foreach (var (stretch, knownFrom, knownTo) in Segments.History(s_table, facts))
        {
            var row = (ThingRow)stretch.Row;
            importer.StartRow();
            importer.Write(RebuildHistory.Tenant, NpgsqlDbType.Text);
            importer.Write(facts[0].Stream.Name, NpgsqlDbType.Text);
            importer.Write(stretch.Key, NpgsqlDbType.Text);
            importer.Write(stretch.ValidFrom, NpgsqlDbType.Date);
            importer.Write(stretch.ValidTo, NpgsqlDbType.Date);
            importer.Write(knownFrom, NpgsqlDbType.TimestampTz);
            importer.Write(knownTo, NpgsqlDbType.TimestampTz);
            importer.Write((int[])stretch.Versions, NpgsqlDbType.Array | NpgsqlDbType.Integer);
            importer.Write(row.Place, NpgsqlDbType.Text);
            importer.Write(row.Amount, NpgsqlDbType.Integer);
            importer.Write(row.Changes, NpgsqlDbType.Integer);
            importer.Write(row.BegunOn, NpgsqlDbType.Date);
            if (row.EndedOn is { } endedOn)
                importer.Write(endedOn, NpgsqlDbType.Date);
            else
                importer.WriteNull();
            if (row.Outcome is { } outcome)
                importer.Write(outcome, NpgsqlDbType.Text);
            else
                importer.WriteNull();
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
