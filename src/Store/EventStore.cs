using System.Text.Json;
using Npgsql;
using static HousingBank.Store.Sql;

namespace HousingBank.Store;

/// <summary>Events on PostgreSQL: loads what a decision looks at, writes what it gives, each in one round trip.</summary>
/// <param name="source">Connections as <see cref="StoreRole.App"/> or <see cref="StoreRole.Import"/>.</param>
public sealed class EventStore(NpgsqlDataSource source, IFactCodec codec, TwoClockTables tables) : IEventStore
{
    private const string LoadReceipt =
        "select request_hash, answer, recorded_at from store.receipts where tenant = $1 and actor = $2 and command_id = $3";

    // Whose they are is said by row-level security. Said a second time to the index, PostgreSQL counts on a search for each pair of the two lists and thinks that fewer
    // events are left; where there are many offices it then reads all that the asked one has.
    private const string LoadStreams = $"select {FoldedFact.Columns} from store.events e where e.stream = any ($1) order by e.tenant, e.stream, e.version";

    // Most decisions look at one stream, which is found sooner by its name than by a list of one.
    private const string LoadStream = $"select {FoldedFact.ColumnsOfOneStream} from store.events e where e.stream = $1 order by e.tenant, e.version";

    // The same to whoever may read on, and nothing that an index is chosen by.
    private const string InReadableTenant = "(e.tenant = any ($1)) is true";

    private const string SelectFacts =
        $"select {FactRow.Columns}, o.ordinal from store.events e left join store.ordinals o on o.transaction = e.transaction and o.position = e.position";

    /// <summary>So many facts of one stream on one exact day are written by store.start_on_day and store.add_on_day, others by store.append_several.</summary>
    private const int UsualFacts = 3;

    /// <summary>By the number of facts, from 0 on.</summary>
    private static readonly string[] s_startOnDay = [.. Enumerable.Range(0, UsualFacts + 1).Select(facts => $"select store.start_on_day({Places(1, 14 + facts * 3)})")];
    private static readonly string[] s_addOnDay = [.. Enumerable.Range(0, UsualFacts + 1).Select(facts => $"select store.add_on_day({Places(1, 15 + facts * 3)})")];

    private static readonly string s_appendSeveral = $"select store.append_several({Places(1, 19)})";

    public NpgsqlDataSource Source => source;

    public IFactCodec Codec => codec;

    public TwoClockTables Tables => tables;

    /// <summary>
    /// Gives each write its recording moment when a history is carried over (<see cref="BeginCarryingOverAsync"/>). Null, in the ordinary course: the database takes it.
    /// </summary>
    public Func<DateTimeOffset>? CarriedOverMoment { get; init; }

    /// <summary>First round trip: tenant setting, receipt and streams.</summary>
    /// <remarks>A stream of the same name in the scope's own tenant hides one of another tenant. Ordinals are not looked up.</remarks>
    public Task<Loaded> LoadAsync(Scope scope, IReadOnlyList<StreamKey> streams, ReceiptKey? receipt, CancellationToken cancel) =>
        source.AskAsync(() => LoadOnceAsync(scope, streams, receipt, cancel));

    /// <summary>Second round trip: stream rows, facts, receipt and the segments of the two-clock tables, in one transaction. A person's erasure also destroys the key.</summary>
    /// <param name="loaded">What the decision looked at; the tables' segments are computed from it.</param>
    /// <param name="writes">
    /// Every stream written or looked at, once. One that was only looked at and belongs to another tenant (the national register) is not guarded.
    /// </param>
    /// <param name="answer">JSON of the receipt; the moment stands beside it. Null, with the receipt key, leaves no receipt.</param>
    /// <exception cref="StoreNotReadyException">The cluster was restored from a dump and its log is not numbered yet.</exception>
    /// <exception cref="NotConfirmedException">It is written here, but the standby was not waited for to the end.</exception>
    /// <exception cref="CarryOverException">A moment was to be carried over, and others have recorded in the tenant.</exception>
    public Task<WriteResult> WriteAsync(
        Scope scope,
        Loaded loaded,
        IReadOnlyList<StreamWrite> writes,
        Circumstances circumstances,
        ReceiptKey? receipt,
        string? answer,
        CancellationToken cancel) =>
        source.AskAsync(() => WriteOnceAsync(scope, loaded, writes, circumstances, receipt, answer, cancel));

