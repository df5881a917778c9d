using System.Globalization;
using HousingBank.Domain.Imports;
using HousingBank.Domain.Vocabulary;
using HousingBank.Processes;
using HousingBank.ReadModels;
using HousingBank.Store;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace HousingBank.Benchmarks;

/// <param name="Events">In all, about; never fewer than the asked office has.</param>
/// <param name="Streams">Of the asked office's courses: a quarter each are participations, applications, agreements and learning entries.</param>
/// <param name="FactsInStream">In each of them; 24 or more.</param>
public sealed record HistorySize(long Events, int Streams = 500, int FactsInStream = 24);

/// <summary>
/// A database with a long history: one office that is asked, and as many others like it as the events call for. The facts are decided by the domain's own
/// rules, the segments of the tables are the store's own; the same size gives the same history, ids and moments included.
/// </summary>
/// <remarks>
/// All courses of an office stand from <see cref="FirstDay"/> on and none ends, so that board and matrix have as many rows on every day and at every moment
/// from then on; what happens later changes rows. One change in ten is recorded late.
/// </remarks>
public sealed class LargeHistory
{
    /// <summary>The office that is asked.</summary>
    public const string Tenant = "asked";

    private const string Pattern = "pattern";
    private const int FactsAtATime = 5_000;

    private readonly string _connectionString;
    private readonly HistorySize _size;

    private LargeHistory(string connectionString, HistorySize size, IReadOnlyList<MeasuredCourse> courses) =>
        (_connectionString, _size, Courses) = (connectionString, size, courses);

    /// <summary>From this day on, and known from this day on, all courses are there.</summary>
    public static DateOnly FirstDay { get; } = new(2016, 7, 1);

    /// <summary>Nothing takes effect or is recorded after it.</summary>
    public static DateOnly LastDay { get; } = new(2026, 6, 30);

    /// <summary>The asked office's.</summary>
    public IReadOnlyList<MeasuredCourse> Courses { get; }

    /// <summary>Makes the history in a database that is empty.</summary>
    /// <param name="connectionString">As superuser.</param>
    public static async Task<LargeHistory> MakeAsync(string connectionString, HistorySize size, CancellationToken cancel)
    {
        var codec = FactCodec.OfDomain();
        var tables = new TwoClockTables(ReadModelTables.All);
        await new SchemaMigrator(connectionString).MigrateAsync(_ => { }, cancel);
        await new TableBuilder(connectionString, tables, codec).BuildAsync(_ => { }, cancel);

        await using var source = StoreDataSource.Create(connectionString, StoreRole.Import);
        var store = new EventStore(source, codec, tables);
        var asked = await MeasuredOffice.ThinkOfAsync(Tenant, 1, size.Streams / 4, size.FactsInStream, codec);
        await CarryOverAsync(store, Scope.National, asked.Streams, cancel);
        await CarryOverAsync(store, Tenant, asked.Streams, cancel);
        // The others are copies of one more, which is like the asked one was before its keys had a longer history.
        var pattern = await MeasuredOffice.ThinkOfAsync(Pattern, 2, size.Streams / 4, Math.Min(size.FactsInStream, 24), codec);
        await CarryOverAsync(store, Pattern, pattern.Streams, cancel);

        var made = new LargeHistory(connectionString, size, asked.Courses);
        await made.GrowAsync(size.Events, cancel);
        return made;
    }

