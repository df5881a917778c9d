using System.Diagnostics;
using System.Text;
using HousingBank.EmbeddedPostgres;
using HousingBank.Support;

namespace HousingBank.Web.Tests;

/// <summary>What a start compiles is noted for the next one, by the program as it is deployed; it needs no notes to start.</summary>
public sealed class StartProfileTests
{
    // What the runtime tells about notes of an earlier start (MulticoreJitPrivateKeyword), and its word for each step of going by them.
    private const string Traced = "Microsoft-Windows-DotNETRuntimePrivate:0x20000:5";
    private const string GoesByNotes = "PLAYERSUMMARY";

    [Fact]
    public async Task A_start_is_noted_in_place_of_rubbish_and_the_next_one_goes_by_it()
    {
        Assert.SkipWhen(Environment.ProcessorCount < 2, "On one core nothing is compiled beside the start.");
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "web"), "rubbish");

        (await StartAndStopAsync(folder.Path)).ShouldBeFalse();
        (await StartAndStopAsync(folder.Path)).ShouldBeTrue();
    }

    [Fact]
    public async Task Where_nothing_can_be_noted_it_starts_all_the_same() => (await StartAndStopAsync("/dev/null/profiles")).ShouldBeFalse();

    /// <returns>Whether it went by notes.</returns>
    private static async Task<bool> StartAndStopAsync(string profiles)
    {
        using var folder = new TemporaryFolder();
        var trace = Path.Combine(folder.Path, "start.nettrace");
        var output = Path.GetRelativePath(Path.Combine(Checkout.Root, "tests", "Web"), AppContext.BaseDirectory);
        var info = BoundProcess.Describe(
            [
                "dotnet", Path.Combine(Checkout.Root, "src", "Web", output, "HousingBank.Web.dll"),
                "--environment", "Production", "--urls", "http://127.0.0.1:0", "--Start:ProfileFolder", profiles,
                "--Logging:LogLevel:Microsoft.Hosting.Lifetime", "Information",
            ],
            stopSignal: "TERM");
        // Nobody listens there.
        info.Environment["ConnectionStrings__Programme"] = "Host=127.0.0.1;Port=1;Database=none;Username=nobody";
        info.Environment["DOTNET_EnableEventPipe"] = "1";
        info.Environment["DOTNET_EventPipeConfig"] = Traced;
        info.Environment["DOTNET_EventPipeOutputPath"] = trace;
        info.RedirectStandardOutput = true;
        using var process = Process.Start(info)!;
        var said = new List<string>();
        while (!said.Any(line => line.Contains("Application started", StringComparison.Ordinal)))
            said.Add(await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"The program ended: {string.Join('\n', said)}"));
        var rest = process.StandardOutput.ReadToEndAsync();
        await BoundProcess.StopAsync(process);
        await rest;
        return (await File.ReadAllBytesAsync(trace)).AsSpan().IndexOf(Encoding.Unicode.GetBytes(GoesByNotes)) >= 0;
    }
}
