using System.Diagnostics;
using HousingBank.Support;

namespace HousingBank.Faults.Tests;

/// <summary>Processes that stop where they are and go on later as if no time had passed (SIGSTOP, SIGCONT), as on a machine that is suspended.</summary>
[Trait("Long", "true")]
public sealed class FrozenTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_web_process_that_sleeps_longer_than_its_leases_does_no_harm_when_it_wakes()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The process is stopped by its session, which Linux programs are given.");
        await using var installation = await Installation.StartAsync();
        WebProcess[] webs = [await installation.StartWebAsync(), await installation.StartWebAsync()];
        await using var balancer = new TcpProxy(webs[0].Port, webs[1].Port);
        await using var load = await Load.StartAsync(balancer.Port, writers: 6);
        await load.GoOnForAsync(40);

        for (var round = 0; round < 4; round++)
        {
            var sleeper = webs[round % 2];
            await sleeper.FreezeAsync();
            var asleep = Stopwatch.StartNew();
            var recorded = (long)(await installation.AskAsync("select count(*) from store.events"))!;
            await Until.HoldsAsync("the other numbers, follows and seals what comes", async () => (bool)(await installation.AskAsync($"""
                select (select least(last_ordinal, (select checkpoint from store.subscriptions), (select max(last_ordinal) from store.seals)) from store.numbering) > {recorded}
                """))!);
            output.WriteLine($"taken over after {asleep.Elapsed.TotalSeconds:0.0} s");
            while (asleep.Elapsed < TimeSpan.FromSeconds(12))
                await Task.Delay(200);
            await sleeper.ThawAsync();
            await load.GoOnForAsync(40);
            foreach (var web in webs)
                await web.ReadyAsync();
        }

        await load.StopAsync();
        output.WriteLine($"{load.Acknowledged.Count} decisions, {load.Interrupted} answers lost");
        await installation.ShouldBeInOrderAsync(load);
    }

    [Fact]
    public async Task A_backend_that_stops_in_the_midst_of_a_decision_holds_up_what_it_holds_and_nothing_is_lost()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The server's processes are stopped one by one.");
        await using var installation = await Installation.StartAsync();
        var web = await installation.StartWebAsync();
        await using var load = await Load.StartAsync(web.Port, writers: 6);
        await load.GoOnForAsync(40);

        for (var round = 0; round < 6; round++)
        {
            int? backend = null;
            await Until.HoldsAsync("somebody writes", async () => (backend = (int?)await installation.AskAsync(
                "select pid from pg_stat_activity where usename = 'programme_web' and state = 'active' and query ~ 'store[.](start_on_day|add_on_day|append_several)' limit 1")) is not null);
            await SignalAsync("STOP", backend!.Value);
            // Whatever it holds, a lock of the server's own among it.
            await Task.Delay(TimeSpan.FromSeconds(4));
            // What does not go on any more is killed by an operator: PostgreSQL then starts all others anew.
            await SignalAsync(round % 2 == 0 ? "CONT" : "KILL", backend.Value);
            await load.GoOnForAsync(20);
        }

        await load.StopAsync();
        output.WriteLine($"{load.Acknowledged.Count} decisions, {load.Interrupted} answers lost");
        await installation.ShouldBeInOrderAsync(load);
    }

    private static async Task SignalAsync(string signal, int process)
    {
        using var kill = Process.Start("/bin/kill", [$"-{signal}", $"{process}"]);
        await kill.WaitForExitAsync();
    }
}
