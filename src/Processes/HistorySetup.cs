using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using HousingBank.Store;
using HousingBank.Store.Seals;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace HousingBank.Processes;

/// <summary>The history and the desk as a long-running program has them.</summary>
public static class HistorySetup
{
    /// <summary>Connections are made when they are first needed: a program may start before its database.</summary>
    /// <param name="connectionString">
    /// A login that may act as application, numbering and subscriber; one that may also act as owner makes the schema at start.
    /// Null as long as none is configured: whoever needs it says so.
    /// </param>
    public static IServiceCollection AddHistory(this IServiceCollection services, string? connectionString, IReadOnlyList<TwoClockTable> tables) => services
        .AddSingleton(new HistoryConnection(connectionString))
        .AddSingleton(provider => provider.GetRequiredService<HistoryConnection>().As(StoreRole.App))
        .AddSingleton(FactCodec.OfDomain())
        .AddSingleton<IFactCodec>(provider => provider.GetRequiredService<FactCodec>())
        .AddSingleton(new TwoClockTables(tables))
        .AddSingleton<EventStore>()
        .AddSingleton<IEventStore>(provider => provider.GetRequiredService<EventStore>())
        .AddSingleton<TableReader>()
        .AddSingleton<HistoryReader>()
        .AddSingleton(provider => Reactions.All(provider.GetRequiredService<HistoryReader>()))
        .AddSingleton<CommandDesk>()
        .AddSingleton<ReactionHandler>();

    /// <summary>Makes the schema and the tables at start, or waits for them, then numbers the log and carries out what follows from it.</summary>
    public static IServiceCollection AddHistoryKeeping(this IServiceCollection services) => services
        .AddSingleton<HistoryKeeper>()
        .AddHostedService(provider => provider.GetRequiredService<HistoryKeeper>())
        .AddHostedService<LogGauges>();

    /// <summary>Seals the log as long as the program runs.</summary>
    /// <param name="signingKey">A private key in PEM or its path; null: heads are not signed.</param>
    /// <param name="publishTo">A file outside the database that gets each head; null for none.</param>
    /// <exception cref="InvalidDataException">The signing key cannot be read.</exception>
    public static IServiceCollection AddSealing(this IServiceCollection services, string? signingKey, string? publishTo)
    {
        // Read at once: a program with a key that cannot be used does not start.
        var key = SigningKey.From(signingKey);
        var heads = string.IsNullOrWhiteSpace(publishTo) ? null : new PublishedHeads(publishTo);
        return services
            .AddSingleton<SealLog>()
            .AddSingleton<ProvenExport>()
            .AddSingleton(provider => new SealKeeper(
                provider.GetRequiredService<HistoryConnection>(), provider.GetRequiredService<HistoryKeeper>(), key, heads, provider.GetRequiredService<ILogger<SealKeeper>>()))
            .AddHostedService(provider => provider.GetRequiredService<SealKeeper>());
    }
}

/// <summary>Where the history is.</summary>
public sealed class HistoryConnection(string? connectionString)
{
    /// <exception cref="InvalidOperationException">None is configured.</exception>
    public string ConnectionString => connectionString is { Length: > 0 }
        ? connectionString
        : throw new InvalidOperationException("No database is configured: set ConnectionStrings__Programme.");

    public bool IsConfigured => connectionString is { Length: > 0 };

    public NpgsqlDataSource As(StoreRole role) => StoreDataSource.Create(ConnectionString, role);
}

