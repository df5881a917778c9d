using System.Diagnostics;
using HousingBank.EmbeddedPostgres;
using HousingBank.Store;
using Npgsql;

namespace HousingBank.Benchmarks;

/// <summary>A two-clock table built anew from the log, in short transactions beside its readers and writers, against one pass by hand.</summary>
public sealed class RebuildBenchmark : IBenchmark
{
    private const int Facts = 200_000;
    private const int Seconds = 60;

    /// <summary>Of one round, both arrangements together.</summary>
    private const int SecondsOfARound = 12;

    /// <summary>Of live objects on the managed heap, however long the log is.</summary>
    private const double MemoryBound = 32;

    private static readonly TwoClockTables s_tables = new([new ThingTable()]);

    public string Name => "rebuild";

    public async Task RunAsync(Run run, CancellationToken cancel)
    {
        var streams = (int)((run.Events ?? Facts) / RebuildHistory.FactsInAStream);
        run.Report.Line($"{streams * RebuildHistory.FactsInAStream} facts in {streams} streams, one in ten late");
        await using var server = await UsualServer.StartAsync(cancel);
        var memory = 0.0;
        foreach (var arrangement in Enum.GetValues<Arrangement>())
        {
            var database = await MakeAsync(server, streams, arrangement, cancel);
            await ShouldBeTheSameAsync(database, cancel);
            await MeasureAsync(database, arrangement, streams, Math.Max(1, (run.Seconds ?? Seconds) / SecondsOfARound), run.Report, cancel);
            memory = Math.Max(memory, await PeakOfMemoryAsync(() => RebuildAsync(database, cancel)));
            await WithAWriterAsync(database, run.Report, cancel);
        }

        run.Report.Line($"memory: {memory:0.0} MB live at the most, bound {MemoryBound:0} MB");
        run.Report.AtMost("memory by its bound", memory / MemoryBound, 1);
    }

    private static async Task MeasureAsync(string database, Arrangement arrangement, int streams, int rounds, Report report, CancellationToken cancel)
    {
        var facts = (double)streams * RebuildHistory.FactsInAStream;
        var (ours, byHand) = (new List<double>(), new List<double>());
        var ratios = await Figures.PairedAsync(
            rounds,
            async () => Noted(ours, facts / await SecondsOfAsync(() => RebuildAsync(database, cancel))),
            async () => Noted(byHand, facts / await ByHandAsync(database, cancel)));
        report.Line($"{arrangement}: {Figures.Median(ours):0} facts a second, by hand {Figures.Median(byHand):0}; ratio {ratios.Least:0.00} to {ratios.Greatest:0.00} in {rounds} rounds");
        report.AtLeast($"{arrangement}, by one pass by hand", ratios.Median, 0.50);
    }

    private static double Noted(List<double> figures, double figure)
    {
        figures.Add(figure);
        return figure;
    }

    private static Task RebuildAsync(string database, CancellationToken cancel) =>
        new TableBuilder(database, s_tables, new ThingCodec()).RebuildAsync(["thing"], _ => { }, cancel);

    private static async Task<double> ByHandAsync(string database, CancellationToken cancel)
    {
        var taken = await SecondsOfAsync(() => new RebuildLimit(database).RunAsync(cancel));
        await ExecuteAsync(database, $"drop table {RebuildLimit.Table}", cancel);
        return taken;
    }

    /// <exception cref="InvalidOperationException">Ours and the one by hand do not hold the same rows.</exception>
    private static async Task ShouldBeTheSameAsync(string database, CancellationToken cancel)
    {
        await RebuildAsync(database, cancel);
        await new RebuildLimit(database).RunAsync(cancel);
        var different = await ExecuteAsync(
            database, $"select count(*) from ((table read.thing except table {RebuildLimit.Table}) union all (table {RebuildLimit.Table} except table read.thing)) d", cancel);
        if (different is not 0L)
            throw new InvalidOperationException($"{different} rows differ between the table rebuilt and the one made by hand.");
        await ExecuteAsync(database, $"drop table {RebuildLimit.Table}", cancel);
    }

    /// <returns>MB of live objects, looked at as often as collecting allows.</returns>
    private static async Task<double> PeakOfMemoryAsync(Func<Task> work)
    {
        var peak = 0L;
        var working = Task.Run(work);
        while (!working.IsCompleted)
        {
            peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true));
            await Task.WhenAny(working, Task.Delay(20));
        }

        await working;
        return peak / 1e6;
    }

    /// <summary>Facts are recorded one after the other while the table is built: each is in the new table, and none waits long.</summary>
    private static async Task WithAWriterAsync(string database, Report report, CancellationToken cancel)
    {
        await using var source = StoreDataSource.Create(database, StoreRole.App);
        var store = new EventStore(source, new ThingCodec(), s_tables);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var writing = WriteAsync(store, stop.Token);
        var taken = await SecondsOfAsync(() => RebuildAsync(database, cancel));
        await stop.CancelAsync();
        var waits = await writing;
        report.Line($"beside a writer of {waits.Count / taken:0} commits a second: {taken:0.0} s, its longest wait {waits.Max():0} ms");
    }

    private static async Task<List<double>> WriteAsync(EventStore store, CancellationToken stop)
    {
        var scope = Scope.Of(RebuildHistory.Tenant);
        var waits = new List<double>();
        while (!stop.IsCancellationRequested)
        {
            var command = Guid.CreateVersion7();
            var stream = new StreamKey($"thing/{command}");
            var today = DateOnly.FromDateTime(DateTime.UtcNow);
            var fact = new FactToWrite(new ThingBegun("place", 1, ""), new EffectiveSpan(today, today, today, "day", null));
            var circumstances = new Circumstances("person/7", "caseworker", null, "none", null, null, [], command, command, new Dictionary<string, int>());
            waits.Add(1000 * await SecondsOfAsync(async () =>
            {
                var result = await store.WriteAsync(scope, new Loaded(null, new Dictionary<StreamKey, IReadOnlyList<StoredFact>>()), [new StreamWrite(stream, 0, [fact])], circumstances, null, null, CancellationToken.None);
                if (result is not WriteResult.Written)
                    throw new InvalidOperationException($"A write beside the rebuild ended as {result}.");
            }));
        }

        return waits;
    }

    private static async Task<double> SecondsOfAsync(Func<Task> work)
    {
        var clock = Stopwatch.StartNew();
        await work();
        return clock.Elapsed.TotalSeconds;
    }

    private static async Task<string> MakeAsync(PostgresServer server, int streams, Arrangement arrangement, CancellationToken cancel)
    {
        var name = $"rebuild_{arrangement}".ToLowerInvariant();
        await ExecuteAsync(server.ConnectionString, $"create database {name} template template0", cancel);
        var database = server.ConnectionStringFor(name);
        await new SchemaMigrator(database).MigrateAsync(_ => { }, cancel);
        await new TableBuilder(database, s_tables, new ThingCodec()).BuildAsync(_ => { }, cancel);
        await RebuildHistory.WriteAsync(database, streams, arrangement, cancel);
        return database;
    }

    private static async Task<object?> ExecuteAsync(string database, string sql, CancellationToken cancel)
    {
        await using var source = NpgsqlDataSource.Create(database + ";Pooling=false;Command Timeout=0");
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(cancel);
    }
}
