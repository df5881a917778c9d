using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using HousingBank.EmbeddedPostgres;
using HousingBank.Processes;
using HousingBank.ReadModels;
using HousingBank.Store;
using HousingBank.Support;
using Npgsql;

namespace HousingBank.Faults.Tests;

/// <summary>A durable PostgreSQL server on a folder of its own, migrated by the operator, with a login for the web process as in production.</summary>
internal sealed class Installation : IAsyncDisposable
{
    public const string Tenant = "region-ost";

    // In development nothing limits how often a token may ask.
    private const string Token = "hb_faults";

    // A kill before that would meet nothing but pages and decisions.
    private static readonly TimeSpan s_toBegin = TimeSpan.FromMilliseconds(500);

    private readonly TemporaryFolder? _folder;
    private readonly PostgresServerOptions _options;
    private readonly List<WebProcess> _webs = [];

    private Installation(TemporaryFolder? folder, PostgresServerOptions options, PostgresServer server)
    {
        _folder = folder;
        _options = options;
        Server = server;
    }

    public PostgresServer Server { get; private set; }

    public int Port => new NpgsqlConnectionStringBuilder(Server.ConnectionString).Port;

    /// <summary>As superuser.</summary>
    public string Operator => Server.ConnectionStringFor("programme");

    /// <summary>Installed PostgreSQL programs with those that copy a server; null when this machine has none.</summary>
    public static string? InstalledPrograms { get; } = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(d => Path.Combine(d, "bin")).Where(d => File.Exists(Path.Combine(d, "pg_basebackup")) && File.Exists(Path.Combine(d, "initdb"))).Max(StringComparer.Ordinal)
        : null;

    /// <param name="folder">Where its data is kept; null for one of its own.</param>
    public static async Task<Installation> StartAsync(string? folder = null, string? programs = null, Dictionary<string, string>? settings = null)
    {
        var own = folder is null ? NewFolder() : null;
        var options = new PostgresServerOptions
        {
            DataRoot = Path.Combine(folder ?? own!.Path, "server"),
            Port = 0,
            BinDirectory = programs,
            Settings = settings ?? [],
        };
        var installation = new Installation(own, options, await PostgresServer.StartAsync(options));
        await AskAsync(installation.Server.ConnectionString, "create database programme template template0");
        await new SchemaMigrator(installation.Operator).MigrateAsync(_ => { }, CancellationToken.None);
        await installation.TableBuilder().BuildAsync(_ => { }, CancellationToken.None);
        await AskAsync(installation.Operator, $"""
            create role programme_web login;
            do $$ declare name text; begin
              for name in select rolname from pg_roles where rolname in ('programme_app', 'programme_numbering', 'programme_subscriber', 'programme_sealer') loop
                execute format('grant %I to programme_web', name);
              end loop;
            end $$;
            insert into access.service_tokens (id, secret_hash, owner, role, tenant, name, scopes, expires_at)
            values (gen_random_uuid(), '\x{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Token)))}', 'demo:faults', 'leadership', '{Tenant}', 'faults', array['read', 'write'], clock_timestamp() + interval '1 day')
            """);
        return installation;
    }

    /// <summary>A server on a copy of another's data.</summary>
    /// <param name="folder">Holds the copy, as <see cref="PostgresServer.DataDirectory"/> holds the original.</param>
    public static async Task<Installation> OnCopyAsync(string folder, string programs)
    {
        var options = new PostgresServerOptions { DataRoot = folder, Port = 0, BinDirectory = programs };
        return new Installation(null, options, await PostgresServer.StartAsync(options));
    }

    /// <summary>Where the user that the server runs as may make folders.</summary>
    public static TemporaryFolder NewFolder()
    {
        var folder = new TemporaryFolder();
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder.Path, (UnixFileMode)0b111_111_111);
        return folder;
    }

    /// <summary>The server's connection string for the web process, or for one that comes through something else.</summary>
    public string ForWeb(int? port = null) => new NpgsqlConnectionStringBuilder(Operator)
    {
        Username = "programme_web",
        Port = port ?? Port,
    }.ConnectionString;

    public TableBuilder TableBuilder() => new(Operator, new TwoClockTables(ReadModelTables.All), FactCodec.OfDomain());

    /// <returns>One at full work: ready, and at numbering, following and sealing.</returns>
    public async Task<WebProcess> StartWebAsync(string? connectionString = null, int? port = null)
    {
        var web = WebProcess.Start(connectionString ?? ForWeb(), port);
        _webs.Add(web);
        await web.ReadyAsync();
        await Task.Delay(HistoryKeeper.FirstPages + s_toBegin);
        return web;
    }

    /// <summary>kill -9 of the whole server, and a new one on its data and its port.</summary>
    public async Task KillAndRestartServerAsync()
    {
        await Server.KillAsync();
        await StartServerAgainAsync();
    }

    public async Task StartServerAgainAsync()
    {
        var port = Port;
        await Server.DisposeAsync();
        Server = await PostgresServer.StartAsync(_options with { Port = port });
    }

    /// <summary>A client of the API with the right to do anything there.</summary>
    public static HttpClient Client(int port)
    {
        // A connection for each request: a balancer then sends each of them to the next process.
        var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(30) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        client.DefaultRequestHeaders.ConnectionClose = true;
        return client;
    }

    public Task<object?> AskAsync(string sql) => AskAsync(Operator, sql);

    public static async Task<object?> AskAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false;Command Timeout=60");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    /// <param name="row">Reads one.</param>
    public async Task<List<T>> ListAsync<T>(string sql, Func<NpgsqlDataReader, T> row)
    {
        await using var connection = new NpgsqlConnection(Operator + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
            rows.Add(row(reader));
        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var web in _webs)
            await web.DisposeAsync();
        await Server.DisposeAsync();
        _folder?.Dispose();
    }
}
