using System.Diagnostics;

namespace HousingBank.EmbeddedPostgres;

/// <summary>A program that ends when this process ends, however it ends. It has no standard input, and Ctrl-C in our terminal does not reach it.</summary>
public static class BoundProcess
{
    // Runs the program and sends it the signal when our end of the standard input closes, also when we are killed.
    private const string Supervisor = """
        signal=$1
        shift
        exec 3<&0
        "$@" </dev/null 3<&- &
        program=$!
        (cat <&3; kill -$signal $program) >/dev/null 2>&1 &
        watch=$!
        trap 'kill -$signal $program 2>/dev/null' TERM INT HUP
        wait $program
        code=$?
        while kill -0 $program 2>/dev/null; do
          wait $program
          code=$?
        done
        kill $watch 2>/dev/null
        exit $code
        """;

    private static readonly string[] NewSession = File.Exists("/usr/bin/setsid") ? ["/usr/bin/setsid"] : [];

    /// <param name="stopSignal">What asks the program to stop: "TERM", "INT".</param>
    public static ProcessStartInfo Describe(IEnumerable<string> commandLine, string stopSignal)
    {
        string[] all = OperatingSystem.IsWindows()
            ? [.. commandLine]
            : [.. NewSession, "/bin/sh", "-c", Supervisor, "sh", stopSignal, .. commandLine];
        return new ProcessStartInfo(all[0], all.Skip(1)) { UseShellExecute = false, RedirectStandardInput = true };
    }

    /// <summary>Runs a program to its end.</summary>
    /// <returns>What it wrote.</returns>
    /// <exception cref="InvalidOperationException">It ended with an error; the message is its command line and what it wrote.</exception>
    public static async Task<string> RunToEndAsync(ProcessStartInfo program, CancellationToken cancel = default)
    {
        program.RedirectStandardInput = program.RedirectStandardOutput = program.RedirectStandardError = true;
        using var process = Process.Start(program)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancel);
            var error = process.StandardError.ReadToEndAsync(cancel);
            await process.WaitForExitAsync(cancel);
            return process.ExitCode == 0
                ? await output
                : throw new InvalidOperationException($"'{string.Join(' ', program.ArgumentList)}' ended with exit code {process.ExitCode}:\n{await output}{await error}");
        }
        finally
        {
            await StopAsync(process);
        }
    }

    /// <summary>Asks it to stop, and makes it when it has not within 15 seconds.</summary>
    public static async Task StopAsync(Process process)
    {
        if (process.HasExited)
        {
            return;
        }

        if (OperatingSystem.IsWindows())
        {
            process.Kill(entireProcessTree: true);
        }
        else
        {
            process.StandardInput.Close();
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
