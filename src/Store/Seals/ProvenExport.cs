using System.Text.Json;
using System.Text.Json.Serialization;
using Npgsql;
using static HousingBank.Store.Sql;

namespace HousingBank.Store.Seals;

/// <summary>Which events to export. What is null asks for nothing.</summary>
/// <param name="Streams">kind/id.</param>
/// <param name="Kinds">Kinds of streams: "round".</param>
/// <param name="RecordedFrom">The first moment, included.</param>
/// <param name="RecordedBefore">The first moment that is no longer included.</param>
public sealed record ExportFilter(
    IReadOnlyList<string>? Streams = null, IReadOnlyList<string>? Kinds = null, DateTimeOffset? RecordedFrom = null, DateTimeOffset? RecordedBefore = null);

/// <summary>Events with the hashes that prove them against a signed head; the form stands in docs/reference/seals.md.</summary>
/// <remarks>Events of tenants that may not be read are in it as hashes only. It is read in short statements and holds the events of one seal in memory.</remarks>
/// <param name="source">Connections as <see cref="StoreRole.App"/>.</param>
public sealed class ProvenExport(NpgsqlDataSource source)
{
    private const int Form = 1;
    private const int EventsAtATime = 1_000;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly byte[] s_newLine = "\n"u8.ToArray();

    /// <param name="head">What the events are proven against; later ones are left out.</param>
    /// <returns>How many events were written.</returns>
    /// <exception cref="LogChangedException">An event is not the one that was sealed.</exception>
    public async Task<long> WriteAsync(Scope scope, ExportFilter filter, SignedHead head, Stream output, CancellationToken cancel)
    {
        await LineAsync(output, new { Export = Form, scope.Readable, Filter = filter, Head = JsonSerializer.Deserialize<JsonElement>(head.ToJson()) }, cancel);
        var count = 0L;
        var touched = new List<long>();
        var pending = new List<ExportedEvent>();
        Seal? seal = null;
        await foreach (var next in EventsAsync(scope, filter, head.Head.Events, cancel))
        {
            if (seal is null || next.Ordinal > seal.Last)
            {
                await FlushAsync();
                seal = await SealOfAsync(next.Ordinal, cancel);
            }

            pending.Add(next);
            count++;
        }

        await FlushAsync();
        var seals = Merkle.Missing(await HashesAsync(head.Head.Seals, cancel), [.. touched.Select(n => (int)(n - 1))]);
        await LineAsync(output, new { Events = count, Seals = touched, Hashes = seals.Select(Convert.ToHexStringLower) }, cancel);
        return count;

        async Task FlushAsync()
        {
            if (pending.Count == 0)
                return;
            await WriteSealAsync(output, seal!, pending, cancel);
            touched.Add(seal!.Number);
            pending.Clear();
        }
    }

    private static async Task WriteSealAsync(Stream output, Seal seal, List<ExportedEvent> events, CancellationToken cancel)
    {
        foreach (var each in events)
        {
            if (!seal.Leaves.AsSpan((int)(each.Ordinal - seal.First) * Merkle.HashSize, Merkle.HashSize).SequenceEqual(CanonicalEvent.Hash(each.Salt, each.Line)))
                throw new LogChangedException($"Event {each.Ordinal} is not the one that was sealed. Run verify.");
        }

        var missing = Merkle.Missing(seal.Leaves, [.. events.Select(e => (int)(e.Ordinal - seal.First))]);
        await LineAsync(
            output,
            new { Seal = JsonSerializer.Deserialize<JsonElement>(seal.Header), Ordinals = events.Select(e => e.Ordinal), Hashes = missing.Select(Convert.ToHexStringLower) },
            cancel);
        foreach (var each in events)
        {
            await output.WriteAsync(each.Line, cancel);
            await output.WriteAsync(s_newLine, cancel);
        }
    }

    private static async Task LineAsync(Stream output, object line, CancellationToken cancel)
    {
        await JsonSerializer.SerializeAsync(output, line, s_json, cancel);
        await output.WriteAsync(s_newLine, cancel);
    }

    private async IAsyncEnumerable<ExportedEvent> EventsAsync(
        Scope scope, ExportFilter filter, long last, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        for (var after = 0L; ;)
        {
            var page = await PageAsync(scope, filter, after, last, cancel);
            foreach (var next in page)
                yield return next;
            if (page.Count < EventsAtATime)
                yield break;
            after = page[^1].Ordinal;
        }
    }

    private async Task<List<ExportedEvent>> PageAsync(Scope scope, ExportFilter filter, long after, long last, CancellationToken cancel)
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(scope.Setting());
        batch.BatchCommands.Add(Statement(
            $"""
            select o.ordinal, e.salt, {CanonicalEvent.Line}
              from store.ordinals o
              join store.events e on e.transaction = o.transaction and e.position = o.position
             where o.ordinal > $1 and o.ordinal <= $2 and e.tenant = any ($3)
               and ($4::text[] is null or e.stream = any ($4)) and ($5::text[] is null or split_part(e.stream, '/', 1) = any ($5))
               and ($6::timestamptz is null or e.recorded_at >= $6) and ($7::timestamptz is null or e.recorded_at < $7)
             order by o.ordinal
             limit {EventsAtATime}
            """,
            Long(after), Long(last), Texts(scope.Readable), TextsOrNull(filter.Streams), TextsOrNull(filter.Kinds),
            MomentOrNull(filter.RecordedFrom), MomentOrNull(filter.RecordedBefore)));
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        await reader.NextResultAsync(cancel);
        var events = new List<ExportedEvent>();
        while (await reader.ReadAsync(cancel))
            events.Add(new ExportedEvent(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1), reader.GetFieldValue<byte[]>(2)));
        return events;
    }

    private async Task<Seal> SealOfAsync(long ordinal, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(
            $"select {Seal.Columns} from store.seals s where s.first_ordinal <= $1 order by s.first_ordinal desc limit 1");
        command.Parameters.Add(Long(ordinal));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel) && Seal.From(reader) is var seal && seal.Last >= ordinal
            ? seal
            : throw new LogChangedException($"No seal covers event {ordinal}. Run verify.");
    }

    private async Task<byte[]> HashesAsync(long seals, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("select hash from store.seals where number <= $1 order by number");
        command.Parameters.Add(Long(seals));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var hashes = new MemoryStream();
        while (await reader.ReadAsync(cancel))
            hashes.Write(reader.GetFieldValue<byte[]>(0));
        return hashes.ToArray();
    }

    private static NpgsqlParameter TextsOrNull(IReadOnlyList<string>? values) => values is null ? NoTexts() : Texts(values);

    private sealed record ExportedEvent(long Ordinal, byte[] Salt, byte[] Line);
}
