using System.Diagnostics;
using System.Text.Json;
using HousingBank.EmbeddedPostgres;
using HousingBank.Rehearse;

namespace HousingBank.Benchmarks;

/// <summary>A long history and the programs that serve it: ours as it is deployed, and the limit by hand.</summary>
internal sealed class Measured : IAsyncDisposable
{
    private readonly PostgresServer _server;

    private Measured(PostgresServer server, Served ours, Served hand, string token, HttpClient client) =>
        (_server, Ours, Hand, Token, Client) = (server, ours, hand, token, client);

    public Served Ours { get; }

    public Served Hand { get; }

    public string Token { get; }

    public HttpClient Client { get; }

    /// <summary>Settings of a small server of its own: memory for what is asked about, and room between checkpoints for the making of the history.</summary>
    public static PostgresServerOptions ServerOptions { get; } = new()
    {
        // What is measured would share the processors with the cleaning up after the making, which is done by hand.
        Settings = new Dictionary<string, string> { ["shared_buffers"] = "512MB", ["max_wal_size"] = "8GB", ["autovacuum"] = "off" },
    };

    public static async Task<Measured> StartAsync(long events, Report report, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        var program = await Programs.PublishAsync("src/Web", cancel);
        var server = await PostgresServer.StartAsync(ServerOptions, cancel);
        var history = await LargeHistory.MakeAsync(server.ConnectionString, new HistorySize(events), cancel);
        var token = await history.TokenAsync("secretariat", cancel);
        report.Line($"made in {clock.Elapsed.TotalSeconds:0} s: about {events} events, the asked office with {history.Courses.Count} courses, 500 streams of 24 facts");

        var measured = new Measured(server, Served.StartWeb(program, server.ConnectionString), Programs.StartByHand(server.ConnectionString), token, Served.Client(token));
        await measured.Ours.WaitForAsync(measured.Client, "/health/ready", cancel);
        await measured.Hand.WaitForAsync(measured.Client, "/board", cancel);
        await measured.CompareAsync("/api/v1/board", "/board", cancel);
        await measured.CompareAsync("/api/v1/overview", "/matrix", cancel);
        return measured;
    }

    public Task<byte[]> GetAsync(Served from, string path, CancellationToken cancel) => Client.GetByteArrayAsync(new Uri(from.Address, path), cancel);

    /// <summary>Reads the answer to its end and keeps none of it: what this program would have to collect counts as the other's time.</summary>
    public async Task ReadAsync(Served from, string path, CancellationToken cancel)
    {
        using var answer = await Client.GetAsync(new Uri(from.Address, path), HttpCompletionOption.ResponseHeadersRead, cancel);
        answer.EnsureSuccessStatusCode();
        await using var body = await answer.Content.ReadAsStreamAsync(cancel);
        await body.CopyToAsync(Stream.Null, cancel);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Ours.DisposeAsync();
        await Hand.DisposeAsync();
        await _server.DisposeAsync();
    }

    /// <summary>What is written by hand must say the same, or it is no limit.</summary>
    private async Task CompareAsync(string ours, string byHand, CancellationToken cancel)
    {
        using var own = JsonDocument.Parse(await GetAsync(Ours, ours, cancel));
        using var other = JsonDocument.Parse(await GetAsync(Hand, byHand, cancel));
        var (said, byHandSaid) = (own.RootElement.GetProperty("value").GetRawText(), other.RootElement.GetProperty("value").GetRawText());
        var same = said.Zip(byHandSaid).TakeWhile(c => c.First == c.Second).Count();
        if (said != byHandSaid)
            throw new InvalidOperationException($"{ours} and {byHand} do not say the same:\n{Around(said, same)}\n{Around(byHandSaid, same)}");
    }

    private static string Around(string text, int place) => text[Math.Max(0, place - 100)..Math.Min(text.Length, place + 100)];
}
