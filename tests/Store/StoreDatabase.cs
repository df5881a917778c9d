using HousingBank.Support;
using Npgsql;

namespace HousingBank.Store.Tests;

/// <summary>A migrated database for a class of tests, and the store on it as the web process has it.</summary>
public sealed class StoreDatabase(TestServer server) : IAsyncLifetime
{
    private readonly List<NpgsqlDataSource> _sources = [];

    /// <summary>As superuser.</summary>
    public string ConnectionString { get; private set; } = "";

    public EventStore Store { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        ConnectionString = await server.CopyOfAsync("store", MigrateAsync, TestContext.Current.CancellationToken);
        Store = NewStore();
    }

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
    public EventStore NewStore() => new(As(StoreRole.App), new NoteCodec(), new TwoClockTables([]));

    public async Task<object?> AskAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    private static Task MigrateAsync(string connectionString) => new SchemaMigrator(connectionString).MigrateAsync(_ => { }, TestContext.Current.CancellationToken);
}
