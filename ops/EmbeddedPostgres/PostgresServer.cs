using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Npgsql;

namespace HousingBank.EmbeddedPostgres;

/// <summary>A PostgreSQL server of our own: its data folder made when missing, running until disposed or until this process ends in any way.</summary>
public sealed partial class PostgresServer : IAsyncDisposable
{
    private const string Superuser = "app";

    // The address of a unix socket holds 107 bytes; a socket's own name in its folder takes some of them.
    private const int LongestSocketRoot = 80;

    // Told to the server as its cluster_name: on a shared socket another server may be the one that answers.
    private readonly string _name;
    private readonly Process _process;
    private readonly Task _log;
    private readonly Places _places;
    private readonly PostgresPrograms _programs;
    private bool _disposed;

    private PostgresServer(string name, Process process, Task log, Places places, PostgresPrograms programs, int majorVersion, string connectionString)
    {
        _name = name;
        _process = process;
        _log = log;
        _places = places;
        _programs = programs;
        MajorVersion = majorVersion;
        ConnectionString = connectionString;
    }

    /// <summary>As superuser, to the database "postgres".</summary>
    public string ConnectionString { get; }

    public int MajorVersion { get; }

    /// <exception cref="PostgresUnavailableException">No binaries, a port in use, data of another major version, or the server did not come up.</exception>
    public static async Task<PostgresServer> StartAsync(PostgresServerOptions? options = null, CancellationToken cancel = default)
    {
        options ??= new PostgresServerOptions();
        TemporaryFolders.RemoveAbandoned();
        var bin = PostgresBinaries.Require(options.BinDirectory);
        var version = await MajorVersionOfAsync(bin, cancel);
        var places = Places.For(options.DataRoot, version);
        var programs = new PostgresPrograms(bin, places.Root);
        var port = options.Port is > 0 ? FixedPort(options.Port.Value)
            : options.Port is 0 || OperatingSystem.IsWindows() ? LoopbackPort.Free()
            : (int?)null;

        await MakeFoldersAsync(places, cancel);
        if (!Directory.Exists(places.Data))
        {
            await InitialiseAsync(programs, places, options, cancel);
        }

        var name = "housingbank-" + Path.GetRandomFileName()[..8];
        var process = programs.Serve(ServerArguments(name, places, port, options));
        var tail = new LogTail();
        var log = Task.WhenAll(tail.FollowAsync(process.StandardError), tail.FollowAsync(process.StandardOutput));
        var connectionString = new NpgsqlConnectionStringBuilder
        {
            Host = port is null ? places.Socket : "127.0.0.1",
            Port = port ?? NpgsqlConnection.DefaultPort,
            Username = Superuser,
            Database = "postgres",
            Timeout = 5,
            IncludeErrorDetail = true,
        }.ConnectionString;

        var server = new PostgresServer(name, process, log, places, programs, version, connectionString);
        try
        {
            await server.WaitUntilReadyAsync(options.StartTimeout, tail, cancel);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>True when a server that may be ours runs on data below the folder; it need not be there.</summary>
    public static bool IsRunningIn(string dataRoot) =>
        Directory.Exists(dataRoot)
        && Directory.EnumerateFiles(dataRoot, "postmaster.pid", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 })
            .Any(file => int.TryParse(File.ReadLines(file).FirstOrDefault(), CultureInfo.InvariantCulture, out var id) && IsAlive(id));

    /// <summary>The folder with the data itself, of which the major version is part of the name.</summary>
    public string DataDirectory => _places.Data;

    /// <summary>False when it has ended, by itself or killed.</summary>
    public bool IsRunning => !_process.HasExited;

    /// <summary>Kills it with all its processes, as a power cut would; what it had told the operating system to write is written. Start another on the same folder.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        // The log ends when the last of its processes has ended.
        await _log;
        // Killed, but perhaps not yet buried by whoever inherited it: the next server would take it for running.
        File.Delete(Path.Combine(_places.Data, "postmaster.pid"));
        foreach (var file in Directory.EnumerateFiles(_places.Socket, ".s.PGSQL.*.lock"))
        {
            File.Delete(file);
        }
    }

