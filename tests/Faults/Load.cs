using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using HousingBank.Support;

namespace HousingBank.Faults.Tests;

/// <summary>A decision as its caller knows it.</summary>
/// <param name="Key">Its Idempotency-Key, which is also the command's id.</param>
internal sealed record Acknowledged(Guid Key, string Stream, int Version, DateTimeOffset RecordedAt);

/// <summary>
/// Callers that decide all the time: entries of the learning log and what becomes of them, invitations with what follows from them, and one round whose
/// capacity all of them raise. Whatever gets no answer, or "not now", is asked again under the same key until it is answered.
/// </summary>
internal sealed class Load : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(120);

    private readonly HttpClient _http;
    private readonly CancellationTokenSource _stop = new();
    private Task _writers = Task.CompletedTask;
    private volatile Exception? _failed;

    private Load(HttpClient http) => _http = http;

    public string Programme { get; private set; } = "";

    public string Round { get; private set; } = "";

    public ConcurrentQueue<Acknowledged> Acknowledged { get; } = [];

    /// <summary>Keys of decisions that were answered with a refusal.</summary>
    public ConcurrentQueue<Guid> Refused { get; } = [];

    /// <summary>Municipalities whose invitation was acknowledged.</summary>
    public ConcurrentQueue<string> Invited { get; } = [];

    /// <summary>Answers other than a decision's own end: 503 and no answer at all.</summary>
    public int Interrupted => _interrupted;

    private int _interrupted;

    // What the last caller without an answer met, for the message of a test that fails.
    private string _trouble = "none";

    /// <param name="port">Of the web process, or of what stands before it.</param>
    public static async Task<Load> StartAsync(int port, int writers)
    {
        var load = new Load(Installation.Client(port));
        await load.PrepareAsync();
        load._writers = Task.WhenAll(Enumerable.Range(0, writers).Select(w => Task.Run(() => load.WriteAsync(w))));
        return load;
    }

    /// <summary>One without writers of its own: for single decisions.</summary>
    public static async Task<Load> IdleAsync(int port) => await StartAsync(port, writers: 0);

    /// <summary>Until so many more decisions have been acknowledged.</summary>
    public async Task GoOnForAsync(int decisions)
    {
        var goal = Acknowledged.Count + decisions;
        await Until.HoldsAsync(() => $"{decisions} more decisions, {goal - Acknowledged.Count} of them missing; the last trouble was {_trouble}", () =>
            _failed is { } failed ? throw new InvalidOperationException("A writer ended.", failed) : Task.FromResult(Acknowledged.Count >= goal));
    }

    /// <summary>Lets everybody end what they began.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _writers;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _http.Dispose();
        await _writers.ContinueWith(_ => { }, TaskScheduler.Default);
        _stop.Dispose();
    }

    /// <summary>Writes in the learning log, however often it takes.</summary>
    public async Task<Acknowledged> WriteEntryAsync(string text) => (await DecideAsync("/api/v1/learning-entries", Entry(Guid.CreateVersion7(), text), null))!;

    /// <summary>Writes in the learning log, one attempt.</summary>
    public Task<HttpResponseMessage> TryEntryAsync(Guid key, string text, CancellationToken cancel = default) => SendAsync("/api/v1/learning-entries", Entry(key, text), null, key, cancel);

    private object Entry(Guid id, string text) => new
    {
        programme = Programme,
        area = "practicalWork",
        loop = 1,
        form = "explicit",
        level = "bank",
        text,
        id,
        effectiveOn = "2009-05-01",
    };

    private async Task PrepareAsync()
    {
        var programme = Guid.CreateVersion7();
        Programme = programme.ToString();
        await DecideAsync("/api/v1/programmes", Bodies.ProgrammeOf(programme), null);
        await DecideAsync($"/api/v1/programmes/{Programme}/adopt-framework-model", Bodies.Model("admitted"), 1);
        Round = await OpenRoundAsync(1);
    }

    private async Task<string> OpenRoundAsync(int number)
    {
        var id = Guid.CreateVersion7().ToString();
        await DecideAsync("/api/v1/rounds", Bodies.Round(Programme, number, id), null);
        return id;
    }

    private async Task WriteAsync(int writer)
    {
        try
        {
            await WriteUntilStoppedAsync(writer);
        }
        catch (Exception e)
        {
            _failed = e;
            throw;
        }
    }

    private async Task WriteUntilStoppedAsync(int writer)
    {
        var (round, invited) = (await OpenRoundAsync(2 + writer), 0);
        for (var turn = 0; !_stop.IsCancellationRequested; turn++)
        {
            var entry = await WriteEntryAsync($"{writer} wrote {turn}");
            var id = entry.Stream.Split('/')[1];
            await DecideAsync($"/api/v1/learning-entries/{id}/share", new { with = $"{writer} shared {turn}", effectiveOn = "2009-05-02" }, 1);
            if (turn % 3 == 0)
                await RaiseAsync($"{writer} raised {turn}");
            if (turn % 4 == 0)
                await InviteAsync(round, ++invited, $"kommune-{Round[^12..]}-{writer}-{turn}");
        }
    }

    /// <summary>All raise the same round: of two who saw the same version one is refused, and looks again.</summary>
    private async Task RaiseAsync(string reason)
    {
        Acknowledged? raised = null;
        while (raised is null)
        {
            var version = await VersionAsync($"round/{Round}");
            raised = await DecideAsync($"/api/v1/rounds/{Round}/raise-capacity", new { capacity = version + 2, reason, effectiveOn = "2009-05-01" }, version);
        }
    }

    private async Task InviteAsync(string round, int version, string municipality)
    {
        await DecideAsync("/api/v1/municipalities", new { key = municipality, name = "En kommune", kind = "municipality", county = "Et fylke", effectiveOn = "2009-01-01" }, null);
        await DecideAsync($"/api/v1/rounds/{round}/invite", new { municipality, effectiveOn = "2009-04-01" }, version);
        Invited.Enqueue(municipality);
    }

    public async Task<int> VersionAsync(string stream)
    {
        using var answer = await AnsweredAsync(cancel => _http.GetAsync($"/api/v1/facts/{stream}", cancel));
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["value"]!.AsArray().Count;
    }

    /// <returns>Null when it is refused because the stream has moved.</returns>
    public async Task<Acknowledged?> DecideAsync(string address, object body, int? version)
    {
        var key = Guid.CreateVersion7();
        using var answer = await AnsweredAsync(cancel => SendAsync(address, body, version, key, cancel));
        var text = await answer.Content.ReadAsStringAsync();
        if (answer.StatusCode == HttpStatusCode.PreconditionFailed)
        {
            Refused.Enqueue(key);
            return null;
        }

        answer.StatusCode.ShouldBeOneOf([HttpStatusCode.OK, HttpStatusCode.Created], $"{address}: {text}");
        var said = JsonNode.Parse(text)!;
        var acknowledged = new Acknowledged(key, (string)said["stream"]!, (int)said["version"]!, (DateTimeOffset)said["recordedAt"]!);
        Acknowledged.Enqueue(acknowledged);
        return acknowledged;
    }

    private Task<HttpResponseMessage> SendAsync(string address, object body, int? version, Guid key, CancellationToken cancel)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", key.ToString());
        if (version is not null)
            request.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\"");
        return _http.SendAsync(request, cancel);
    }

    private async Task<HttpResponseMessage> AnsweredAsync(Func<CancellationToken, Task<HttpResponseMessage>> ask)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                var answer = await ask(CancellationToken.None);
                if (answer.StatusCode != HttpStatusCode.ServiceUnavailable)
                    return answer;
                _trouble = await answer.Content.ReadAsStringAsync();
                answer.Headers.RetryAfter.ShouldNotBeNull();
                answer.Dispose();
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException && waited.Elapsed < s_patience)
            {
                // Nobody there, or gone in the middle: what became of it is not known.
                _trouble = e.Message;
            }

            Interlocked.Increment(ref _interrupted);
            waited.Elapsed.ShouldBeLessThan(s_patience, "a decision got no answer");
            await Task.Delay(50);
        }
    }
}
