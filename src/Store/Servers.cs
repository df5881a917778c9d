using System.Collections.Concurrent;
using System.Net.Sockets;
using Npgsql;

namespace HousingBank.Store;

/// <summary>The servers of one database ("Host=a,b"). Should two of them say that they are the primary, the one that was promoted last is it.</summary>
/// <remarks>
/// A promotion begins a timeline of a higher number. A primary that was given up and comes back as it was is on an earlier one: what would be decided there
/// is unknown to everybody else. Connections to it are refused and the next server is asked; those that are open are given up as soon as somebody knows.
/// </remarks>
internal sealed class Servers
{
    // A standby says 0. The cluster is named beside it: the timelines of another one, restored from a dump, begin anew.
    private const string AskTimeline = """
        select system_identifier, case when pg_is_in_recovery() then 0 else ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int end
          from pg_control_system()
        """;

    private const int Patience = 2;

    private static readonly ConcurrentDictionary<string, Servers> s_known = new();

    private readonly ConcurrentDictionary<long, int> _latest = new();
    private readonly ConcurrentBag<WeakReference<NpgsqlDataSource>> _sources = [];
    private readonly Lazy<Task<IReadOnlyList<PrimaryServer>>> _firstLook;
    private readonly string[] _each;

    private Servers(NpgsqlConnectionStringBuilder settings)
    {
        _each = [.. settings.Host!.Split(',').Select(host => OnlyOn(settings, host.Trim()))];
        _firstLook = new(() => LookAsync(CancellationToken.None));
    }

    public static Servers Of(NpgsqlConnectionStringBuilder settings) => s_known.GetOrAdd(settings.Host!, _ => new Servers(settings));

    /// <summary>Connections of the source are to the primary that was promoted last.</summary>
    /// <param name="atItsStart">What is done to each connection first.</param>
    public NpgsqlMultiHostDataSource Build(NpgsqlDataSourceBuilder builder, Func<NpgsqlConnection, Task>? atItsStart)
    {
        builder.UsePhysicalConnectionInitializer(connection => BeginAsync(connection).GetAwaiter().GetResult(), BeginAsync);
        var source = builder.BuildMultiHost();
        _sources.Add(new(source));
        return source;

        async Task BeginAsync(NpgsqlConnection connection)
        {
            if (atItsStart is not null)
                await atItsStart(connection);
            await RefuseFormerAsync(connection);
        }
    }

    /// <summary>Asks all servers which are primaries, and gives up connections to one that was promoted earlier than another.</summary>
    /// <returns>The primaries, the one promoted last first; those that do not answer are left out.</returns>
    public async Task<IReadOnlyList<PrimaryServer>> LookAsync(CancellationToken cancel)
    {
        var answers = await Task.WhenAll(_each.Select(one => AskAsync(one, cancel)));
        var primaries = answers.OfType<PrimaryServer>().Where(p => p.Timeline > 0).OrderByDescending(p => p.Timeline).ToList();
        foreach (var primary in primaries)
            Note(primary);
        return primaries;
    }

    private async Task RefuseFormerAsync(NpgsqlConnection connection)
    {
        await _firstLook.Value;
        var here = await AskAsync(connection, CancellationToken.None);
        if (here.Timeline > 0 && here.Timeline < Note(here))
            throw new FormerPrimaryException(here);
    }

    /// <returns>The latest timeline that is known of.</returns>
    private int Note(PrimaryServer primary)
    {
        var before = _latest.GetValueOrDefault(primary.Cluster);
        var latest = _latest.AddOrUpdate(primary.Cluster, primary.Timeline, (_, known) => Math.Max(known, primary.Timeline));
        if (before > 0 && latest > before)
        {
            foreach (var each in _sources)
            {
                if (each.TryGetTarget(out var source))
                    source.Clear();
            }
        }

        return latest;
    }

    private static async Task<PrimaryServer?> AskAsync(string connectionString, CancellationToken cancel)
    {
        try
        {
            await using var connection = new NpgsqlConnection(connectionString);
            await connection.OpenAsync(cancel);
            return await AskAsync(connection, cancel);
        }
        catch (Exception e) when (e is NpgsqlException or SocketException or TimeoutException)
        {
            return null;
        }
    }

    private static async Task<PrimaryServer> AskAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(AskTimeline, connection);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        return new PrimaryServer(connection.DataSource, reader.GetInt64(0), reader.GetInt32(1));
    }

    private static string OnlyOn(NpgsqlConnectionStringBuilder settings, string host) => new NpgsqlConnectionStringBuilder(settings.ConnectionString)
    {
        Host = host,
        TargetSessionAttributes = null,
        Pooling = false,
        Timeout = Patience,
        CommandTimeout = Patience,
    }.ConnectionString;
}

/// <summary>A server that says that it is the primary.</summary>
/// <param name="Server">Its address.</param>
/// <param name="Cluster">PostgreSQL's number of the cluster that it and its standbys are.</param>
/// <param name="Timeline">One more with each promotion.</param>
public sealed record PrimaryServer(string Server, long Cluster, int Timeline);

/// <summary>A server says that it is the primary, and another one was promoted after it.</summary>
public sealed class FormerPrimaryException(PrimaryServer server)
    : NpgsqlException($"{server.Server} says that it is the primary, on timeline {server.Timeline}; another server was promoted after it.");