    /// <summary>Runs one of PostgreSQL's own programs, or any other by its path, as the user the server runs as.</summary>
    /// <returns>What the program wrote.</returns>
    /// <exception cref="PostgresUnavailableException">It ended with an error.</exception>
    public Task<string> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancel = default) => _programs.RunAsync(program, arguments, cancel);

    public string ConnectionStringFor(string database) =>
        new NpgsqlConnectionStringBuilder(ConnectionString) { Database = database }.ConnectionString;

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _places.MakeYoung();
        await StopAsync();
        await _log;
        _process.Dispose();
        _places.CleanUp();
    }

    private async Task StopAsync()
    {
        if (OperatingSystem.IsWindows() && !_process.HasExited)
        {
            await _programs.RunAsync("pg_ctl", ["stop", "-D", _places.Data, "-m", "fast", "-w"], CancellationToken.None);
        }

        await BoundProcess.StopAsync(_process);
    }

    private async Task WaitUntilReadyAsync(TimeSpan timeout, LogTail tail, CancellationToken cancel)
    {
        var waited = Stopwatch.StartNew();
        await using var source = NpgsqlDataSource.Create(ConnectionString + ";Pooling=false");
        while (true)
        {
            if (_process.HasExited)
            {
                await _log;
                throw new PostgresUnavailableException(tail.ToString().Contains("\"postmaster.pid\" already exists", StringComparison.Ordinal)
                    ? $"The database in {_places.Root} is already running: stop the program that started it first."
                    : $"PostgreSQL ended at once (exit code {_process.ExitCode}); its last lines say why:{Environment.NewLine}{tail}");
            }

            try
            {
                await using var show = source.CreateCommand("show cluster_name");
                if ((string?)await show.ExecuteScalarAsync(cancel) == _name)
                {
                    return;
                }
            }
            catch (Exception e) when (e is NpgsqlException or SocketException)
            {
                // Not up yet.
            }

            if (waited.Elapsed > timeout)
            {
                throw new PostgresUnavailableException(
                    $"PostgreSQL did not answer within {timeout.TotalSeconds:0} seconds; its last lines:{Environment.NewLine}{tail}");
            }

            await Task.Delay(25, cancel);
        }
    }

    private static async Task MakeFoldersAsync(Places places, CancellationToken cancel)
    {
        if (PostgresPrograms.RunAsNobody)
        {
            const string Nobody = PostgresPrograms.Nobody;
            await PostgresPrograms.RunToEndAsync(["install", "-d", "-m", "0700", "-o", Nobody, "-g", Nobody, places.Root, places.Socket], cancel);
            if (Directory.Exists(places.Data))
            {
                await PostgresPrograms.RunToEndAsync(["chown", "-R", $"{Nobody}:{Nobody}", places.Data], cancel);
            }
        }
        else
        {
            Directory.CreateDirectory(places.Root);
            if (!OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(places.Socket, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
    }

    /// <summary>Makes the data folder whole or not at all: under another name first, so that an interrupted start leaves no half of one.</summary>
    private static async Task InitialiseAsync(PostgresPrograms programs, Places places, PostgresServerOptions options, CancellationToken cancel)
    {
        if (Directory.Exists(places.Unfinished))
        {
            Directory.Delete(places.Unfinished, recursive: true);
        }

        // C.UTF-8 sorts the same on every machine; where people see an order, the query names the Norwegian collation.
        var locale = OperatingSystem.IsLinux() ? "--locale=C.UTF-8" : "--locale=C";
        string[] sync = options.Durable ? [] : ["--no-sync"];
        await programs.RunAsync(
            "initdb", ["-D", places.Unfinished, "-U", Superuser, "-A", "trust", "-E", "UTF8", locale, .. sync], cancel);
        Directory.Move(places.Unfinished, places.Data);
    }

    private static List<string> ServerArguments(string name, Places places, int? port, PostgresServerOptions options)
    {
        var settings = new Dictionary<string, string>
        {
            ["cluster_name"] = name,
            ["listen_addresses"] = port is null ? "" : "127.0.0.1",
            ["unix_socket_directories"] = OperatingSystem.IsWindows() ? "" : places.Socket,
            ["logging_collector"] = "off",
            ["max_connections"] = "200",
            ["shared_buffers"] = "64MB",
            ["timezone"] = "UTC",
            ["log_timezone"] = "UTC",
            ["lc_messages"] = "C",
        };
        if (!options.Durable)
        {
            settings["fsync"] = "off";
            settings["synchronous_commit"] = "off";
            settings["full_page_writes"] = "off";
            settings["wal_level"] = "minimal";
            settings["max_wal_senders"] = "0";
        }

        foreach (var (setting, value) in options.Settings)
        {
            settings[setting] = value;
        }

        return ["-D", places.Data, "-p", $"{port ?? NpgsqlConnection.DefaultPort}", .. settings.SelectMany(s => new[] { "-c", $"{s.Key}={s.Value}" })];
    }

    private static async Task<int> MajorVersionOfAsync(string bin, CancellationToken cancel)
    {
        var answer = await PostgresPrograms.RunToEndAsync([PostgresBinaries.Program(bin, "postgres"), "--version"], cancel);
        return int.Parse(VersionNumber().Match(answer).Value, CultureInfo.InvariantCulture);
    }

    private static bool IsAlive(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static int FixedPort(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return port;
        }
        catch (SocketException e)
        {
            throw new PostgresUnavailableException($"Port {port} is used by another program: stop that program, or choose another port for PostgreSQL.", e);
        }
    }

    [GeneratedRegex(@"\d+")]
    private static partial Regex VersionNumber();

    /// <summary>Where a server keeps its things.</summary>
    /// <param name="Data">Carries the major version in its name: no version can read another's files.</param>
    private sealed record Places(string Root, string Data, string Socket, bool Temporary)
    {
        public string Unfinished => Path.Combine(Root, "unfinished");

        /// <exception cref="PostgresUnavailableException">The root holds data of another major version only.</exception>
        public static Places For(string? dataRoot, int majorVersion)
        {
            var root = Path.GetFullPath(dataRoot ?? TemporaryFolders.NewPath());
            var data = Path.Combine(root, $"data-{majorVersion}");
            if (!Directory.Exists(data) && Directory.Exists(root) && Directory.EnumerateDirectories(root, "data-*").FirstOrDefault() is { } other)
            {
                var found = Path.GetFileName(other)["data-".Length..];
                throw new PostgresUnavailableException(
                    $"The data in {root} was written by PostgreSQL {found}, but the server found is version {majorVersion}: "
                    + $"set PG_BIN to the programs of version {found}, or start anew with --fresh (which deletes that data).");
            }

            var socket = root.Length <= LongestSocketRoot ? Path.Combine(root, "s") : Path.Combine(Path.GetTempPath(), "pgs-" + Path.GetRandomFileName()[..8]);
            return new Places(root, data, socket, Temporary: dataRoot is null);
        }

        /// <summary>Once it has stopped, a folder that is old would be taken for abandoned by whoever starts a server at that moment, and removed by both.</summary>
        public void MakeYoung()
        {
            if (Temporary && Directory.Exists(Root))
            {
                Directory.SetLastWriteTimeUtc(Root, TimeProvider.System.GetUtcNow().UtcDateTime);
            }
        }

        public void CleanUp()
        {
            if (!Socket.StartsWith(Root, StringComparison.Ordinal) && Directory.Exists(Socket))
            {
                Directory.Delete(Socket, recursive: true);
            }

            if (Temporary && Directory.Exists(Root))
            {
                Directory.Delete(Root, recursive: true);
            }
        }
    }
}
