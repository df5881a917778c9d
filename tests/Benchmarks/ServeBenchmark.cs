using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace HousingBank.Benchmarks;

/// <summary>Requests a second of the board, as JSON and as page, beside the same written by hand; and how evenly they are answered below the peak.</summary>
public sealed partial class ServeBenchmark : IBenchmark
{
    private const long Events = 100_000;
    private const int Seconds = 120;
    private const int SecondsOfWarmingUp = 8;
    private const int Rounds = 5;
    private const int Connections = 16;
    private const string Json = "/api/v1/board";
    private const string Page = "/tavle";

    // wrk goes and leaves questions behind, which are answered all the same: the first of an even load would wait for them.
    private static readonly TimeSpan s_rest = TimeSpan.FromMilliseconds(500);

    public string Name => "serve";

    public async Task RunAsync(Run run, CancellationToken cancel)
    {
        RequireWrk();
        await using var measured = await Measured.StartAsync(run.Events ?? Events, run.Report, cancel);
        // Until everything is compiled as far as it ever is, and every connection has prepared its statements.
        foreach (var warm in new[] { new Uri(measured.Ours.Address, Json), new Uri(measured.Ours.Address, Page), new Uri(measured.Hand.Address, "/board") })
            await RequestsASecondAsync(warm, measured.Token, SecondsOfWarmingUp, cancel);

        // Two pairs of sides in each round, a peak and an even load as long as three, and four sides before them.
        var seconds = Math.Max(1, ((run.Seconds ?? Seconds) - (3 * SecondsOfWarmingUp)) / ((8 * Rounds) + 4));

        Task<double> OursAsync(string path) => RequestsASecondAsync(new Uri(measured.Ours.Address, path), measured.Token, seconds, cancel);
        Task<double> HandAsync(string path) => RequestsASecondAsync(new Uri(measured.Hand.Address, path), measured.Token, seconds, cancel);

        run.Report.Line($"a second, by {Connections} connections: JSON {await OursAsync(Json):0}, page {await OursAsync(Page):0}, by hand {await HandAsync("/board"):0}, as many fixed bytes {await HandAsync("/fixed"):0}");
        run.Report.AtLeast("board as JSON by the same written by hand", (await Figures.PairedAsync(Rounds, () => OursAsync(Json), () => HandAsync("/board"))).Median, 0.7);
        run.Report.AtLeast("board as page by the JSON written by hand", (await Figures.PairedAsync(Rounds, () => OursAsync(Page), () => HandAsync("/board"))).Median, 0.3);

        // The peak is that of the same moment: on a machine that is slower a minute later, 70 % of an earlier one would be more than it can do.
        var ratios = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var rate = 0.7 * await OursAsync(Json);
            await Task.Delay(s_rest, cancel);
            var times = await EvenlyAsync(() => measured.ReadAsync(measured.Ours, Json, cancel), rate, 3 * seconds);
            var (middle, slow) = (Figures.Median(times), Figures.Quantile(times, 0.99));
            run.Report.Line($"at {rate:0} a second: p50 {middle * 1000:0.0} ms, p99 {slow * 1000:0.0} ms");
            ratios.Add(slow / middle);
        }

        run.Report.AtMost("p99 by p50 at 70 % of the peak", Figures.Median(ratios), 5);
    }

    private static void RequireWrk()
    {
        try
        {
            using var wrk = Process.Start(new ProcessStartInfo("wrk", ["--version"]) { RedirectStandardOutput = true, RedirectStandardError = true });
        }
        catch (Win32Exception)
        {
            throw new InvalidOperationException("wrk is missing; it asks as many clients do: install Debian's package wrk, then run this again.");
        }
    }

    private static async Task<double> RequestsASecondAsync(Uri address, string token, int seconds, CancellationToken cancel)
    {
        using var wrk = Process.Start(new ProcessStartInfo(
            "wrk", ["-t", "1", "-c", Connections.ToString(CultureInfo.InvariantCulture), "-d", $"{seconds}s", "-H", $"Authorization: Bearer {token}", "-H", "X-Forwarded-Proto: https", address.ToString()])
        { RedirectStandardOutput = true })!;
        var output = await wrk.StandardOutput.ReadToEndAsync(cancel);
        await wrk.WaitForExitAsync(cancel);
        if (wrk.ExitCode != 0 || output.Contains("Non-2xx", StringComparison.Ordinal) || RequestsASecond().Match(output) is not { Success: true } found)
            throw new InvalidOperationException($"wrk asked {address} and said:\n{output}");
        return double.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture);
    }

    /// <summary>wrk knows no rate: here requests begin when they are due, whether those before them are answered or not, and each time counts from then.</summary>
    /// <returns>Seconds from when each was due to its answer.</returns>
    private static async Task<IReadOnlyCollection<double>> EvenlyAsync(Func<Task> ask, double aSecond, int seconds)
    {
        var times = new ConcurrentBag<double>();
        var asked = new List<Task>();
        var clock = Stopwatch.StartNew();
        for (var number = 0; number < aSecond * seconds; number++)
        {
            var due = number / aSecond;
            if (due - clock.Elapsed.TotalSeconds is var early and > 0.001)
                await Task.Delay(TimeSpan.FromSeconds(early));
            asked.Add(OneAsync(due));
        }

        await Task.WhenAll(asked);
        return times;

        async Task OneAsync(double due)
        {
            await ask();
            times.Add(clock.Elapsed.TotalSeconds - due);
        }
    }

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex RequestsASecond();
}
