using System.Diagnostics;
using System.Text;
using HousingBank.Support;

namespace HousingBank.Web.Tests.Attachments;

/// <summary>ClamAV's own daemon, in a folder of its own, with one signature that is made up for these tests.</summary>
internal sealed class Clamd : IAsyncDisposable
{
    public const string Harmful = "what only the scanner of these tests knows to be harmful";

    /// <summary>Bytes of the largest file it looks at.</summary>
    public const int Largest = 1024 * 1024;

    private readonly TemporaryFolder _folder;
    private readonly Process _process;

    private Clamd(TemporaryFolder folder, string settings)
    {
        _folder = folder;
        _process = Process.Start(new ProcessStartInfo(Program!, ["--config-file", settings]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
    }

    public static string? Program { get; } =
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/sbin").Select(f => Path.Combine(f, "clamd")).FirstOrDefault(File.Exists);

    public string Socket => SocketIn(_folder);

    public static async Task<Clamd> StartAsync()
    {
        var folder = new TemporaryFolder();
        var signatures = Directory.CreateDirectory(Path.Combine(folder.Path, "db")).FullName;
        await File.WriteAllTextAsync(Path.Combine(signatures, "tests.ndb"), $"Housing.Test:0:*:{Convert.ToHexStringLower(Encoding.UTF8.GetBytes(Harmful))}\n");
        var settings = Path.Combine(folder.Path, "clamd.conf");
        await File.WriteAllTextAsync(settings, $"""
            LocalSocket {SocketIn(folder)}
            DatabaseDirectory {signatures}
            StreamMaxLength {Largest}
            Foreground yes

            """);
        var clamd = new Clamd(folder, settings);
        await Until.HoldsAsync("clamd listens", () => clamd._process.HasExited ? throw new InvalidOperationException("clamd did not start.") : File.Exists(clamd.Socket));

        return clamd;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Dispose();
    }

    private static string SocketIn(TemporaryFolder folder) => Path.Combine(folder.Path, "clamd.ctl");
}
