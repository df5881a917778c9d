using HousingBank.Support;
using Npgsql;

namespace HousingBank.Store.Tests.TwoClock;

/// <summary>A migrated database with the tables of these tests built in it, for a class of tests.</summary>
public sealed class TableDatabase(TestServer server) : IAsyncLifetime
{
    private readonly List<NpgsqlDataSource> _sources = [];

    /// <summary>As superuser.</summary>
    public string ConnectionString { get; private set; } = "";

    public static TwoClockTables Tables { get; } = new([new GoodsTable(), new ThingTable()]);

    public async ValueTask InitializeAsync() => ConnectionString = await server.CopyOfAsync("two_clock_tables", MakeAsync, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (var source in _sources)
            await source.DisposeAsync();
    }

    public NpgsqlDataSource As(StoreRole role)
    {
        var source = StoreDataSource.Create(ConnectionString, role);
        _sources.Add(source);
        return source;
    }

    /// <summary>With connections of its own, as another process has.</summary>
    public EventStore NewStore(TwoClockTables? tables = null) => new(As(StoreRole.App), new ShelfCodec(), tables ?? Tables);

    public TableReader NewReader(TwoClockTables? tables = null) => new(As(StoreRole.App), tables ?? Tables);

    public TableBuilder NewBuilder(TwoClockTables tables) => new(ConnectionString, tables, new ShelfCodec());

    /// <summary>The first column of every row, as superuser.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var rows = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            rows.Add(reader.IsDBNull(0) ? "" : reader.GetValue(0).ToString()!);
        return rows;
    }

    /// <summary>The same, for whoever cannot wait.</summary>
    public IReadOnlyList<string> List(string sql) => Task.Run(() => ListAsync(sql)).GetAwaiter().GetResult();

    private static async Task MakeAsync(string connectionString)
    {
        await new SchemaMigrator(connectionString).MigrateAsync(_ => { }, TestContext.Current.CancellationToken);
        await new TableBuilder(connectionString, Tables, new ShelfCodec()).BuildAsync(_ => { }, TestContext.Current.CancellationToken);
    }
}

internal static class ShelfWriting
{
    /// <summary>Loads the stream and records the facts in it, as a decision does.</summary>
    public static async Task<WriteResult> RecordAsync(this EventStore store, Scope scope, StreamKey stream, params IReadOnlyList<FactToWrite> facts)
    {
        var loaded = await store.LoadAsync(scope, [stream], null, TestContext.Current.CancellationToken);
        return await store.WriteAsync(
            scope, loaded, [new StreamWrite(stream, loaded.Streams[stream].Count, facts)], Given.Circumstances(), null, null, TestContext.Current.CancellationToken);
    }

    /// <summary>Records a history, its commits one after the other.</summary>
    public static async Task RecordAsync(this EventStore store, Scope scope, StreamKey stream, IReadOnlyList<Recording> recordings)
    {
        var there = 0;
        while (there < recordings.Count)
        {
            var commit = recordings.Skip(there + 1).TakeWhile(r => r.SameCommit).Prepend(recordings[there]);
            FactToWrite[] facts = [.. commit.Select((r, i) => ShelfHistories.ToWrite(r, there + i))];
            (await store.RecordAsync(scope, stream, facts)).ShouldBeOfType<WriteResult.Written>();
            there += facts.Length;
        }
    }
}
