using HousingBank.EmbeddedPostgres;
using HousingBank.Store;
using Npgsql;

namespace HousingBank.Benchmarks;

/// <summary>A durable server with the store's schema, five tables, and a role for what is written by hand.</summary>
internal sealed class AppendServer : IAsyncDisposable
{
    public const string Tenant = "region-ost";

    private readonly PostgresServer _server;
    private readonly NpgsqlDataSource _superuser;

    private AppendServer(PostgresServer server)
    {
        _server = server;
        _superuser = NpgsqlDataSource.Create(server.ConnectionString);
        App = StoreDataSource.Create(server.ConnectionString, StoreRole.App);
        ByHand = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(server.ConnectionString)
        {
            NoResetOnClose = true,
            MaxAutoPrepare = 200,
            AutoPrepareMinUsages = 2,
            Options = "-c role=by_hand -c timezone=UTC -c jit=off",
        });
        Store = new EventStore(App, new MeasureCodec(), Tables);
    }

    /// <summary>How many tables take a stream is said by its kind.</summary>
    public static TwoClockTables Tables { get; } = new(
    [
        new MeasureTable<Table1>("measure_one", "one", "two", "five"),
        new MeasureTable<Table2>("measure_two", "two", "five"),
        new MeasureTable<Table3>("measure_three", "five"),
        new MeasureTable<Table4>("measure_four", "five"),
        new MeasureTable<Table5>("measure_five", "five"),
    ]);

    public NpgsqlDataSource App { get; }

    /// <summary>As a role that owns nothing and is bound by the same row-level security.</summary>
    public NpgsqlDataSource ByHand { get; }

    public EventStore Store { get; }

    public static async Task<AppendServer> StartAsync(CancellationToken cancel)
    {
        var settings = new Dictionary<string, string> { ["shared_buffers"] = "512MB", ["max_wal_size"] = "8GB", ["checkpoint_timeout"] = "30min" };
        var started = new AppendServer(await PostgresServer.StartAsync(new() { Settings = settings }, cancel));
        await new SchemaMigrator(started._server.ConnectionString).MigrateAsync(_ => { }, cancel);
        await new TableBuilder(started._server.ConnectionString, Tables, started.Store.Codec).BuildAsync(_ => { }, cancel);
        await started.ExecuteAsync("""
            create role by_hand nologin nosuperuser nobypassrls in role programme_app;
            grant usage on schema store, tables to by_hand;
            grant select, insert on store.events, store.receipts to by_hand;
            grant select, insert, update on store.streams, tables.measure_one_v1, tables.measure_two_v1 to by_hand;
            """, cancel);
        return started;
    }

    public async Task ExecuteAsync(string sql, CancellationToken cancel)
    {
        await using var command = _superuser.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Gives each name what a stream holds: its row, its events and its segments in the first two tables.</summary>
    public async Task CopyAsync(StreamKey from, IReadOnlyList<StreamKey> to, CancellationToken cancel)
    {
        foreach (var table in new[] { "store.streams", "store.events", "tables.measure_one_v1", "tables.measure_two_v1" })
        {
            await using var columns = _superuser.CreateCommand(
                "select string_agg(quote_ident(attname), ', ') from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attname not in ('position', 'salt')");
            columns.Parameters.Add(new NpgsqlParameter<string> { TypedValue = table });
            var all = (string)(await columns.ExecuteScalarAsync(cancel))!;
            var copied = string.Join(", ", all.Split(", ").Select(c => c is "stream" or "key" ? "n.name" : $"t.{c}"));
            await using var copy = _superuser.CreateCommand($"insert into {table} ({all}) select {copied} from {table} t, unnest($2) as n (name) where t.stream = $1");
            copy.Parameters.Add(new NpgsqlParameter<string> { TypedValue = from.Name });
            copy.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. to.Select(s => s.Name)] });
            await copy.ExecuteNonQueryAsync(cancel);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await ByHand.DisposeAsync();
        await _superuser.DisposeAsync();
        await _server.DisposeAsync();
    }

    private sealed class Table1;

    private sealed class Table2;

    private sealed class Table3;

    private sealed class Table4;

    private sealed class Table5;
}
