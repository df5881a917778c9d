using System.Collections.Concurrent;
using System.Diagnostics;
using HousingBank.EmbeddedPostgres;
using HousingBank.Support;

namespace HousingBank.Faults.Tests;

/// <summary>The web process as it is deployed: a program of its own, to be killed.</summary>
internal sealed class WebProcess : IAsyncDisposable
{
    private static readonly HttpClient s_asking = new() { Timeout = TimeSpan.FromSeconds(10) };

    private readonly ConcurrentQueue<string> _said = new();
    private readonly Process _process;
    private bool _isFrozen;

    private WebProcess(string connectionString, int port)
    {
        Port = port;
        var output = Path.GetRelativePath(Path.Combine(Checkout.Root, "tests", "Faults"), AppContext.BaseDirectory);
        var info = BoundProcess.Describe(
            [
                "dotnet", Path.Combine(Checkout.Root, "src", "Web", output, "HousingBank.Web.dll"),
                "--environment", "Development", "--urls", $"http://127.0.0.1:{port}", "--Logging:LogLevel:Default", "Warning",
            ],
            stopSignal: "TERM");
        info.WorkingDirectory = Path.Combine(Checkout.Root, "src", "Web");
        info.Environment["ConnectionStrings__Programme"] = connectionString;
        info.RedirectStandardOutput = info.RedirectStandardError = true;
        _process = Process.Start(info)!;
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Port { get; }

    public Uri Address => new($"http://127.0.0.1:{Port}");

    public bool IsRunning => !_process.HasExited;

    /// <param name="port">The one of a process before it; null for any that is free.</param>
    public static WebProcess Start(string connectionString, int? port = null) => new(connectionString, port ?? LoopbackPort.Free());

    public static async Task<WebProcess> StartReadyAsync(string connectionString, int? port = null)
    {
        var web = Start(connectionString, port);
        await web.ReadyAsync();
        return web;
    }

    public Task ReadyAsync() => Until.HoldsAsync(() => $"the web process is ready; it said: {string.Join('\n', _said)}", async () =>
        IsRunning ? await IsReadyAsync() : throw new InvalidOperationException($"The web process ended: {string.Join('\n', _said)}"));

    public async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await s_asking.GetAsync(new Uri(Address, "/health/ready"));
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>What it said, the last lines.</summary>
    public IReadOnlyList<string> Said => [.. _said];

    /// <summary>Stops it where it is (SIGSTOP), as a machine does that is suspended or has no memory left: it keeps its connections and leases, and knows of nothing.</summary>
    public Task FreezeAsync()
    {
        _isFrozen = true;
        return SignalAsync("STOP");
    }

    /// <summary>Lets it go on as if no time had passed (SIGCONT).</summary>
    public Task ThawAsync() => SignalAsync("CONT");

    public async ValueTask DisposeAsync()
    {
        if (_isFrozen)
            await ThawAsync();
        await BoundProcess.StopAsync(_process);
        _process.Dispose();
    }

    /// <summary>To it and whoever watches over it: a session of their own.</summary>
    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("/bin/kill", [$"-{signal}", "--", $"-{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    private void Hear(string? line)
    {
        if (line is null)
            return;
        _said.Enqueue(line);
        while (_said.Count > 60)
            _said.TryDequeue(out _);
    }
}