    /// <summary>Adds offices until there are about so many events; the asked office stays as it is.</summary>
    public async Task GrowAsync(long events, CancellationToken cancel)
    {
        await using var source = NpgsqlDataSource.Create(_connectionString);
        var here = await NumberAsync(source, "select count(*) from store.events", cancel);
        var inPattern = await NumberAsync(source, $"select count(*) from store.events where tenant = '{Pattern}'", cancel);
        var offices = (int)await NumberAsync(source, "select count(distinct tenant) from (select distinct on (tenant) tenant from store.streams) t", cancel);
        var missing = (int)Math.Max(0, (events - here + (inPattern / 2)) / inPattern);

        var copy = await CopyOfPatternAsync(source, cancel);
        await Parallel.ForEachAsync(Enumerable.Range(offices, missing), new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = cancel }, async (number, stop) =>
        {
            await using var connection = await source.OpenConnectionAsync(stop);
            await using var command = new NpgsqlCommand(copy(number), connection) { CommandTimeout = 600 };
            await command.ExecuteNonQueryAsync(stop);
        });
        await SettleAsync(source, cancel);
    }

    /// <summary>What carries a service token of the asked office: <c>Authorization: Bearer …</c>.</summary>
    /// <param name="role">camelCase.</param>
    public async Task<string> TokenAsync(string role, CancellationToken cancel)
    {
        var token = "hb_" + Convert.ToHexString(Guid.NewGuid().ToByteArray());
        await using var source = NpgsqlDataSource.Create(_connectionString);
        await using var command = source.CreateCommand(
            """
            insert into access.service_tokens (id, secret_hash, owner, role, tenant, name, scopes, expires_at)
            values (gen_random_uuid(), sha256(convert_to($1, 'UTF8')), 'measuring', $2, $3, 'measuring', '{read,write}', now() + interval '1 day')
            """);
        command.Parameters.Add(new() { Value = token });
        command.Parameters.Add(new() { Value = role });
        command.Parameters.Add(new() { Value = Tenant });
        await command.ExecuteNonQueryAsync(cancel);
        return token;
    }

    private static async Task CarryOverAsync(EventStore store, string tenant, IReadOnlyList<IReadOnlyList<StoredFact>> all, CancellationToken cancel)
    {
        var scope = Scope.Of(tenant);
        var import = new ImportId(NamedUuid.Make(NamedUuid.Root, $"measuring:{tenant}"));
        var desk = new CommandDesk(store, Reactions.All(new HistoryReader(store)), NullLogger<CommandDesk>.Instance);
        var begin = new CarryHistoryOver(import, "measuring") { On = MeasuredOffice.Launch };
        if (await desk.RunAsync(new Caller("measuring", Role.Import, tenant), begin, import.Value, null, cancel) is var outcome and not Outcome.Done)
            throw new InvalidOperationException($"{begin}: {outcome}");
        await store.BeginCarryingOverAsync(scope, new StreamKey(import.Stream.ToString()), cancel);
        var carrier = new HistoryCarrier(store.Source, store.Codec, store.Tables);
        foreach (var streams in all.Where(s => s[0].Tenant == tenant).Chunk(Math.Max(1, FactsAtATime / all.Max(s => s.Count))))
            await carrier.WriteAsync(scope, streams, cancel);
    }

    /// <returns>The statements that copy the pattern to another office, given its number: other ids in every column, moments some time later.</returns>
    private static async Task<Func<int, string>> CopyOfPatternAsync(NpgsqlDataSource source, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(
            """
            select format('%I.%I', n.nspname, c.relname), a.attname, format_type(a.atttypid, null)
              from pg_class c
              join pg_namespace n on n.oid = c.relnamespace
              join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attidentity = '' and a.attname <> 'salt'
             where (n.nspname = 'store' and c.relname in ('streams', 'events'))
                or (n.nspname = 'tables' and c.relname in (select physical from tables.registry))
             order by n.nspname, c.relname, a.attnum
            """);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var columns = new List<(string Table, string Column, string Type)>();
        while (await reader.ReadAsync(cancel))
            columns.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2)));

        var inserts = columns.GroupBy(c => c.Table).Select(table =>
            $"""
            insert into {table.Key} ({string.Join(", ", table.Select(c => '"' + c.Column + '"'))})
            select {string.Join(", ", table.Select(c => Copied(c.Column, c.Type)))} from {table.Key} where tenant = '{Pattern}'
            """).ToList();
        return number => string.Join(";\n", inserts)
            .Replace("{office}", number.ToString("D5", CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{hex}", (0x8000 + (number % 0x4000)).ToString("x4", CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{seconds}", (number % 40_000).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{bare}", number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    // The fourth group of an id is the office's.
    private static string Copied(string column, string type) => (column, type) switch
    {
        ("tenant", _) => "'office-{office}'",
        ("transaction", _) => "pg_current_xact_id()",
        ("stream" or "key" or "body" or "looked_at", _) => $"""regexp_replace("{column}"::text, '([0-9a-f]{"{8}"}-[0-9a-f]{"{4}"}-[0-9a-f]{"{4}"})-[0-9a-f]{"{4}"}-', '\1-{"{hex}"}-', 'g')::{type}""",
        (_, "uuid") => $"""overlay("{column}"::text placing '{"{hex}"}' from 20 for 4)::uuid""",
        (_, "timestamp with time zone") => $"""("{column}" + interval '{"{seconds}"} s')""",
        _ => $"\"{column}\"",
    };

    /// <summary>Numbers the log and leaves it as a program would that has followed it all along; gathers statistics.</summary>
    private static async Task SettleAsync(NpgsqlDataSource source, CancellationToken cancel)
    {
        while (await NumberAsync(source, "select numbered from store.number_events('00000000-0000-0000-0000-000000000001', interval '1 s', 200000)", cancel) > 0)
        {
            // The next ones.
        }

        await RunAsync(
            source,
            $"""
            update store.numbering set lease_until = '-infinity';
            insert into store.subscriptions (name, checkpoint) select '{ReactionHandler.Subscription}', last_ordinal from store.numbering
            on conflict (name) do update set checkpoint = excluded.checkpoint;
            """,
            cancel);
        await RunAsync(source, "vacuum (analyze)", cancel);
        await RunAsync(source, "checkpoint", cancel);
    }

    private static async Task<long> NumberAsync(NpgsqlDataSource source, string sql, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 600;
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    private static async Task RunAsync(NpgsqlDataSource source, string sql, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 600;
        await command.ExecuteNonQueryAsync(cancel);
    }
}
