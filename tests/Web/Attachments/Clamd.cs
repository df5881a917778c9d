using System.Diagnostics;
using System.Text;

namespace HousingBank.Web.Tests.Attachments;

/// <summary>ClamAV's own daemon, in a folder of its own, with one signature that is made up for these tests.</summary>
internal sealed class Clamd : IAsyncDisposable
{
    public const string Harmful = "what only the scanner of these tests knows to be harmful";

    /// <summary>Bytes of the largest file it looks at.</summary>
    public const int Largest = 1024 * 1024;

    private readonly DirectoryInfo _folder;
    private readonly Process _process;

    private Clamd(DirectoryInfo folder, Process process)
    {
        _folder = folder;
        _process = process;
    }

    public static string? Program { get; } =
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/sbin").Select(f => Path.Combine(f, "clamd")).FirstOrDefault(File.Exists);

    public string Socket => Path.Combine(_folder.FullName, "clamd.ctl");

    public static async Task<Clamd> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("clamd-");
        var signatures = folder.CreateSubdirectory("db").FullName;
        await File.WriteAllTextAsync(Path.Combine(signatures, "tests.ndb"), $"Housing.Test:0:*:{Convert.ToHexStringLower(Encoding.UTF8.GetBytes(Harmful))}\n");
        var settings = Path.Combine(folder.FullName, "clamd.conf");
        await File.WriteAllTextAsync(settings, $"""
            LocalSocket {Path.Combine(folder.FullName, "clamd.ctl")}
            DatabaseDirectory {signatures}
            StreamMaxLength {Largest}
            Foreground yes

            """);
        var clamd = new Clamd(folder, Process.Start(new ProcessStartInfo(Program!, ["--config-file", settings]) { RedirectStandardOutput = true, RedirectStandardError = true })!);
        for (var i = 0; !File.Exists(clamd.Socket); i++)
        {
            if (i == 300 || clamd._process.HasExited)
                throw new InvalidOperationException("clamd did not start.");
            await Task.Delay(100);
        }

        return clamd;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }
}
