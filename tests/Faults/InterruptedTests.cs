using System.Diagnostics;
using System.Net;
using HousingBank.Support;
using Npgsql;

namespace HousingBank.Faults.Tests;

/// <summary>What others do to the database while it is used, and a network that loses everything without a word.</summary>
[Trait("Long", "true")]
public sealed class InterruptedTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Statements_cancelled_and_connections_ended_at_random_lose_and_double_nothing()
    {
        var schedule = new Random(5);
        await using var installation = await Installation.StartAsync();
        var web = await installation.StartWebAsync();
        await using var load = await Load.StartAsync(web.Port, writers: 6);
        await load.GoOnForAsync(40);

        for (var i = 0; i < 300; i++)
        {
            var end = schedule.Next(2) == 0 ? "pg_cancel_backend" : "pg_terminate_backend";
            await installation.AskAsync($"select {end}(pid) from pg_stat_activity where usename = 'programme_web' and (state <> 'idle' or random() < 0.1) order by random() limit 1");
            await Task.Delay(schedule.Next(60));
        }

        await load.GoOnForAsync(30);
        await load.StopAsync();
        output.WriteLine($"{load.Acknowledged.Count} decisions, {load.Interrupted} answers lost");
        await installation.ShouldBeInOrderAsync(load);
    }

    [Fact]
    public async Task Without_a_connection_left_everybody_is_told_to_come_back_and_it_goes_on_by_itself()
    {
        await using var installation = await Installation.StartAsync(settings: new() { ["max_connections"] = "40" });
        var web = await installation.StartWebAsync();
        await using var load = await Load.StartAsync(web.Port, writers: 4);
        await load.GoOnForAsync(20);

        // Opened before there is none left.
        await using var operating = new NpgsqlConnection(installation.Operator + ";Pooling=false");
        await operating.OpenAsync();
        await using var end = new NpgsqlCommand("select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name like 'programme %'", operating);
        var taken = new List<NpgsqlConnection>();
        try
        {
            await Until.HoldsAsync("every connection is taken", async () =>
            {
                while (await TakeAsync(installation) is { } one)
                    taken.Add(one);
                return (long)(await end.ExecuteScalarAsync())! == 0;
            });

            (await web.IsReadyAsync()).ShouldBeFalse();
            using var client = Installation.Client(web.Port);
            using var answer = await client.GetAsync("/api/v1/rounds");
            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            answer.Headers.RetryAfter.ShouldNotBeNull();
        }
        finally
        {
            foreach (var one in taken)
                await one.DisposeAsync();
        }

        await web.ReadyAsync();
        await load.GoOnForAsync(20);
        await load.StopAsync();
        await installation.ShouldBeInOrderAsync(load);
    }

    [Fact]
    public async Task A_network_that_swallows_everything_is_seen_by_health_and_left_behind_when_it_is_back()
    {
        await using var installation = await Installation.StartAsync();
        await using var proxy = new TcpProxy(installation.Port);
        var web = await installation.StartWebAsync(installation.ForWeb(proxy.Port));
        await using var load = await Load.StartAsync(web.Port, writers: 4);
        await load.GoOnForAsync(40);

        proxy.Swallows = true;
        var swallowed = Stopwatch.StartNew();
        await Until.HoldsAsync("health says so", async () => !await web.IsReadyAsync());
        swallowed.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(9), "health answers after five seconds, whatever becomes of its question");
        using (var client = Installation.Client(web.Port))
        using (var answer = await client.GetAsync("/api/v1/rounds"))
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            answer.Headers.RetryAfter.ShouldNotBeNull();
        }

        output.WriteLine($"answered with 503 after {swallowed.Elapsed.TotalSeconds:0.0} s");
        proxy.Swallows = false;
        swallowed.Restart();
        await load.GoOnForAsync(20);
        output.WriteLine($"20 decisions {swallowed.Elapsed.TotalSeconds:0.0} s after it was back");
        await load.StopAsync();
        await installation.ShouldBeInOrderAsync(load);
    }

    [Fact]
    public async Task Connections_that_something_between_has_forgotten_are_given_up_one_by_one_and_nothing_is_lost()
    {
        await using var installation = await Installation.StartAsync();
        await using var proxy = new TcpProxy(installation.Port);
        var web = await installation.StartWebAsync(installation.ForWeb(proxy.Port));
        await using var load = await Load.StartAsync(web.Port, writers: 3);
        using var client = Installation.Client(web.Port);

        for (var round = 0; round < 3; round++)
        {
            await load.GoOnForAsync(40);
            // As many connections as a busy hour leaves behind.
            await Task.WhenAll(Enumerable.Range(0, 40).Select(async _ => (await client.GetAsync("/api/v1/rounds")).Dispose()));
            output.WriteLine($"{proxy.Open} connections");
            proxy.ForgetAll();
            var forgotten = Stopwatch.StartNew();
            await load.GoOnForAsync(20);
            output.WriteLine($"20 decisions {forgotten.Elapsed.TotalSeconds:0.0} s after everything was forgotten");
            await web.ReadyAsync();
            output.WriteLine($"ready after {forgotten.Elapsed.TotalSeconds:0.0} s");
        }

        await load.StopAsync();
        await installation.ShouldBeInOrderAsync(load);
    }

    private static async Task<NpgsqlConnection?> TakeAsync(Installation installation)
    {
        var connection = new NpgsqlConnection(installation.ForWeb() + ";Pooling=false");
        try
        {
            await connection.OpenAsync();
            return connection;
        }
        catch (PostgresException)
        {
            await connection.DisposeAsync();
            return null;
        }
    }
}
