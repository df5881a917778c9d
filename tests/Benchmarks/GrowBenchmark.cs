using System.Diagnostics;
using HousingBank.EmbeddedPostgres;
using Npgsql;

namespace HousingBank.Benchmarks;

/// <summary>
/// The programme's own tables, desk and board: what a decision and the board of one office cost while the other offices' history grows, and when the
/// office's own streams are ten times as long.
/// </summary>
/// <remarks>Each size is a database of its own on one server; they are asked by turns, so that whatever disturbs the machine disturbs all of them.</remarks>
public sealed class GrowBenchmark : IBenchmark
{
    private const long Events = 1_000_000;
    private const long EventsWithLongStreams = 250_000;
    private const int FactsInAStream = 24;
    private const int Seconds = 60;

    private static readonly long[] s_sizes = [10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

    public string Name => "grow";

    public async Task RunAsync(Run run, CancellationToken cancel)
    {
        var report = run.Report;
        await using var server = await UsualServer.StartAsync(cancel);
        var offices = await MakeAsync(server, run.Events ?? Events, report, cancel);
        try
        {
            await MeasureAsync(offices, run.Seconds ?? Seconds, cancel);
            foreach (var office in offices)
                report.Line($"{office.Events,11} events, {office.FactsInStream,3} in a stream: decision {office.Decision:0.0} ms, board {office.Board:0.0} ms (p50 of {office.Rounds} rounds); first decision {office.FirstDecision:0.0} ms");
            var (first, last, longest) = (offices[0], offices[^2], offices[^1]);
            report.AtMost($"decision, {last.Events} events by {first.Events}", last.Decision / first.Decision, 1.25);
            report.AtMost($"board, {last.Events} events by {first.Events}", last.Board / first.Board, 1.25);
            report.AtMost("decision, ten times the history for each key", longest.Decision / first.Decision, 2);
            report.AtMost("board, ten times the history for each key", longest.Board / first.Board, 2);
        }
        finally
        {
            foreach (var office in offices)
                await office.DisposeAsync();
        }
    }

    /// <returns>By size; the one with the long streams last.</returns>
    private static async Task<List<GrownOffice>> MakeAsync(PostgresServer server, long events, Report report, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        var offices = new List<GrownOffice>();
        var growing = await CreateAsync(server, "growing", "template0", cancel);
        var history = await LargeHistory.MakeAsync(growing, new HistorySize(s_sizes[0], FactsInStream: FactsInAStream), cancel);
        foreach (var (size, next) in s_sizes.Zip(s_sizes.Skip(1)).TakeWhile(s => s.First <= events))
        {
            if (size > s_sizes[0])
                await history.GrowAsync(size, cancel);
            // The largest is not copied.
            var database = next > events ? growing : await CreateAsync(server, $"grown_to_{size}", "growing", cancel);
            offices.Add(await GrownOffice.OpenAsync(database, history.Courses, FactsInAStream, cancel));
            report.Line($"made {offices[^1].Events} events, {clock.Elapsed.TotalSeconds:0} s");
        }

        var longStreams = await CreateAsync(server, "long_streams", "template0", cancel);
        history = await LargeHistory.MakeAsync(longStreams, new HistorySize(EventsWithLongStreams, FactsInStream: 10 * FactsInAStream), cancel);
        offices.Add(await GrownOffice.OpenAsync(longStreams, history.Courses, 10 * FactsInAStream, cancel));
        report.Line($"made {offices[^1].Events} events with long streams, {clock.Elapsed.TotalSeconds:0} s");
        return offices;
    }

    /// <summary>
    /// Every course is decided on, and once more, so that each decision finds streams as long as the others did. The first time they are read from where they lie, and
    /// a log that is larger than memory lies on the disk; this is reported only.
    /// </summary>
    private static async Task MeasureAsync(List<GrownOffice> offices, int seconds, CancellationToken cancel)
    {
        var courses = offices.Min(o => o.Courses);
        for (var course = 0; course < courses; course++)
        {
            for (var turn = 0; turn < offices.Count; turn++)
                await offices[(turn + course) % offices.Count].DecideFirstAsync(course, cancel);
        }

        var clock = Stopwatch.StartNew();
        for (var course = 0; course < courses && (course == 0 || clock.Elapsed.TotalSeconds < seconds); course++)
        {
            for (var turn = 0; turn < offices.Count; turn++)
                await offices[(turn + course) % offices.Count].RunAsync(course, cancel);
        }
    }

    private static async Task<string> CreateAsync(PostgresServer server, string name, string template, CancellationToken cancel)
    {
        NpgsqlConnection.ClearAllPools();
        await using var source = NpgsqlDataSource.Create(server.ConnectionString + ";Pooling=false;Command Timeout=0");
        await using var create = source.CreateCommand($"create database {name} template {template} strategy file_copy");
        await create.ExecuteNonQueryAsync(cancel);
        return server.ConnectionStringFor(name);
    }
}
