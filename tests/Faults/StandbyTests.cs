using System.Diagnostics;
using System.Net;
using HousingBank.Support;
using Npgsql;

namespace HousingBank.Faults.Tests;

/// <summary>A primary and a standby by streaming replication; writes wait until the standby shows them (remote_apply).</summary>
[Trait("Long", "true")]
public sealed class StandbyTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const string Waiting = "select count(*) from pg_stat_activity where wait_event = 'SyncRep' and usename = 'programme_web' and application_name like '%programme_app'";

    private readonly TemporaryFolder _folder = Installation.NewFolder();
    private Installation _primary = null!;
    private Installation _standby = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(Installation.InstalledPrograms is null, "No installed PostgreSQL with pg_basebackup was found; install the package postgresql.");
        _primary = await Installation.StartAsync(programs: Installation.InstalledPrograms);
        var copy = Path.Combine(_folder.Path, "standby");
        await _primary.Server.RunAsync("pg_basebackup",
        [
            "-d", $"host=127.0.0.1 port={_primary.Port} user=app", "-D", Path.Combine(copy, Path.GetFileName(_primary.Server.DataDirectory)),
            "--write-recovery-conf", "--checkpoint=fast", "--wal-method=stream",
        ]);
        _standby = await Installation.OnCopyAsync(copy, Installation.InstalledPrograms!);
        await _primary.AskAsync("alter system set synchronous_commit = 'remote_apply'");
        await WaitForStandbyAsync("*");
        await FollowsAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_primary is not null)
            await _primary.DisposeAsync();
        if (_standby is not null)
            await _standby.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_primary_is_killed_the_standby_promoted_and_the_web_processes_go_on_by_themselves()
    {
        var both = new NpgsqlConnectionStringBuilder(_primary.ForWeb()) { Host = $"127.0.0.1:{_primary.Port},127.0.0.1:{_standby.Port}" }.ConnectionString;
        WebProcess[] webs = [await _primary.StartWebAsync(both), await _primary.StartWebAsync(both)];
        await using var balancer = new TcpProxy(webs[0].Port, webs[1].Port);
        await using var load = await Load.StartAsync(balancer.Port, writers: 6);
        await load.GoOnForAsync(80);

        await _primary.Server.KillAsync();
        var acknowledged = load.Acknowledged.ToList();
        await _standby.AskAsync("select pg_promote(true)");
        var promoted = Stopwatch.StartNew();
        // What was acknowledged before is there before anybody decides anew.
        (await _standby.RecordedAsync()).ShouldHold(acknowledged);
        await load.GoOnForAsync(1);
        output.WriteLine($"{acknowledged.Count} decisions before the kill; the next one {promoted.Elapsed.TotalSeconds:0.0} s after the promotion");
        await load.GoOnForAsync(60);

        webs.ShouldAllBe(web => web.IsRunning);
        foreach (var web in webs)
            await web.ReadyAsync();
        await load.StopAsync();
        await _standby.ShouldBeInOrderAsync(load);
    }

    [Fact]
    public async Task The_old_primary_comes_back_as_it_was_and_nobody_goes_to_it()
    {
        // Named first.
        var both = new NpgsqlConnectionStringBuilder(_primary.ForWeb()) { Host = $"127.0.0.1:{_primary.Port},127.0.0.1:{_standby.Port}" }.ConnectionString;
        var web = await _primary.StartWebAsync(both);
        await using var load = await Load.StartAsync(web.Port, writers: 4);
        await load.GoOnForAsync(40);
        await _primary.Server.KillAsync();
        await _standby.AskAsync("select pg_promote(true)");
        await load.GoOnForAsync(40);

        // It waits for no standby any more.
        await File.AppendAllTextAsync(Path.Combine(_primary.Server.DataDirectory, "postgresql.auto.conf"), "synchronous_standby_names = ''\n");
        await _primary.StartServerAgainAsync();
        var there = (long)(await _primary.AskAsync("select count(*) from store.events"))!;
        var later = await _primary.StartWebAsync(both);
        await using var knowsNothing = await Load.StartAsync(later.Port, writers: 2);
        // Longer than the time after which servers are looked for again.
        await Task.Delay(TimeSpan.FromSeconds(6));
        await load.GoOnForAsync(40);
        await knowsNothing.GoOnForAsync(10);
        await load.StopAsync();
        await knowsNothing.StopAsync();

        (await _primary.AskAsync("select count(*) from store.events")).ShouldBe(there);
        (await _standby.RecordedAsync()).ShouldHold([.. load.Acknowledged, .. knowsNothing.Acknowledged]);
        web.Said.ShouldContain(line => line.Contains("says that it is the primary as well as", StringComparison.Ordinal));
        await _standby.SettledAsync();
        await _standby.ShouldHoldTogetherAsync();
    }

    [Fact]
    public async Task Without_a_standby_a_write_waits_and_goes_through_when_it_is_back_or_nobody_waits_for_it_any_more()
    {
        var web = await _primary.StartWebAsync();
        await using var load = await Load.IdleAsync(web.Port);

        await _standby.Server.KillAsync();
        var waiting = load.TryEntryAsync(Guid.CreateVersion7(), "the standby comes back");
        await WaitsAsync();
        (await CountAsync("the standby comes back")).ShouldBe(0, "nobody sees it before the standby has it");
        waiting.IsCompleted.ShouldBeFalse();
        await _standby.StartServerAgainAsync();
        using (var answer = await waiting)
            answer.StatusCode.ShouldBe(HttpStatusCode.Created);

        await _standby.Server.KillAsync();
        waiting = load.TryEntryAsync(Guid.CreateVersion7(), "the operator gives up the standby");
        await WaitsAsync();
        await WaitForStandbyAsync("");
        using (var answer = await waiting)
            answer.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_wait_that_is_cancelled_is_no_acknowledgement_nor_is_its_receipt_until_the_standby_has_it()
    {
        var web = await _primary.StartWebAsync();
        await using var load = await Load.IdleAsync(web.Port);
        var key = Guid.CreateVersion7();
        await _standby.Server.KillAsync();
        var waiting = load.TryEntryAsync(key, "cut short");
        await WaitsAsync();

        await _primary.AskAsync($"select pg_cancel_backend(pid) from ({Waiting.Replace("count(*)", "pid", StringComparison.Ordinal)}) w");
        using (var answer = await waiting)
            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await CountAsync("cut short")).ShouldBe(1, "PostgreSQL has committed it here all the same");

        var again = load.TryEntryAsync(key, "cut short");
        await WaitsAsync();
        again.IsCompleted.ShouldBeFalse();
        await _standby.StartServerAgainAsync();
        using (var answer = await again)
            answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await CountAsync("cut short")).ShouldBe(1);
        (await Installation.AskAsync(_standby.Operator, "select count(*) from store.events where body ->> 'text' = 'cut short'")).ShouldBe(1L);
    }

    private Task FollowsAsync() => Until.HoldsAsync("the standby is waited for", async () =>
        (bool)(await _primary.AskAsync("select exists (select from pg_stat_replication where state = 'streaming' and sync_state = 'sync')"))!);

    private Task WaitsAsync() => Until.HoldsAsync("a write waits for the standby", async () => (long)(await _primary.AskAsync(Waiting))! > 0);

    private async Task WaitForStandbyAsync(string names)
    {
        await _primary.AskAsync($"alter system set synchronous_standby_names = '{names}'");
        await _primary.AskAsync("select pg_reload_conf()");
    }

    private async Task<long> CountAsync(string text) => (long)(await _primary.AskAsync($"select count(*) from store.events where body ->> 'text' = '{text}'"))!;
}
