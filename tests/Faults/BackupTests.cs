using HousingBank.EmbeddedPostgres;
using HousingBank.Processes;
using HousingBank.ReadModels;
using HousingBank.Store;
using HousingBank.Support;

namespace HousingBank.Faults.Tests;

/// <summary>The scripts of ops/backup, and a dump brought to another cluster, while the programme is in use.</summary>
[Trait("Long", "true")]
public sealed class BackupTests(ITestOutputHelper output) : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = Installation.NewFolder();
    private Installation _installation = null!;

    private string Backups => Path.Combine(_folder.Path, "backups");

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(Installation.InstalledPrograms is null, "No installed PostgreSQL with pg_basebackup was found; install the package postgresql.");
        // Where the server's user can read them, wherever the checkout is.
        foreach (var script in Directory.EnumerateFiles(Path.Combine(Checkout.Root, "ops", "backup")))
            File.Copy(script, Path.Combine(_folder.Path, Path.GetFileName(script)));
        _installation = await Installation.StartAsync(programs: Installation.InstalledPrograms, settings: new()
        {
            ["archive_mode"] = "on",
            ["archive_command"] = $"bash {_folder.Path}/archive-wal \"%p\" \"%f\" {Backups}",
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_installation is not null)
            await _installation.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_server_is_lost_and_restored_to_a_moment()
    {
        var web = await _installation.StartWebAsync();
        await using var load = await Load.StartAsync(web.Port, writers: 4);
        await load.GoOnForAsync(30);
        var first = await BackUpAsync();
        await load.GoOnForAsync(30);
        await Until.HoldsAsync("another second has begun, by which a backup is named", () =>
            Task.FromResult(string.CompareOrdinal($"{TimeProvider.System.GetUtcNow():yyyyMMddTHHmmssZ}", Path.GetFileName(first)) > 0));
        var second = await BackUpAsync();
        await load.GoOnForAsync(30);
        (await RunAsync("prune", Backups, "1")).ShouldContain(first);
        Directory.GetDirectories(Path.Combine(Backups, "base")).ShouldBe([second]);

        await Until.HoldsAsync("the clock shows a later second than the backup's end", async () =>
            (bool)(await _installation.AskAsync($"select clock_timestamp() > timestamptz '{File.GetLastWriteTimeUtc(Path.Combine(second, "backup_manifest")):O}' + interval '1 second'"))!);
        await load.GoOnForAsync(20);
        var before = load.Acknowledged.ToList();
        var moment = (DateTime)(await _installation.AskAsync("select clock_timestamp()"))!;
        var numbered = await NumberedAsync(_installation);
        await load.GoOnForAsync(30);
        await load.StopAsync();
        await LetArchiveAsync();
        await _installation.Server.KillAsync();

        var data = Path.Combine(_folder.Path, "restored", Path.GetFileName(_installation.Server.DataDirectory));
        await RunAsync("restore", Backups, data, $"{moment:yyyy-MM-dd HH:mm:ss.ffffff}+00");
        await using var restored = await Installation.OnCopyAsync(Path.GetDirectoryName(data)!, Installation.InstalledPrograms!);
        (await RunAsync("open-restored", $"host=127.0.0.1 port={restored.Port} user=app dbname=programme", "psql", "-Atq", "-d", $"host=127.0.0.1 port={restored.Port} user=app dbname=programme", "-c", "select 'replayed'"))
            .ShouldContain("replayed");
        File.ReadLines(Path.Combine(data, "postgresql.auto.conf")).Where(line => line.StartsWith("recovery_target", StringComparison.Ordinal) || line.StartsWith("restore_command", StringComparison.Ordinal))
            .ShouldBeEmpty("a standby made from it would stop at the same moment");

        var recorded = await restored.RecordedAsync();
        output.WriteLine($"{before.Count} decisions before the moment, {load.Acknowledged.Count} in all, {recorded.Count} events restored");
        recorded.ShouldHold(before);
        recorded.ShouldAllBe(r => r.RecordedAt <= moment);
        load.Acknowledged.Count.ShouldBeGreaterThan(before.Count);
        await GoesOnAsync(restored);
        // What was numbered by the moment has the same number again.
        (await NumberedAsync(restored)).Take(numbered.Count(n => recorded.Any(r => n == $"{r.Stream} {r.Version}"))).ShouldBe(numbered.Where(n => recorded.Any(r => n == $"{r.Stream} {r.Version}")));
    }

    [Fact]
    public async Task A_segment_is_never_put_in_anothers_place()
    {
        var (segment, other) = (Path.Combine(_folder.Path, "one"), Path.Combine(_folder.Path, "another"));
        await File.WriteAllTextAsync(segment, "one");
        await File.WriteAllTextAsync(other, "another");
        await RunAsync("archive-wal", segment, "0000000100000000000000F0", Backups);
        await RunAsync("archive-wal", segment, "0000000100000000000000F0", Backups);

        await Should.ThrowAsync<PostgresUnavailableException>(() => RunAsync("archive-wal", other, "0000000100000000000000F0", Backups));
        (await File.ReadAllTextAsync(Path.Combine(Backups, "wal", "0000000100000000000000F0"))).ShouldBe("one");
        Directory.GetFiles(Path.Combine(Backups, "wal"), ".*").ShouldBeEmpty();
        await Should.ThrowAsync<PostgresUnavailableException>(() => RunAsync("open-restored", "host=127.0.0.1"));
    }

    [Fact]
    public async Task A_dump_goes_to_another_cluster_and_keeps_its_order()
    {
        var web = await _installation.StartWebAsync();
        await using var load = await Load.StartAsync(web.Port, writers: 4);
        await load.GoOnForAsync(60);
        var before = load.Acknowledged.ToList();
        var numbered = await NumberedAsync(_installation);
        var (roles, dump) = (Path.Combine(_folder.Path, "roles.sql"), Path.Combine(_folder.Path, "programme.dump"));
        var from = $"host=127.0.0.1 port={_installation.Port} user=app dbname=programme";
        await _installation.Server.RunAsync("pg_dumpall", ["-d", from, "--roles-only", "-f", roles]);
        await _installation.Server.RunAsync("pg_dump", ["-d", from, "-Fc", "-f", dump]);
        await load.GoOnForAsync(10);
        await load.StopAsync();

        // The new cluster has counted fewer transactions than those that wrote the dump's events.
        await using var restored = await Installation.OnCopyAsync(Path.Combine(_folder.Path, "elsewhere"), Installation.InstalledPrograms!);
        var to = $"host=127.0.0.1 port={restored.Port} user=app";
        await restored.Server.RunAsync("psql", ["-d", $"{to} dbname=postgres", "-q", "-f", roles]);
        await Installation.AskAsync(restored.Server.ConnectionString, "create database programme template template0");
        await restored.Server.RunAsync("pg_restore", ["-d", $"{to} dbname=programme", "--exit-on-error", dump]);
        (await restored.RecordedAsync()).ShouldHold(before);

        await using (var app = StoreDataSource.Create(restored.ForWeb(), StoreRole.App))
        await using (var numbering = StoreDataSource.Create(restored.ForWeb(), StoreRole.Numbering))
        {
            var store = new EventStore(app, FactCodec.OfDomain(), new TwoClockTables(ReadModelTables.All));
            await Should.ThrowAsync<StoreNotReadyException>(() => WriteNothingAsync(store));
            var here = new Numbering(numbering);
            await Until.HoldsAsync("the lease that came with the dump has ended", async () => await here.RunOnceAsync(CancellationToken.None) is not null);
            await WriteNothingAsync(store);
        }

        (await NumberedAsync(restored)).Take(numbered.Count).ShouldBe(numbered);
        await GoesOnAsync(restored);
        (await NumberedAsync(restored)).Take(numbered.Count).ShouldBe(numbered);
    }

    /// <summary>A command that gives no fact writes its receipt.</summary>
    private static async Task WriteNothingAsync(EventStore store)
    {
        var circumstances = new Circumstances("faults", "leadership", null, "none", null, null, [], Guid.CreateVersion7(), Guid.CreateVersion7(), new Dictionary<string, int>());
        var scope = Scope.Of(Installation.Tenant);
        var receipt = new ReceiptKey(circumstances.Actor, circumstances.CommandId, [1]);
        (await store.WriteAsync(scope, await store.LoadAsync(scope, [], receipt, CancellationToken.None), [], circumstances, receipt, "{}", CancellationToken.None))
            .ShouldBeOfType<WriteResult.Written>();
    }

    /// <summary>A web process works on it, numbers and follows what was left, and everything holds together.</summary>
    private static async Task GoesOnAsync(Installation restored)
    {
        var web = await restored.StartWebAsync();
        await using var load = await Load.StartAsync(web.Port, writers: 2);
        await load.GoOnForAsync(20);
        await load.StopAsync();
        await restored.SettledAsync();
        (await restored.RecordedAsync()).ShouldHold([.. load.Acknowledged]);
        await restored.ShouldHoldTogetherAsync();
    }

    private async Task LetArchiveAsync()
    {
        var last = (string)(await _installation.AskAsync("select pg_walfile_name(pg_switch_wal())"))!;
        await Until.HoldsAsync($"{last} is archived", () => Task.FromResult(File.Exists(Path.Combine(Backups, "wal", last))));
    }

    private async Task<string> BackUpAsync() =>
        (await RunAsync("base-backup", Backups, $"host=127.0.0.1 port={_installation.Port} user=app")).Trim().Split('\n')[^1];

    private Task<string> RunAsync(string script, params string[] arguments) =>
        _installation.Server.RunAsync("/usr/bin/env", [$"PG_BIN={Installation.InstalledPrograms}", "PATIENCE=60", "bash", Path.Combine(_folder.Path, script), .. arguments]);

    /// <summary>Stream and version by ordinal.</summary>
    private static Task<List<string>> NumberedAsync(Installation installation) => installation.ListAsync(
        "select e.stream || ' ' || e.version from store.ordinals o join store.events e using (transaction, position) order by o.ordinal", row => row.GetString(0));
}