/// <summary>Brings the database to what this program needs, and keeps the log numbered and followed as long as the program runs.</summary>
/// <remarks>
/// Only a login that may act as owner makes schema and tables. With any other the program waits, not ready, until the operator has migrated.
/// Pages read while tables are built; decisions wait until they are in use. When another program puts other tables into use, this one ends, to be started anew.
/// </remarks>
public sealed class HistoryKeeper(
    HistoryConnection connection, FactCodec codec, TwoClockTables tables, IServiceProvider services, IHostApplicationLifetime lifetime, ILogger<HistoryKeeper> log)
    : BackgroundService
{
    private static readonly TimeSpan s_again = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_lease = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_tellAgain = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, long> _told = new();
    private readonly TaskCompletionSource _follows = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>So long after the database is ready nothing runs beside the pages: whoever opens the first one would wait while all that is compiled and connected too (measured by start).</summary>
    public static TimeSpan FirstPages { get; } = TimeSpan.FromSeconds(2);

    /// <summary>True when schema and tables are those this program works with.</summary>
    public bool IsReady { get; private set; }

    /// <summary>True when a newer program's tables are in use: this one reads, and every decision is answered with "not now".</summary>
    public bool OnlyReads { get; private set; }

    /// <summary>Ends when what runs beside the pages may begin: <see cref="FirstPages"/> after the database is ready.</summary>
    public Task Follows => _follows.Task;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!connection.IsConfigured)
        {
            log.LogWarning("No database is configured: set ConnectionStrings__Programme.");
            return;
        }

        try
        {
            await PrepareAsync(stoppingToken);
            IsReady = true;
            await Task.WhenAll(FollowAsync(stoppingToken), EndWhenTablesMovedAsync(stoppingToken), LeaveFormerPrimaryAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program ends.
        }
        catch (Exception e) when (e is SchemaTooNewException or RowChangedException)
        {
            log.LogCritical("{Reason}", e.Message);
            await GiveUpAsync(stoppingToken);
        }
    }

    /// <summary>Ends the program as one that failed. It is let start first: a host that is stopped on the way ends with a fault of its own.</summary>
    private async Task GiveUpAsync(CancellationToken cancel)
    {
        Environment.ExitCode = 1;
        using var started = CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStarted, cancel);
        await Task.Delay(Timeout.InfiniteTimeSpan, started.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lifetime.StopApplication();
    }

    private async Task PrepareAsync(CancellationToken cancel)
    {
        var prepared = new PreparedDatabase(services.GetRequiredService<NpgsqlDataSource>(), tables);
        string? told = null;
        while (true)
        {
            try
            {
                var newer = await new SchemaMigrator(connection.ConnectionString).MayMigrateAsync(cancel) ? await MakeAsync(cancel) : await prepared.NewerTablesAsync(cancel);
                OnlyReads = newer.Count > 0;
                if (OnlyReads)
                    log.LogWarning("A newer program's tables are in use ({Tables}): this one reads, but cannot decide.", string.Join(", ", newer));
                return;
            }
            catch (Exception e) when (e is NotPreparedException or NpgsqlException or SocketException or TimeoutException && !cancel.IsCancellationRequested)
            {
                // Waiting may take days: each reason is told once.
                if (e.Message != told)
                    log.LogWarning("The database is not ready for this program: {Reason}", told = e.Message);
                await Task.Delay(s_again, cancel);
            }
        }
    }

    private async Task<IReadOnlyList<string>> MakeAsync(CancellationToken cancel)
    {
        await new SchemaMigrator(connection.ConnectionString).MigrateAsync(step => log.LogInformation("{Step}", step), cancel);
        return await new TableBuilder(connection.ConnectionString, tables, codec).BuildAsync(
            progress => log.LogInformation("Table {Table}: {Step}, {Facts} facts.", progress.Table, progress.Step, progress.Facts), cancel);
    }

    private async Task FollowAsync(CancellationToken cancel)
    {
        await Task.Delay(FirstPages, cancel);
        _follows.SetResult();
        // Asked for only now: without a database there is no desk.
        var reactions = services.GetRequiredService<ReactionHandler>();
        await using var numbering = connection.As(StoreRole.Numbering);
        await using var subscriber = connection.As(StoreRole.Subscriber);
        await Task.WhenAll(
            new Numbering(numbering).RunAsync(Report, cancel),
            new Subscription(subscriber, codec, ReactionHandler.Subscription, reactions.HandleAsync, s_lease).RunAsync(Report, cancel));
    }

    private async Task EndWhenTablesMovedAsync(CancellationToken cancel)
    {
        var app = services.GetRequiredService<NpgsqlDataSource>();
        string? atStart = null;
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await using var command = app.CreateCommand("select tables from tables.edition");
                var inUse = (string)(await command.ExecuteScalarAsync(cancel))!;
                atStart ??= inUse;
                if (inUse != atStart)
                {
                    log.LogCritical("Other tables have been put into use; this program ends, to be started anew.");
                    lifetime.StopApplication();
                    return;
                }
            }
            catch (Exception e) when (!cancel.IsCancellationRequested)
            {
                Report(e);
            }

            await Task.Delay(s_look, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Asking which servers are primaries gives up connections to a former one; somebody has to stop it all the same.</summary>
    private async Task LeaveFormerPrimaryAsync(CancellationToken cancel)
    {
        string? told = null;
        while (!cancel.IsCancellationRequested)
        {
            var primaries = await StoreDataSource.PrimariesAsync(connection.ConnectionString, cancel);
            var former = string.Join(", ", primaries.Skip(1).Select(p => p.Server));
            if (former.Length > 0 && former != told)
                log.LogCritical("{Former} says that it is the primary as well as {Used}, which was promoted last and is used: stop the former one.", former, primaries[0].Server);
            told = former;
            await Task.Delay(s_look, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>What passes is tried again several times a second: it is told in one line, and again only after a while.</summary>
    private void Report(Exception e)
    {
        if (!PassingFaults.Includes(e))
        {
            log.LogWarning(e, "Following the log: {Reason}", e.Message);
            return;
        }

        if (_told.TryGetValue(e.Message, out var at) && Stopwatch.GetElapsedTime(at) < s_tellAgain)
            return;
        _told[e.Message] = Stopwatch.GetTimestamp();
        log.LogWarning("Following the log: {Reason}", e.Message);
    }
}
