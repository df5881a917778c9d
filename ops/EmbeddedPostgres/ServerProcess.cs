using System.Diagnostics;

namespace HousingBank.EmbeddedPostgres;

/// <summary>How PostgreSQL's programs are started: as nobody when we are root, and with nothing of our environment that they read.</summary>
internal static class ServerProcess
{
    public const int NobodyId = 65534;

    // Runs the server and stops it (fast shutdown) when our end of its standard input closes,
    // also when this process is killed. The server's own standard input is /dev/null.
    private const string Supervisor = """
        exec 3<&0
        "$@" </dev/null 3<&- &
        p=$!
        (cat <&3; kill -INT $p) >/dev/null 2>&1 &
        w=$!
        trap 'kill -INT $p 2>/dev/null' TERM INT HUP
        wait $p; rc=$?
        while kill -0 $p 2>/dev/null; do wait $p; rc=$?; done
        kill $w 2>/dev/null
        exit $rc
        """;

    public static bool AsNobody => !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess;

    public static Process StartServer(IReadOnlyList<string> commandLine)
    {
        var info = OperatingSystem.IsWindows()
            ? Describe(commandLine[0], commandLine.Skip(1), asNobody: false)
            : Describe("/bin/sh", ["-c", Supervisor, "postgres", .. commandLine], AsNobody);
        info.RedirectStandardInput = true;
        return Process.Start(info)!;
    }

    /// <returns>What the program wrote.</returns>
    /// <exception cref="PostgresUnavailableException">It could not be started, or ended with an error.</exception>
    public static async Task<string> RunAsync(string file, IEnumerable<string> arguments, bool asNobody, CancellationToken cancel)
    {
        using var process = Process.Start(Describe(file, arguments, asNobody))!;
        var output = process.StandardOutput.ReadToEndAsync(cancel);
        var error = process.StandardError.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        return process.ExitCode == 0
            ? await output
            : throw new PostgresUnavailableException($"{file} ended with exit code {process.ExitCode}: {(await error).Trim()} {(await output).Trim()}".TrimEnd());
    }

    private static ProcessStartInfo Describe(string file, IEnumerable<string> arguments, bool asNobody)
    {
        IEnumerable<string> commandLine = asNobody
            ? ["setpriv", $"--reuid={NobodyId}", $"--regid={NobodyId}", "--clear-groups", "--no-new-privs", file, .. arguments]
            : [file, .. arguments];
        var info = new ProcessStartInfo(commandLine.First(), commandLine.Skip(1))
        {
            UseShellExecute = false,
            WorkingDirectory = Path.GetTempPath(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        foreach (var name in info.Environment.Keys.Where(IsReadByPostgres).ToList())
        {
            info.Environment.Remove(name);
        }

        info.Environment["LC_ALL"] = "C";
        info.Environment["TZ"] = "UTC";
        return info;
    }

    private static bool IsReadByPostgres(string variable) =>
        variable.StartsWith("PG", StringComparison.Ordinal)
        || variable.StartsWith("LC_", StringComparison.Ordinal)
        || variable is "LANG" or "LANGUAGE";
}
