using HousingBank.EmbeddedPostgres;
using Npgsql;

namespace HousingBank.Support;

/// <summary>
/// One PostgreSQL server for a test assembly: <c>[assembly: AssemblyFixture(typeof(TestServer))]</c>.
/// It starts when the first test asks for a database.
/// </summary>
public sealed class TestServer : IAsyncDisposable
{
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private readonly HashSet<string> _templates = [];
    private PostgresServer? _server;
    private int _databases;

    /// <summary>An empty database of its own.</summary>
    /// <returns>Its connection string, as superuser.</returns>
    public async Task<string> EmptyDatabaseAsync(CancellationToken cancel = default)
    {
        var server = await StartedAsync(cancel);
        return await CreateAsync(server, NextName(), template: "template0", cancel);
    }

    /// <summary>A database of its own, copied in milliseconds from one that is made once for the assembly.</summary>
    /// <param name="template">The template's name: small letters and underscores.</param>
    /// <param name="make">Fills the template, given its connection string; runs for the first copy only.</param>
    /// <returns>The copy's connection string, as superuser.</returns>
    public async Task<string> CopyOfAsync(string template, Func<string, Task> make, CancellationToken cancel = default)
    {
        var server = await StartedAsync(cancel);
        await EnsureTemplateAsync(server, template, make, cancel);
        return await CreateAsync(server, NextName(), template, cancel);
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _oneAtATime.Dispose();
    }

    private string NextName() => $"test_{Interlocked.Increment(ref _databases)}";

    private async Task<PostgresServer> StartedAsync(CancellationToken cancel)
    {
        await _oneAtATime.WaitAsync(cancel);
        try
        {
            return _server ??= await PostgresServer.StartAsync(PostgresServerOptions.ForTests, cancel);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    private async Task EnsureTemplateAsync(PostgresServer server, string template, Func<string, Task> make, CancellationToken cancel)
    {
        // Templates are made one after the other because their migrations share the server's roles.
        await _oneAtATime.WaitAsync(cancel);
        try
        {
            if (_templates.Contains(template))
            {
                return;
            }

            await make(await CreateAsync(server, template, "template0", cancel));
            await DisconnectAllAsync(server, template, cancel);
            _templates.Add(template);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    private static async Task<string> CreateAsync(PostgresServer server, string name, string template, CancellationToken cancel)
    {
        await ExecuteAsync(server, $"create database {name} template {template}", cancel);
        // Each database has pools of its own, and an assembly makes a hundred: what lies idle would fill the server.
        return new NpgsqlConnectionStringBuilder(server.ConnectionStringFor(name)) { ConnectionIdleLifetime = 4, ConnectionPruningInterval = 2 }.ConnectionString;
    }

    /// <summary>A database that somebody is connected to cannot be copied; pools keep their connections.</summary>
    private static async Task DisconnectAllAsync(PostgresServer server, string database, CancellationToken cancel)
    {
        NpgsqlConnection.ClearAllPools();
        await ExecuteAsync(server, $"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{database}'", cancel);
    }

    private static async Task ExecuteAsync(PostgresServer server, string sql, CancellationToken cancel)
    {
        await using var source = NpgsqlDataSource.Create(server.ConnectionString + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
