using System.Text.Json;
using HousingBank.Store;
using Npgsql;
using NpgsqlTypes;

namespace HousingBank.Benchmarks;

/// <summary>
/// The limit: what the store writes, written by hand with direct privileges on the same tables. It writes the same columns and is bound by the same row-level
/// security; it knows how many facts and which tables there are, and takes no care of whoever looks at other streams, of settled moments or of rebuilt tables.
/// </summary>
internal sealed class AppendByHand(NpgsqlDataSource source)
{
    private const string EventColumns = """
        tenant, stream, version, type, type_version, body, effective_on, effective_first, effective_last, precision, assumed_because, recorded_at, transaction,
        actor, role, decided_by, basis_kind, basis, entry_reason, not_documented, looked_at, replaces, command_id, correlation
        """;

    private const string RowColumns = "tenant, stream, key, valid_from, valid_to, known_from, known_to, versions, municipality, status, planned_on, readings, last_reading, last_read_on";

    // $1 tenant, $2 stream, $3 expected version, $4 … $11 what the facts share, $12 their day, then three for each fact.
    private const int SharedParameters = 12;
    private const int FactParameters = 3;

    private static readonly string s_start = $"with s as ({NewStream(3)}) {Events(3)}";
    private static readonly string s_append = $"with s as ({OldStream(2)}) {Events(2)}";
    private static readonly string s_startAll = $"with s as ({NewStream(3)}), r as ({Receipt(3)}), one as ({FirstSegment("measure_one_v1", 3)}), two as ({FirstSegment("measure_two_v1", 3)}) {Events(3)}";
    private static readonly string s_appendAll =
        $"""
        with s as ({OldStream(2)}), r as ({Receipt(2)}),
             one_ended as ({EndSegment("measure_one_v1", 2)}), one as ({NextSegments("measure_one_v1", 2)}),
             two_ended as ({EndSegment("measure_two_v1", 2)}), two as ({NextSegments("measure_two_v1", 2)})
        {Events(2)}
        """;