    /// <summary>
    /// Allows writes with <see cref="CarriedOverMoment"/>, all before the moment of this import's own event, until anything else is recorded in the tenant.
    /// Only as <see cref="StoreRole.Import"/>.
    /// </summary>
    /// <param name="toldIn">The stream with the event that says that a history is carried over: the only events of the tenant.</param>
    /// <exception cref="CarryOverException">The tenant holds other events, or the stream none, or another program has begun.</exception>
    public async Task BeginCarryingOverAsync(Scope scope, StreamKey toldIn, CancellationToken cancel)
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(scope.Setting());
        batch.BatchCommands.Add(Statement("select store.begin_carrying_over($1)", Text(toldIn.Name)));
        try
        {
            await batch.ExecuteNonQueryAsync(cancel);
        }
        catch (PostgresException e) when (e.SqlState == SqlStates.NotCarriedOver)
        {
            throw new CarryOverException($"Tenant {scope.Tenant} must hold the events of {toldIn} and no others.", e);
        }
        catch (PostgresException e) when (e is { SqlState: PostgresErrorCodes.UniqueViolation, TableName: "carried_over" })
        {
            throw CarryOverException.AnotherDoesSo(scope, e);
        }
    }

    /// <summary>Events by moment, newest first, those of one moment by position: the decision log.</summary>
    public async Task<FactPage> FactsAsync(Scope scope, FactQuery query, CancellationToken cancel)
    {
        var facts = await ReadAsync(scope, FactSearch.Statement(scope, query), cancel);
        if (facts.Count <= query.Limit)
            return new FactPage(facts, Next: null);
        var page = facts.Take(query.Limit).ToArray();
        return new FactPage(page, new FactCursor(page[^1].RecordedAt, page[^1].Position));
    }

    /// <summary>A stream from its first fact on, with the ordinals that it has by now; empty when it is not there, or its tenant may not be read.</summary>
    public async Task<IReadOnlyList<StoredFact>> StreamAsync(Scope scope, StreamKey stream, CancellationToken cancel)
    {
        var found = await ReadAsync(
            scope, Statement($"{SelectFacts} where {InReadableTenant} and e.stream = $2 order by e.version", Texts(scope.Readable), Text(stream.Name)), cancel);
        var tenant = found.Exists(f => f.Tenant == scope.Tenant) ? scope.Tenant : found.FirstOrDefault()?.Tenant;
        return [.. found.Where(f => f.Tenant == tenant)];
    }

    /// <summary>The corrections and strikes of streams that were known at a moment, in recorded order.</summary>
    public async Task<IReadOnlyList<Replacement>> ReplacementsAsync(Scope scope, IReadOnlyList<StreamKey> streams, DateTimeOffset knownAt, CancellationToken cancel)
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(scope.Setting());
        batch.BatchCommands.Add(Statement(
            $"""
            select e.tenant, e.stream, e.version, e.type, e.replaces from store.events e
             where {InReadableTenant} and e.stream = any ($2) and e.replaces is not null and e.recorded_at <= $3
             order by e.version
            """,
            Texts(scope.Readable), Texts(streams.Select(s => s.Name)), Moment(knownAt)));
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        await reader.NextResultAsync(cancel);
        var found = new List<Replacement>();
        while (await reader.ReadAsync(cancel))
            found.Add(new Replacement(reader.GetString(0), new StreamKey(reader.GetString(1)), reader.GetInt32(2), reader.GetString(3), reader.GetInt32(4)));
        return found;
    }

    /// <returns>Null when there is none, or its tenant may not be read.</returns>
    public async Task<StoredFact?> FactAsync(Scope scope, StreamKey stream, int version, CancellationToken cancel)
    {
        var found = await ReadAsync(
            scope, Statement($"{SelectFacts} where {InReadableTenant} and e.stream = $2 and e.version = $3", Texts(scope.Readable), Text(stream.Name), Integer(version)), cancel);
        return found.FirstOrDefault(f => f.Tenant == scope.Tenant) ?? found.FirstOrDefault();
    }

    /// <returns>Null when there is none, or its tenant may not be read.</returns>
    public async Task<StoredFact?> FactAsync(Scope scope, long ordinal, CancellationToken cancel) =>
        (await ReadAsync(scope, Statement($"{SelectFacts} where o.ordinal = $1", Long(ordinal)), cancel)).SingleOrDefault();

    public async Task<LogState> LogStateAsync(CancellationToken cancel)
    {
        await using var command = source.CreateCommand("select last_ordinal, nullif(settled, '-infinity') from store.numbering");
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        return new LogState(reader.GetInt64(0), reader.IsDBNull(1) ? null : reader.GetFieldValue<DateTimeOffset>(1));
    }

    private async Task<Loaded> LoadOnceAsync(Scope scope, IReadOnlyList<StreamKey> streams, ReceiptKey? receipt, CancellationToken cancel)
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(scope.SettingForKeys());
        if (streams.Count > 0)
            batch.BatchCommands.Add(streams is [var one] ? Statement(LoadStream, Text(one.Name), Text(scope.Tenant)) : Statement(LoadStreams, Texts(streams.Select(s => s.Name))));
        // After the streams: a twin that is carried out meanwhile is then found by its receipt, and never taken for somebody else who moved them.
        if (receipt is not null)
            batch.BatchCommands.Add(Statement(LoadReceipt, Text(scope.Tenant), Text(receipt.Actor), Id(receipt.CommandId)));

        await using var reader = await batch.ExecuteReaderAsync(cancel);
        var found = streams.Distinct().ToDictionary(s => s, _ => new List<StoredFact>());
        if (streams.Count > 0)
        {
            await reader.NextResultAsync(cancel);
            while (await reader.ReadAsync(cancel))
            {
                var fact = streams is [var only] ? FoldedFact.From(reader, scope.Tenant, only, codec) : FoldedFact.From(reader, codec);
                var facts = found[fact.Stream];
                if (facts.Count > 0 && facts[0].Tenant != fact.Tenant)
                {
                    if (fact.Tenant != scope.Tenant)
                        continue;
                    facts.RemoveAll(f => f.Tenant != scope.Tenant);
                }

                facts.Add(fact);
            }
        }

        Receipt? earlier = null;
        if (receipt is not null)
        {
            await reader.NextResultAsync(cancel);
            if (await reader.ReadAsync(cancel))
                earlier = new Receipt(reader.GetFieldValue<byte[]>(0), reader.GetString(1), reader.GetFieldValue<DateTimeOffset>(2));
        }

        if (earlier is not null)
            await StandbyWait.UntilAllAsync(source, cancel);
        return new Loaded(earlier, found.ToDictionary(s => s.Key, s => (IReadOnlyList<StoredFact>)s.Value));
    }

    private async Task<WriteResult> WriteOnceAsync(
        Scope scope,
        Loaded loaded,
        IReadOnlyList<StreamWrite> writes,
        Circumstances circumstances,
        ReceiptKey? receipt,
        string? answer,
        CancellationToken cancel)
    {
        if (receipt is not null && (receipt.Actor != circumstances.Actor || receipt.CommandId != circumstances.CommandId))
            throw new ArgumentException("The receipt is of another command than the facts.", nameof(receipt));

        StreamWrite[] guarded = [.. writes.Where(w => w.Facts.Count > 0 || BelongsTo(scope.Tenant, loaded, w.Stream))];
        Array.Sort(guarded, (a, b) => string.CompareOrdinal(a.Stream.Name, b.Stream.Name));
        var facts = Unrecorded(scope, writes, circumstances);

        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var batch = connection.CreateBatch();
        var usual = IsUsual(guarded, circumstances);
        batch.BatchCommands.Add(usual
            ? OnDay(scope, guarded[0], facts, circumstances, receipt, answer)
            : AppendSeveral(scope, guarded, facts, circumstances, receipt, answer));
        foreach (var written in guarded)
        {
            if (written.Facts.Count == 0)
                continue;
            var before = loaded.Streams.GetValueOrDefault(written.Stream) ?? [];
            StoredFact[] after = [.. before, .. facts.Where(f => f.Fact.Stream == written.Stream).Select(f => f.Fact)];
            foreach (var command in tables.SegmentCommands(written.Stream, before, after))
                batch.BatchCommands.Add(command);
        }

        foreach (var erased in facts.Where(f => f.Fact.Type == PersonKeys.ErasedAs))
            batch.BatchCommands.Add(PersonKeys.Destroy(erased.Fact));

        var wait = StandbyWait.On(connection);
        try
        {
            await using var reader = await batch.ExecuteReaderAsync(cancel);
            await reader.ReadAsync(cancel);
            var moment = usual ? reader.GetFieldValue<DateTimeOffset>(0) : DateTimeOffset.UnixEpoch.AddMicroseconds(reader.GetFieldValue<long[]>(0)[0]);
            StoredFact[] recorded = [.. facts.Select(f => f.Fact with { RecordedAt = moment })];

            while (await reader.NextResultAsync(cancel))
            {
                // The segments answer nothing that is needed; reading on brings their errors.
            }

            wait.EnsureNotCutShort();
            return new WriteResult.Written(moment, recorded);
        }
        catch (PostgresException e) when (e.SqlState == SqlStates.StaleStream)
        {
            var stale = JsonSerializer.Deserialize<StaleHint>(e.Hint!, JsonSerializerOptions.Web)!;
            return new WriteResult.Stale(new StreamKey(stale.Stream), stale.Expected, stale.Actual);
        }
        catch (PostgresException e) when (e.SqlState == SqlStates.AlreadyDone)
        {
            await connection.CloseAsync();
            var first = await LoadAsync(scope, [], new ReceiptKey(circumstances.Actor, circumstances.CommandId, []), cancel);
            return new WriteResult.AlreadyDone(first.Receipt!);
        }
        catch (PostgresException e) when (e.SqlState == SqlStates.TablesMoved)
        {
            return new WriteResult.TablesMoved(e.Hint!);
        }
        catch (PostgresException e) when (e.SqlState == SqlStates.NotNumberedHere)
        {
            throw new StoreNotReadyException("The database was restored from a dump; its log is being numbered before anything is written.", e);
        }
        catch (PostgresException e) when (e.SqlState == SqlStates.NotCarriedOver)
        {
            throw new CarryOverException($"Recording moments cannot be carried over into tenant {scope.Tenant}: it holds other events, or the moment lies after the import began.", e);
        }
    }

    private async Task<List<StoredFact>> ReadAsync(Scope scope, NpgsqlBatchCommand statement, CancellationToken cancel)
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(scope.Setting());
        batch.BatchCommands.Add(statement);
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        await reader.NextResultAsync(cancel);
        var facts = new List<StoredFact>();
        while (await reader.ReadAsync(cancel))
            facts.Add(FactRow.From(reader).Read(codec));
        return facts;
    }

    private static bool BelongsTo(string tenant, Loaded loaded, StreamKey stream) =>
        loaded.Streams.GetValueOrDefault(stream) is not [var first, ..] || first.Tenant == tenant;

    private List<UnrecordedFact> Unrecorded(Scope scope, IReadOnlyList<StreamWrite> writes, Circumstances circumstances)
    {
        var facts = new List<UnrecordedFact>(UsualFacts);
        foreach (var write in writes)
        {
            for (var i = 0; i < write.Facts.Count; i++)
            {
                var (fact, on, replaces) = write.Facts[i];
                var (type, version, body) = codec.Write(fact);
                var stored = new StoredFact(
                    scope.Tenant, write.Stream, write.ExpectedVersion + 1 + i, type, fact, on, DateTimeOffset.MaxValue, circumstances, replaces, 0, null);
                facts.Add(new UnrecordedFact(stored, version, body));
            }
        }

        return facts;
    }

    /// <summary>Facts of one stream on one exact day, which correct nothing and need no reason to be entered.</summary>
    private bool IsUsual(StreamWrite[] guarded, Circumstances circumstances) =>
        guarded is [{ Facts: [{ On: { IsExact: true } on }, ..] and { Count: <= UsualFacts } facts }]
        && facts.All(f => f.Replaces is null && f.On == on)
        && circumstances is { EntryReason: null, NotDocumented.Count: 0 }
        && CarriedOverMoment is null;

    private NpgsqlBatchCommand OnDay(
        Scope scope, StreamWrite write, List<UnrecordedFact> facts, Circumstances circumstances, ReceiptKey? receipt, string? answer)
    {
        var isNew = write.ExpectedVersion == 0;
        var command = Statement((isNew ? s_startOnDay : s_addOnDay)[facts.Count], Text(scope.Tenant), Text(write.Stream.Name));
        var parameters = command.Parameters;
        if (!isNew)
            parameters.Add(Integer(write.ExpectedVersion));
        AddGrounds(parameters, circumstances);
        AddCommand(parameters, circumstances, receipt, answer);
        parameters.Add(Text(tables.Edition));
        parameters.Add(Day(write.Facts[0].On.Placed));
        foreach (var (fact, typeVersion, body) in facts)
        {
            parameters.Add(Text(fact.Type));
            parameters.Add(Integer(typeVersion));
            parameters.Add(Json(body));
        }

        return command;
    }

    private NpgsqlBatchCommand AppendSeveral(
        Scope scope, StreamWrite[] guarded, List<UnrecordedFact> facts, Circumstances circumstances, ReceiptKey? receipt, string? answer)
    {
        var command = Statement(
            s_appendSeveral,
            Text(scope.Tenant),
            Texts(guarded.Select(w => w.Stream.Name)),
            Integers(guarded.Select(w => w.ExpectedVersion)),
            Integers(guarded.Select(w => w.Facts.Count)));
        AddGrounds(command.Parameters, circumstances);
        command.Parameters.Add(Text(circumstances.EntryReason));
        command.Parameters.Add(Texts(circumstances.NotDocumented));
        AddCommand(command.Parameters, circumstances, receipt, answer);
        command.Parameters.Add(MomentOrNull(CarriedOverMoment?.Invoke()));
        command.Parameters.Add(Text(tables.Edition));
        var places = guarded.Select((w, i) => (w.Stream, Place: i + 1)).ToDictionary(s => s.Stream, s => s.Place);
        command.Parameters.Add(Json(JsonSerializer.Serialize(facts.Select((f, i) => FactInJson.Of(f, i + 1, places[f.Fact.Stream])), FactInJson.Options)));
        return command;
    }

    private static void AddGrounds(NpgsqlParameterCollection parameters, Circumstances circumstances)
    {
        parameters.Add(Text(circumstances.Actor));
        parameters.Add(Text(circumstances.Role));
        parameters.Add(Text(circumstances.DecidedBy));
        parameters.Add(Text(circumstances.BasisKind));
        parameters.Add(Text(circumstances.Basis));
    }

    private static void AddCommand(NpgsqlParameterCollection parameters, Circumstances circumstances, ReceiptKey? receipt, string? answer)
    {
        parameters.Add(Json(circumstances.LookedAt.Count == 0 ? "{}" : JsonSerializer.Serialize(circumstances.LookedAt)));
        parameters.Add(Id(circumstances.CommandId));
        parameters.Add(Id(circumstances.Correlation));
        parameters.Add(Bytes(receipt?.RequestHash));
        parameters.Add(Json(receipt is null ? null : answer));
    }

    /// <param name="Fact">As it will stand, but for the moment and the position.</param>
    private sealed record UnrecordedFact(StoredFact Fact, int TypeVersion, string Body);

    /// <summary>A fact as store.append_several reads it.</summary>
    private sealed record FactInJson(
        int Place, int Stream, int Version, string Type, int TypeVersion, JsonElement Body,
        DateOnly EffectiveOn, DateOnly EffectiveFirst, DateOnly EffectiveLast, string Precision, string? AssumedBecause, int? Replaces)
    {
        public static JsonSerializerOptions Options { get; } = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

        public static FactInJson Of(UnrecordedFact unrecorded, int place, int stream)
        {
            var (fact, typeVersion, body) = unrecorded;
            return new(
                place, stream, fact.Version, fact.Type, typeVersion, JsonElement.Parse(body),
                fact.On.Placed, fact.On.First, fact.On.Last, fact.On.Precision, fact.On.AssumedBecause, fact.Replaces);
        }
    }

    private sealed record StaleHint(string Stream, int Expected, int Actual);
}

/// <summary>The store cannot be written to yet; it will be in a moment.</summary>
public sealed class StoreNotReadyException(string message, Exception inner) : Exception(message, inner);

/// <summary>Recording moments can be carried over only into a tenant that holds nothing else.</summary>
public sealed class CarryOverException(string message, Exception inner) : Exception(message, inner)
{
    internal static CarryOverException AnotherDoesSo(Scope scope, Exception inner) =>
        new($"Another program carries the same history over into tenant {scope.Tenant}. What it has recorded stands; when it has ended, the same command goes on from there.", inner);
}
