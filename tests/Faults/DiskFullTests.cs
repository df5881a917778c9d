using System.Diagnostics;
using System.Net;
using HousingBank.Support;

namespace HousingBank.Faults.Tests;

/// <summary>A disk that is full: PostgreSQL's data and its log lie on one of 200 MB.</summary>
public sealed class DiskFullTests
{
    [Fact]
    public async Task Writes_are_refused_for_the_moment_and_go_on_when_there_is_space_again()
    {
        await using var disk = await SmallDisk.MountAsync(200);
        Assert.SkipWhen(disk is null, "A disk of its own can be mounted by root on Linux only.");
        await using var installation = await Installation.StartAsync(disk.Path, settings: new() { ["max_wal_size"] = "32MB", ["min_wal_size"] = "32MB" });
        var web = await installation.StartWebAsync();
        await using var load = await Load.IdleAsync(web.Port);
        await load.WriteEntryAsync("before");

        await disk.FillAsync();
        var (key, text) = await WriteUntilRefusedAsync(load);
        using (var again = await load.TryEntryAsync(key, text))
        {
            // Some pages may have had room for it by now; what it must not be is half or our fault.
            again.StatusCode.ShouldBeOneOf(HttpStatusCode.ServiceUnavailable, HttpStatusCode.Created);
        }

        (await Installation.Client(web.Port).GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
        disk.Empty();
        // PostgreSQL may have given up: whoever watches over it starts it again.
        if (!installation.Server.IsRunning)
            await installation.KillAndRestartServerAsync();
        await Until.HoldsAsync("the same decision is accepted", async () =>
        {
            using var answer = await load.TryEntryAsync(key, text);
            answer.StatusCode.ShouldBeOneOf(HttpStatusCode.ServiceUnavailable, HttpStatusCode.Created);
            return answer.StatusCode == HttpStatusCode.Created;
        });
        await load.WriteEntryAsync("after");

        (await installation.AskAsync($"select count(*) from store.events where command_id = '{key}'")).ShouldBe(1L);
        await installation.ShouldBeInOrderAsync(load);
    }

    /// <returns>The first that was not accepted.</returns>
    private static async Task<(Guid Key, string Text)> WriteUntilRefusedAsync(Load load)
    {
        for (var i = 0; i < 5_000; i++)
        {
            var (key, text) = (Guid.CreateVersion7(), $"{i} {Incompressible()}");
            using var answer = await load.TryEntryAsync(key, text);
            if (answer.StatusCode == HttpStatusCode.Created)
                continue;
            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable, await answer.Content.ReadAsStringAsync());
            answer.Headers.RetryAfter.ShouldNotBeNull();
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
            return (key, text);
        }

        throw new InvalidOperationException("The disk was not full.");
    }

    private static string Incompressible() => string.Concat(Enumerable.Range(0, 60).Select(_ => Guid.NewGuid().ToString("N")));

    /// <summary>A file system in memory with a bound.</summary>
    private sealed class SmallDisk : IAsyncDisposable
    {
        private const int Chunk = 1 << 16;

        private readonly Support.TemporaryFolder _folder = Installation.NewFolder();

        public string Path => _folder.Path;

        private string Filler => System.IO.Path.Combine(Path, "filler");

        /// <returns>Null when this user may not mount.</returns>
        public static async Task<SmallDisk?> MountAsync(int megabytes)
        {
            if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
                return null;
            var disk = new SmallDisk();
            if (await RunAsync("mount", "-t", "tmpfs", "-o", $"size={megabytes}m,mode=777", "tmpfs", disk.Path) == 0)
                return disk;
            disk._folder.Dispose();
            return null;
        }

        /// <summary>Leaves not a block.</summary>
        public async Task FillAsync()
        {
            await using var file = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
            var chunk = new byte[Chunk];
            try
            {
                while (true)
                    await file.WriteAsync(chunk);
            }
            catch (IOException)
            {
                // Full.
            }
        }

        public void Empty() => File.Delete(Filler);

        public async ValueTask DisposeAsync()
        {
            // Not before the server has let go of it; lazily, should a process still look at it.
            await RunAsync("umount", "-l", Path);
            _folder.Dispose();
        }

        private static async Task<int> RunAsync(string program, params string[] arguments)
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            await process.WaitForExitAsync();
            return process.ExitCode;
        }
    }
}
