using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Npgsql;

namespace HousingBank.Faults.Tests;

/// <summary>Locks that somebody holds at a terminal of the database while the web process is used.</summary>
[Trait("Long", "true")]
public sealed class LockTests
{
    private static readonly TimeSpan s_bound = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task While_the_log_is_locked_everybody_is_told_to_come_back_and_it_goes_on_by_itself()
    {
        await using var installation = await Installation.StartAsync();
        var web = await StartWebAsync(installation);
        await using var load = await Load.IdleAsync(web.Port);
        var entry = await load.WriteEntryAsync("before");
        using var client = Installation.Client(web.Port);
        var key = Guid.CreateVersion7();

        await using (await HoldAsync(installation, "lock table store.events in access exclusive mode"))
        {
            await Task.WhenAll(
                ShouldBeToldAsync(load.TryEntryAsync(key, "meanwhile")),
                ShouldBeToldAsync(client.GetAsync($"/api/v1/facts/{entry.Stream}")),
                ShouldBeToldAsync(load.TryEntryAsync(Guid.CreateVersion7(), "never asked again")));
            (await client.GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        var asked = Stopwatch.StartNew();
        using (var again = await load.TryEntryAsync(key, "meanwhile"))
            again.StatusCode.ShouldBe(HttpStatusCode.Created);
        asked.Elapsed.ShouldBeLessThan(s_bound);
        (await installation.AskAsync($"select count(*) from store.events where command_id = '{key}'")).ShouldBe(1L);
        (await installation.AskAsync("select count(*) from store.events where body ->> 'text' = 'never asked again'")).ShouldBe(0L);
        await installation.ShouldBeInOrderAsync(load);
    }

    [Fact]
    public async Task Who_holds_a_row_holds_up_what_needs_it_and_nothing_else()
    {
        await using var installation = await Installation.StartAsync();
        var web = await StartWebAsync(installation);
        await using var load = await Load.IdleAsync(web.Port);
        var entry = await load.WriteEntryAsync("before");
        using var client = Installation.Client(web.Port);

        await using (await HoldAsync(installation, $"select from store.streams where stream = 'round/{load.Round}' for update"))
        await using (await HoldAsync(installation, "select from store.numbering for update"))
        await using (await HoldAsync(installation, "select from store.subscriptions for update"))
        {
            var waiting = ShouldBeToldAsync(client.SendAsync(Raise(load.Round)));
            // Nobody else waits: who did would be told to come back.
            using (var other = await load.TryEntryAsync(Guid.CreateVersion7(), "beside it"))
                other.StatusCode.ShouldBe(HttpStatusCode.Created);
            using (var reading = await client.GetAsync($"/api/v1/facts/{entry.Stream}"))
                reading.StatusCode.ShouldBe(HttpStatusCode.OK);
            await waiting;
        }

        using (var again = await client.SendAsync(Raise(load.Round)))
            again.StatusCode.ShouldBe(HttpStatusCode.OK);
        await installation.ShouldBeInOrderAsync(load);
    }

    private static HttpRequestMessage Raise(string round)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/rounds/{round}/raise-capacity")
        {
            Content = System.Net.Http.Json.JsonContent.Create(new { capacity = 9, reason = "more apply", effectiveOn = "2009-05-01" }),
        };
        request.Headers.Add("Idempotency-Key", $"{Guid.CreateVersion7()}");
        request.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
        return request;
    }

    /// <summary>One that gives up sooner than usual, so that the tests need not wait long.</summary>
    private static Task<WebProcess> StartWebAsync(Installation installation) =>
        installation.StartWebAsync(new NpgsqlConnectionStringBuilder(installation.ForWeb()) { CommandTimeout = 2 }.ConnectionString);

    private static async Task ShouldBeToldAsync(Task<HttpResponseMessage> asked)
    {
        var waited = Stopwatch.StartNew();
        using var answer = await asked;
        waited.Elapsed.ShouldBeLessThan(s_bound);
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter.ShouldNotBeNull();
        ((string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["code"]).ShouldBe("unavailable");
    }

    /// <summary>A session with a transaction that holds what the statement takes, until it is disposed of.</summary>
    private static async Task<NpgsqlConnection> HoldAsync(Installation installation, string statement)
    {
        var session = new NpgsqlConnection(installation.Operator + ";Pooling=false");
        await session.OpenAsync();
        await using var hold = new NpgsqlCommand($"begin; {statement}", session);
        await hold.ExecuteNonQueryAsync();
        return session;
    }
}
