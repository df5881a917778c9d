using System.Diagnostics;

namespace HousingBank.EmbeddedPostgres;

/// <summary>Runs PostgreSQL's own programs: with nothing of our environment that they read, and as nobody when we are root, which they refuse to be.</summary>
internal sealed class PostgresPrograms
{
    public const string Nobody = "65534";

    // Lets nobody enter folders that are closed to others, such as a checkout in root's home:
    // the capability is kept when the user changes, and access(2) heeds it.
    private static readonly string[] ThroughClosedFolders =
        ["--securebits=+no_setuid_fixup", "--inh-caps=+dac_override", "--ambient-caps=+dac_override"];

    private readonly string _binDirectory;
    private readonly string[] _asUser;

    /// <param name="dataRoot">The server's folder; it may not be there yet.</param>
    public PostgresPrograms(string binDirectory, string dataRoot)
    {
        _binDirectory = binDirectory;
        _asUser = !RunAsNobody ? []
            : ["setpriv", $"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups", "--no-new-privs",
                .. IsOpenToAll(binDirectory) && IsOpenToAll(Path.GetDirectoryName(dataRoot)!) ? [] : ThroughClosedFolders];
    }

    public static bool RunAsNobody => !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess;

    /// <summary>Starts the server; it stops (fast shutdown) with this process.</summary>
    public Process Serve(IEnumerable<string> arguments) =>
        Process.Start(Prepare(BoundProcess.Describe([.. _asUser, File("postgres"), .. arguments], stopSignal: "INT")))!;

    /// <returns>What the program wrote.</returns>
    /// <exception cref="PostgresUnavailableException">It ended with an error.</exception>
    public Task<string> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancel) =>
        RunToEndAsync([.. _asUser, File(program), .. arguments], cancel);

    /// <exception cref="PostgresUnavailableException">It ended with an error.</exception>
    public static async Task<string> RunToEndAsync(IReadOnlyList<string> commandLine, CancellationToken cancel)
    {
        using var process = Process.Start(Prepare(new ProcessStartInfo(commandLine[0], commandLine.Skip(1))))!;
        var output = process.StandardOutput.ReadToEndAsync(cancel);
        var error = process.StandardError.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        return process.ExitCode == 0
            ? await output
            : throw new PostgresUnavailableException(
                $"{string.Join(' ', commandLine)} ended with exit code {process.ExitCode}: {(await error).Trim()} {(await output).Trim()}".TrimEnd());
    }

    private string File(string program) => PostgresBinaries.Program(_binDirectory, program);

    private static bool IsOpenToAll(string directory)
    {
        for (var folder = new DirectoryInfo(directory); folder is not null; folder = folder.Parent)
        {
            if (!OperatingSystem.IsWindows() && folder.Exists && (folder.UnixFileMode & UnixFileMode.OtherExecute) == 0)
            {
                return false;
            }
        }

        return true;
    }

    private static ProcessStartInfo Prepare(ProcessStartInfo info)
    {
        info.WorkingDirectory = Path.GetTempPath();
        info.RedirectStandardOutput = true;
        info.RedirectStandardError = true;
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