    /// <summary>Limit A: the tenant setting and one statement that writes the stream and its facts.</summary>
    /// <param name="expected">0 for a new stream, which gets three facts; others get two.</param>
    public async Task WriteAsync(StreamKey stream, int expected, MeasureFact[] facts, DateOnly day, CancellationToken cancel)
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(Scope.Of(AppendServer.Tenant).Setting());
        var write = new NpgsqlBatchCommand(expected == 0 ? s_start : s_append);
        AddFacts(write, stream, expected, facts, day, Guid.CreateVersion7());
        batch.BatchCommands.Add(write);
        await batch.ExecuteNonQueryAsync(cancel);
        Check(write, facts.Length);
    }

    /// <summary>Limit B: the receipt and the facts are loaded and folded; facts, receipt and the segments of two tables written in one statement.</summary>
    public async Task DecideAsync(StreamKey stream, CancellationToken cancel)
    {
        var command = Guid.CreateVersion7();
        var state = await LoadAsync(stream, command, cancel);
        var (facts, day) = Measuring.Decide(state);

        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(Scope.Of(AppendServer.Tenant).Setting());
        var write = new NpgsqlBatchCommand(state.Version == 0 ? s_startAll : s_appendAll);
        AddFacts(write, stream, state.Version, facts, day, command);
        write.Parameters.Add(Value(Measuring.RequestHash, NpgsqlDbType.Bytea));
        write.Parameters.Add(Value(Measuring.Answer, NpgsqlDbType.Jsonb));
        var next = facts.Aggregate(state, (s, f) => s.After(f, day));
        write.Parameters.Add(Value(day, NpgsqlDbType.Date));
        AddRow(write, next);
        if (state.Version > 0)
        {
            write.Parameters.Add(Value(state.LastOn, NpgsqlDbType.Date));
            AddRow(write, state);
        }

        batch.BatchCommands.Add(write);
        await batch.ExecuteNonQueryAsync(cancel);
        Check(write, facts.Length);
    }

    private async Task<MeasureState> LoadAsync(StreamKey stream, Guid command, CancellationToken cancel)
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(Scope.Of(AppendServer.Tenant).Setting());
        batch.BatchCommands.Add(new("select request_hash, answer, recorded_at from store.receipts where tenant = $1 and actor = $2 and command_id = $3")
        {
            Parameters = { Value(AppendServer.Tenant, NpgsqlDbType.Text), Value(Measuring.Actor, NpgsqlDbType.Text), Value(command, NpgsqlDbType.Uuid) },
        });
        batch.BatchCommands.Add(new("select type, body, effective_on from store.events where tenant = $1 and stream = $2 order by version")
        {
            Parameters = { Value(AppendServer.Tenant, NpgsqlDbType.Text), Value(stream.Name, NpgsqlDbType.Text) },
        });
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        await reader.NextResultAsync(cancel);
        if (await reader.ReadAsync(cancel))
            throw new InvalidOperationException("A command of this benchmark has a receipt already.");
        await reader.NextResultAsync(cancel);
        var state = MeasureState.Initial;
        while (await reader.ReadAsync(cancel))
        {
            var body = reader.GetFieldValue<byte[]>(1);
            MeasureFact fact = reader.GetString(0) == MeasureCodec.Planned
                ? JsonSerializer.Deserialize<MeasurePlanned>(body, JsonSerializerOptions.Web)!
                : JsonSerializer.Deserialize<MeasureRead>(body, JsonSerializerOptions.Web)!;
            state = state.After(fact, reader.GetFieldValue<DateOnly>(2));
        }

        return state;
    }

    private static void Check(NpgsqlBatchCommand write, int facts)
    {
        if (write.RecordsAffected != facts)
            throw new InvalidOperationException("The stream had another version.");
    }

    private static void AddFacts(NpgsqlBatchCommand write, StreamKey stream, int expected, MeasureFact[] facts, DateOnly day, Guid command)
    {
        var parameters = write.Parameters;
        parameters.Add(Value(AppendServer.Tenant, NpgsqlDbType.Text));
        parameters.Add(Value(stream.Name, NpgsqlDbType.Text));
        parameters.Add(Value(expected, NpgsqlDbType.Integer));
        parameters.Add(Value(Measuring.Actor, NpgsqlDbType.Text));
        parameters.Add(Value("secretariat", NpgsqlDbType.Text));
        parameters.Add(Value<string?>(null, NpgsqlDbType.Text));
        parameters.Add(Value("none", NpgsqlDbType.Text));
        parameters.Add(Value<string?>(null, NpgsqlDbType.Text));
        parameters.Add(Value("{}", NpgsqlDbType.Jsonb));
        parameters.Add(Value(command, NpgsqlDbType.Uuid));
        parameters.Add(Value(command, NpgsqlDbType.Uuid));
        parameters.Add(Value(day, NpgsqlDbType.Date));
        foreach (var fact in facts)
        {
            parameters.Add(Value(fact is MeasurePlanned ? MeasureCodec.Planned : MeasureCodec.Read, NpgsqlDbType.Text));
            parameters.Add(Value(1, NpgsqlDbType.Integer));
            parameters.Add(Value(JsonSerializer.SerializeToUtf8Bytes(fact, fact.GetType(), JsonSerializerOptions.Web), NpgsqlDbType.Jsonb));
        }
    }

    private static void AddRow(NpgsqlBatchCommand write, MeasureState row)
    {
        write.Parameters.Add(Value(row.Versions, NpgsqlDbType.Array | NpgsqlDbType.Integer));
        write.Parameters.Add(Value(row.Municipality, NpgsqlDbType.Text));
        write.Parameters.Add(Value(row.Readings > 0 ? "underWay" : "planned", NpgsqlDbType.Text));
        write.Parameters.Add(Value(row.PlannedOn, NpgsqlDbType.Date));
        write.Parameters.Add(Value(row.Readings, NpgsqlDbType.Integer));
        write.Parameters.Add(Value(row.LastReading, NpgsqlDbType.Integer));
        write.Parameters.Add(Value(row.Readings > 0 ? row.LastOn : (DateOnly?)null, NpgsqlDbType.Date));
    }

    private static NpgsqlParameter<T> Value<T>(T value, NpgsqlDbType type) => new() { TypedValue = value, NpgsqlDbType = type };

    private static string NewStream(int facts) =>
        $"insert into store.streams (tenant, stream, version, recorded_at) values ($1, $2, $3 + {facts}, clock_timestamp()) returning recorded_at";

    private static string OldStream(int facts) =>
        $"update store.streams set version = version + {facts}, recorded_at = clock_timestamp() where tenant = $1 and stream = $2 and version = $3 returning recorded_at";

    private static string Events(int facts)
    {
        var rows = Enumerable.Range(0, facts).Select(i =>
        {
            var p = Enumerable.Range(SharedParameters + 1 + i * FactParameters, FactParameters).ToArray();
            return $"($3 + {i + 1}, ${p[0]}, ${p[1]}, ${p[2]})";
        });
        return $"""
            insert into store.events ({EventColumns})
            select $1, $2, f.version, f.type, f.type_version, f.body, $12, $12, $12, 'day', null,
                   s.recorded_at, pg_current_xact_id(), $4, $5, $6, $7, $8, null, '{"{}"}', $9, null, $10, $11
              from s, (values {string.Join(", ", rows)}) as f (version, type, type_version, body)
            """;
    }

    private static int After(int facts) => SharedParameters + facts * FactParameters;

    private static string Receipt(int facts) =>
        $"insert into store.receipts (tenant, actor, command_id, request_hash, answer, recorded_at) select $1, $4, $10, ${After(facts) + 1}, ${After(facts) + 2}, s.recorded_at from s";

    private static string FirstSegment(string table, int facts)
    {
        var p = After(facts) + 3;
        return $"insert into tables.{table} ({RowColumns}) select $1, $2, $2, ${p}, date 'infinity', s.recorded_at, timestamptz 'infinity', {Row(p + 1)} from s";
    }

    private static string EndSegment(string table, int facts) =>
        $"update tables.{table} t set known_to = s.recorded_at from s where t.tenant = $1 and t.stream = $2 and t.key = $2 and t.valid_from = ${After(facts) + 11} and t.known_to = 'infinity'";

    /// <summary>The old row until the day, and the new one from it.</summary>
    private static string NextSegments(string table, int facts)
    {
        var p = After(facts) + 3;
        return $"""
            insert into tables.{table} ({RowColumns})
            select $1, $2, $2, ${p + 8}, ${p}, s.recorded_at, timestamptz 'infinity', {Row(p + 9)} from s
            union all
            select $1, $2, $2, ${p}, date 'infinity', s.recorded_at, timestamptz 'infinity', {Row(p + 1)} from s
            """;
    }

    private static string Row(int first) => string.Join(", ", Enumerable.Range(first, 7).Select(i => $"${i}"));
}
