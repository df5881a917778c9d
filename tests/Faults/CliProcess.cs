using System.Diagnostics;
using HousingBank.Support;

namespace HousingBank.Faults.Tests;

/// <summary>The operator's program as a process of its own, to be killed.</summary>
internal sealed class CliProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    private CliProcess(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _error = process.StandardError.ReadToEndAsync();
    }

    /// <param name="environment">What it is given beside the connection string.</param>
    public static CliProcess Start(string connectionString, IReadOnlyDictionary<string, string> environment, params IEnumerable<string> arguments)
    {
        var info = DemoHistory.Cli(connectionString, arguments);
        info.RedirectStandardOutput = info.RedirectStandardError = true;
        foreach (var (name, value) in environment)
            info.Environment[name] = value;
        return new(Process.Start(info)!);
    }

    /// <summary>kill -9.</summary>
    public void Kill() => _process.Kill();

    public async Task<CliResult> EndedAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        await _process.WaitForExitAsync(patience.Token);
        return new(_process.ExitCode, await _output, await _error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}

/// <summary>How the program ended and what it said.</summary>
internal sealed record CliResult(int Code, string Output, string Error);
