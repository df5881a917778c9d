using System.Diagnostics;
using System.Text.Json;

namespace HousingBank.Benchmarks;

/// <summary>Board and matrix over HTTP, for now and for random days and moments of the past, beside the best of now that can be written by hand.</summary>
public sealed class AsOfBenchmark : IBenchmark
{
    private const long Events = 1_000_000;
    private const int Seconds = 60;
    private const int Rounds = 5;

    public string Name => "asof";

    public async Task RunAsync(Run run, CancellationToken cancel)
    {
        await using var measured = await Measured.StartAsync(run.Events ?? Events, run.Report, cancel);
        var secondsOfASide = (run.Seconds ?? Seconds) / (2.0 * 4 * Rounds);
        foreach (var (screen, ours, byHand, rows) in new[] { ("board", "/api/v1/board", "/board", "participation"), ("matrix", "/api/v1/overview", "/matrix", "roundNumber") })
        {
            var chance = new Random(20_260_630);
            await CompareRowsAsync(measured, ours, rows, chance, run.Report, cancel);

            Task<double> TodayAsync() => MedianAsync(() => measured.GetAsync(measured.Ours, ours, cancel), secondsOfASide);
            Task<double> PastAsync() => MedianAsync(() => measured.GetAsync(measured.Ours, ours + SomePast(chance), cancel), secondsOfASide);
            Task<double> HandAsync() => MedianAsync(() => measured.GetAsync(measured.Hand, byHand, cancel), secondsOfASide);

            // Both programs have answered enough to be compiled as far as they ever are.
            for (var i = 0; i < 300; i++)
            {
                await measured.GetAsync(measured.Ours, ours, cancel);
                await measured.GetAsync(measured.Ours, ours + SomePast(chance), cancel);
                await measured.GetAsync(measured.Hand, byHand, cancel);
            }

            run.Report.Line($"{screen}: p50 now {await TodayAsync() * 1000:0.00} ms, of the past {await PastAsync() * 1000:0.00} ms, by hand {await HandAsync() * 1000:0.00} ms");
            run.Report.AtMost($"{screen}, p50 of the past by now's", (await Figures.PairedAsync(Rounds, PastAsync, TodayAsync)).Median, 1.3);
            run.Report.AtMost($"{screen}, p50 of now by that written by hand", (await Figures.PairedAsync(Rounds, TodayAsync, HandAsync)).Median, 3);
        }
    }

    private static string SomePast(Random chance)
    {
        var days = LargeHistory.LastDay.DayNumber - LargeHistory.FirstDay.DayNumber;
        var (asOf, knownAt) = (LargeHistory.FirstDay.AddDays(chance.Next(days)), LargeHistory.FirstDay.AddDays(chance.Next(days)));
        return $"?asOf={asOf:yyyy-MM-dd}&knownAt={knownAt:yyyy-MM-dd}T{chance.Next(24):00}:{chance.Next(60):00}:{chance.Next(60):00}Z";
    }

    /// <summary>As many rows in the past as now, or the comparison says nothing.</summary>
    private static async Task CompareRowsAsync(Measured measured, string path, string property, Random chance, Report report, CancellationToken cancel)
    {
        var now = Count(await measured.GetAsync(measured.Ours, path, cancel), property);
        var counts = new List<int>();
        for (var i = 0; i < 20; i++)
            counts.Add(Count(await measured.GetAsync(measured.Ours, path + SomePast(chance), cancel), property));
        report.Line($"{path}: {now} rows now, {counts.Min()} to {counts.Max()} in the past");
        if (counts.Exists(c => Math.Abs(c - now) > now * 0.05))
            throw new InvalidOperationException($"{path} has other numbers of rows in the past than now.");
    }

    private static int Count(byte[] answer, string property)
    {
        var reader = new Utf8JsonReader(answer);
        var count = 0;
        while (reader.Read())
            count += reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals(property) ? 1 : 0;
        return count;
    }

    /// <returns>Of the times taken, one request after the other, in seconds.</returns>
    private static async Task<double> MedianAsync(Func<Task<byte[]>> ask, double seconds)
    {
        var times = new List<double>();
        for (var whole = Stopwatch.StartNew(); whole.Elapsed.TotalSeconds < seconds;)
        {
            var one = Stopwatch.StartNew();
            await ask();
            times.Add(one.Elapsed.TotalSeconds);
        }

        return Figures.Median(times);
    }
}
