using System.Collections.Concurrent;
using System.Diagnostics;
using HousingBank.Store;

namespace HousingBank.Benchmarks;

/// <summary>Writes of the store against the same rows written by hand, at one, eight and thirty-two writers.</summary>
internal sealed class AppendBenchmark : IBenchmark
{
    private const int Seconds = 150;

    // A single slow write to the disk spoils a round: many short ones rather than few long ones.
    private static readonly TimeSpan s_slice = TimeSpan.FromSeconds(0.2);
    private static readonly int[] s_writers = [1, 8, 32];

    public string Name => "append";

    public async Task RunAsync(Run run, CancellationToken cancel)
    {
        // The more time the more rounds. About: three comparisons for each number of writers, and 16 slices of warming up and of costs by tables.
        var rounds = Math.Max(3, (int)(((run.Seconds ?? Seconds) / s_slice.TotalSeconds - 16) / (s_writers.Length * 4)));
        await using var server = await AppendServer.StartAsync(cancel);
        var measured = new Measured(new AppendByStore(server.Store), new AppendByHand(server.ByHand), server, rounds, cancel);
        await measured.WarmUpAsync();
        await server.ExecuteAsync("analyze", cancel);
        run.Report.Line($"a cycle: a stream started with three facts and two appends of two; a fact has {MeasuredFact.Bytes} bytes of JSON; {rounds} rounds of {s_slice.TotalSeconds:0.0} s each side");

        foreach (var writers in s_writers)
        {
            var bare = await measured.BareAsync(writers);
            var full = await measured.CycleOfDecisionsAsync(writers);
            var decision = await measured.DecisionsAsync(writers);
            run.Report.Line($"{writers} writers: bare {bare.Own:0} of {bare.Limit:0} cycles/s; decisions {full.Own:0} cycles/s; decisions on five facts {decision.Own:0} of {decision.Limit:0} a second");
            run.Report.AtLeast($"bare append by limit A, {writers} writers", bare.Ratios.Median, 0.85);
            run.Report.AtLeast($"full decision by limit B, {writers} writers", decision.Ratios.Median, 0.70);
            run.Report.AtLeast($"full decision by limit A, {writers} writers", full.Ratios.Median, 0.35);
        }

        foreach (var (kind, tables) in new[] { ("none", 0), ("one", 1), ("two", 2), ("five", 5) })
            run.Report.Line($"decision with {tables} tables: {await measured.MicrosecondsAsync(kind, 1):0} µs at 1 writer, {await measured.MicrosecondsAsync(kind, 8):0} µs of the machine at 8");
    }

    private static class MeasuredFact
    {
        public static int Bytes { get; } = new MeasureCodec().Write(Measuring.Facts(1)[0]).Body.Length;
    }

    /// <param name="Own">Median rate of the store.</param>
    /// <param name="Limit">Median rate by hand.</param>
    private sealed record Compared(Ratios Ratios, double Own, double Limit);

    private sealed class Measured(AppendByStore store, AppendByHand hand, AppendServer server, int rounds, CancellationToken cancel)
    {
        public async Task WarmUpAsync()
        {
            foreach (var writers in s_writers)
            {
                await RateAsync(writers, () => BareCycleAsync(store.WriteAsync));
                await RateAsync(writers, () => BareCycleAsync(hand.WriteAsync));
                await RateAsync(writers, () => DecisionCycleAsync("two", store.DecideAsync));
                await RateAsync(writers, () => DecisionCycleAsync("two", hand.DecideAsync));
            }
        }

        public Task<Compared> BareAsync(int writers) =>
            CompareAsync(() => RateAsync(writers, () => BareCycleAsync(store.WriteAsync)), () => RateAsync(writers, () => BareCycleAsync(hand.WriteAsync)));

        public Task<Compared> CycleOfDecisionsAsync(int writers) =>
            CompareAsync(() => RateAsync(writers, () => DecisionCycleAsync("two", store.DecideAsync)), () => RateAsync(writers, () => BareCycleAsync(hand.WriteAsync)));

        public async Task<Compared> DecisionsAsync(int writers)
        {
            var template = NewStream("two");
            await store.DecideAsync(template, cancel);
            await store.DecideAsync(template, cancel);
            return await CompareAsync(() => DecideOnFiveAsync(store.DecideAsync), () => DecideOnFiveAsync(hand.DecideAsync));

            async Task<double> DecideOnFiveAsync(Func<StreamKey, CancellationToken, Task> decide)
            {
                var streams = new ConcurrentQueue<StreamKey>(Enumerable.Range(0, (int)(4_000 * s_slice.TotalSeconds)).Select(_ => NewStream("two")));
                await server.CopyAsync(template, [.. streams], cancel);
                return await RateAsync(writers, async () =>
                {
                    if (!streams.TryDequeue(out var stream))
                        return false;
                    await decide(stream, cancel);
                    return true;
                });
            }
        }

        public async Task<double> MicrosecondsAsync(string kind, int writers)
        {
            await RateAsync(writers, () => DecisionCycleAsync(kind, store.DecideAsync));
            return 1e6 / 3 / await RateAsync(writers, () => DecisionCycleAsync(kind, store.DecideAsync));
        }

        private async Task<Compared> CompareAsync(Func<Task<double>> own, Func<Task<double>> limit)
        {
            var (owns, limits) = (new List<double>(), new List<double>());
            var ratios = await Figures.PairedAsync(rounds, () => NotedAsync(own, owns), () => NotedAsync(limit, limits));
            return new Compared(ratios, Figures.Median(owns), Figures.Median(limits));
        }

        private static async Task<double> NotedAsync(Func<Task<double>> measure, List<double> rates)
        {
            var rate = await measure();
            rates.Add(rate);
            return rate;
        }

        private async Task<bool> BareCycleAsync(Func<StreamKey, int, MeasureFact[], DateOnly, CancellationToken, Task> write)
        {
            var stream = NewStream("none");
            foreach (var expected in (int[])[0, 3, 5])
                await write(stream, expected, Measuring.Facts(Math.Max(expected - 1, 0)), Measuring.DayOf(expected), cancel);
            return true;
        }

        private async Task<bool> DecisionCycleAsync(string kind, Func<StreamKey, CancellationToken, Task> decide)
        {
            var stream = NewStream(kind);
            for (var i = 0; i < 3; i++)
                await decide(stream, cancel);
            return true;
        }

        /// <returns>How often in a second, until the time is up or a writer finds nothing left to do.</returns>
        private async Task<double> RateAsync(int writers, Func<Task<bool>> once)
        {
            var began = Stopwatch.GetTimestamp();
            var done = await Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(async () =>
            {
                var count = 0;
                while (Stopwatch.GetElapsedTime(began) < s_slice && await once())
                    count++;
                return count;
            }, cancel)));
            return done.Sum() / Stopwatch.GetElapsedTime(began).TotalSeconds;
        }

        private static StreamKey NewStream(string kind) => new($"{kind}/{Guid.CreateVersion7()}");
    }
}
