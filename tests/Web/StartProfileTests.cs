using System.Diagnostics;
using System.Text;
using HousingBank.EmbeddedPostgres;
using HousingBank.Rehearse;
using HousingBank.Support;
using HousingBank.Web.Shell;

namespace HousingBank.Web.Tests;

/// <summary>What a start compiles is noted for the next one, by the program as it is deployed; a rehearsal notes it for the first. It needs no notes to start.</summary>
public sealed class StartProfileTests(RehearsedProgram rehearsed) : IClassFixture<RehearsedProgram>, IDisposable
{
    // What the runtime tells about notes of an earlier start (MulticoreJitPrivateKeyword), and its word for each step of going by them.
    private const string Traced = "Microsoft-Windows-DotNETRuntimePrivate:0x20000:5";
    private const string GoesByNotes = "PLAYERSUMMARY";

    // Notes of another build are given up after some steps.
    private const int FewSteps = 100;

    [Fact]
    public async Task A_start_is_noted_in_place_of_rubbish_and_the_next_one_goes_by_it()
    {
        SkipOnOneCore();
        using var own = new TemporaryFolder();
        await File.WriteAllTextAsync(Path.Combine(own.Path, "web"), "rubbish");

        (await StartAndStopAsync(RehearsedProgram.Built, own.Path)).ShouldBeFalse();
        (await StartAndStopAsync(RehearsedProgram.Built, own.Path)).ShouldBeTrue();
    }

    [Fact]
    public async Task Where_nothing_can_be_noted_it_starts_all_the_same() => (await StartAndStopAsync(RehearsedProgram.Built, "/dev/null/profiles")).ShouldBeFalse();

    [Fact]
    public async Task A_first_start_goes_by_the_rehearsal_and_leaves_its_notes_as_they_are()
    {
        SkipOnOneCore();
        using var own = new TemporaryFolder();

        (await StartAndStopAsync(rehearsed.Folder, Path.Combine(own.Path, "new"))).ShouldBeTrue();
        (await File.ReadAllBytesAsync(NotesOfRehearsal)).ShouldBe(rehearsed.Notes);
    }

    [Fact]
    public async Task What_a_program_before_it_has_noted_gives_way_to_the_rehearsal()
    {
        SkipOnOneCore();
        using var own = new TemporaryFolder();
        await File.WriteAllBytesAsync(Path.Combine(own.Path, "web"), OfAnotherBuild());

        (await StartAndStopAsync(rehearsed.Folder, own.Path)).ShouldBeTrue();
    }

    [Fact]
    public async Task Where_nothing_can_be_noted_it_goes_by_the_rehearsal()
    {
        SkipOnOneCore();
        (await StartAndStopAsync(rehearsed.Folder, "/dev/null/profiles")).ShouldBeTrue();
    }

    [Fact]
    public async Task The_rehearsal_of_another_build_gives_way_to_what_the_last_start_has_noted()
    {
        SkipOnOneCore();
        using var own = new TemporaryFolder();
        await File.WriteAllBytesAsync(NotesOfRehearsal, OfAnotherBuild());
        (await StartAndStopAsync(rehearsed.Folder, own.Path)).ShouldBeFalse();
        (await StartAndStopAsync(rehearsed.Folder, own.Path)).ShouldBeTrue();
    }

    [Fact]
    public async Task What_was_not_published_cannot_be_rehearsed()
    {
        using var empty = new TemporaryFolder();

        (await Should.ThrowAsync<RehearsalFailedException>(() => Rehearsal.RunAsync(empty.Path, CancellationToken.None))).Message.ShouldContain("publish src/Web");
    }

    /// <summary>After each test: where nothing else can be written, the program writes its notes over the rehearsal's.</summary>
    public void Dispose() => File.WriteAllBytes(NotesOfRehearsal, rehearsed.Notes);

    private string NotesOfRehearsal => Path.Combine(rehearsed.Folder, "start", "web");

    /// <summary>The rehearsal's notes, about a module that this program does not have.</summary>
    private byte[] OfAnotherBuild()
    {
        var notes = rehearsed.Notes.ToArray();
        var place = notes.AsSpan().IndexOf(typeof(Settings).Module.ModuleVersionId.ToByteArray());
        notes[place]++;
        return notes;
    }

    private static void SkipOnOneCore() => Assert.SkipWhen(Environment.ProcessorCount < 2, "On one core nothing is compiled beside the start.");

    /// <returns>Whether it went by notes.</returns>
    private static async Task<bool> StartAndStopAsync(string program, string profiles)
    {
        using var folder = new TemporaryFolder();
        var trace = Path.Combine(folder.Path, "start.nettrace");
        var info = BoundProcess.Describe(
            [
                "dotnet", Path.Combine(program, "HousingBank.Web.dll"),
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
        return (await File.ReadAllBytesAsync(trace)).AsSpan().Count(Encoding.Unicode.GetBytes(GoesByNotes)) > FewSteps;
    }
}
