using System.Diagnostics;
using HousingBank.EmbeddedPostgres;
using HousingBank.Rehearse;
using HousingBank.Support;

namespace HousingBank.Benchmarks;

/// <summary>From the start of the process to the first page, on a database that is ready, beside an empty ASP.NET Core project.</summary>
public sealed class StartBenchmark : IBenchmark
{
    private const long Events = 12_000;
    private const int Seconds = 30;

    public string Name => "start";

    public async Task RunAsync(Run run, CancellationToken cancel)
    {
        var web = await Programs.PublishAsync("src/Web", cancel);
        var notes = await Rehearsal.RunAsync(Path.GetDirectoryName(web)!, cancel);
        var empty = await Programs.PublishAsync("tests/Empty", cancel);
        await using var server = await PostgresServer.StartAsync(Measured.ServerOptions, cancel);
        var history = await LargeHistory.MakeAsync(server.ConnectionString, new HistorySize(run.Events ?? Events), cancel);
        var token = await history.TokenAsync("secretariat", cancel);

        using var noted = new TemporaryFolder();

        async Task<double> FirstAsync()
        {
            using var own = new TemporaryFolder();
            return await OursAsync(own.Path);
        }

        Task<double> AgainAsync() => OursAsync(noted.Path);
        Task<double> WithoutNotesAsync() => OursAsync("");
        Task<double> OursAsync(string profile) => FirstAnswerAsync(() => Served.StartWeb(web, server.ConnectionString, profile), "/tavle", token, cancel);
        Task<double> EmptyAsync() => FirstAnswerAsync(() => Programs.StartEmpty(empty), "/", token, cancel);

        run.Report.Line($"rehearsed: {notes.Length / 1024} kB of notes; to the board's page {await FirstAsync() * 1000:0} ms, started again {await AgainAsync() * 1000:0} ms, without notes {await WithoutNotesAsync() * 1000:0} ms, of an empty project {await EmptyAsync() * 1000:0} ms");
        var rounds = Math.Max(3, (run.Seconds ?? Seconds) / 5);
        run.Report.AtMost("first page by an empty project's, started for the first time", (await Figures.PairedAsync(rounds, FirstAsync, EmptyAsync)).Median, 4);
        run.Report.AtMost("first page by an empty project's, started again", (await Figures.PairedAsync(rounds, AgainAsync, EmptyAsync)).Median, 4);
        run.Report.Line($"first page by an empty project's, without notes {(await Figures.PairedAsync(rounds, WithoutNotesAsync, EmptyAsync)).Median:0.000}");
    }

    private static async Task<double> FirstAnswerAsync(Func<Served> start, string path, string token, CancellationToken cancel)
    {
        using var client = Served.Client(token);
        var clock = Stopwatch.StartNew();
        await using var served = start();
        await served.WaitForAsync(client, path, cancel);
        return clock.Elapsed.TotalSeconds;
    }
}
