using System.Diagnostics;
using HousingBank.EmbeddedPostgres;
using HousingBank.Processes.Persons;
using HousingBank.Support;
using Npgsql;

namespace HousingBank.Faults.Tests;

/// <summary>The operator's commands broken off in the midst of their work, at one message to the database after the other, and run again until they get through.</summary>
[Trait("Long", "true")]
public sealed class KilledCommandTests(ITestOutputHelper output) : IAsyncDisposable
{
    private const string Person = "0199c8f0-0000-7000-8000-";

    private static readonly string[] s_history = ["ops/demo/boso-ost-2009-2010.json", "ops/demo/municipalities.csv"];

    private readonly Dictionary<string, string> _environment = [];
    private readonly TemporaryFolder _folder = Installation.NewFolder();
    private Installation? _installation;

    public async ValueTask DisposeAsync()
    {
        if (_installation is not null)
            await _installation.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Migrate_makes_the_schema_that_it_would_have_made_at_once()
    {
        await using var server = await PostgresServer.StartAsync(new() { DataRoot = Path.Combine(_folder.Path, "server"), Port = 0 });
        foreach (var name in new[] { "broken_off", "at_once" })
            await Installation.AskAsync(server.ConnectionString, $"create database {name} template template0");
        var brokenOff = server.ConnectionStringFor("broken_off");

        (await UntilThroughAsync(brokenOff, "migrate")).ShouldBeGreaterThan(10);
        await CliAsync(server.ConnectionStringFor("at_once"), "migrate");

        (await SchemaAsync(brokenOff)).ShouldBe(await SchemaAsync(server.ConnectionStringFor("at_once")));
    }

    [Fact]
    public async Task Import_records_what_it_would_have_recorded_at_once()
    {
        _installation = await Installation.StartAsync();
        var atOnce = await AnotherDatabaseAsync();
        string[] import = ["import", .. s_history, "--tenant", "region-ost"];

        (await UntilThroughAsync(_installation.Operator, import)).ShouldBeGreaterThan(10);
        await CliAsync(atOnce, import);
        await HoldsTogetherAsync();

        (await FactsAsync(_installation.Operator)).ShouldBe(await FactsAsync(atOnce));
    }

    [Fact]
    public async Task Import_says_that_the_database_went_away_under_what_follows_and_goes_on_with_that_when_it_is_run_again()
    {
        _installation = await Installation.StartAsync();
        var atOnce = await AnotherDatabaseAsync();
        await using var proxy = new TcpProxy(_installation.Port);
        var through = new NpgsqlConnectionStringBuilder(_installation.Operator) { Host = "127.0.0.1", Port = proxy.Port }.ConnectionString;
        string[] import = ["import", .. s_history, "--tenant", "region-ost"];

        foreach (var follows in new[] { "process:open-candidacy", "process:admit-participant" })
        {
            var lost = proxy.LoseRequestWith(System.Text.Encoding.UTF8.GetBytes(follows));
            using var command = CliProcess.Start(through, _environment, import);
            var broken = await command.EndedAsync();
            lost.IsCompletedSuccessfully.ShouldBeTrue($"{follows}: {broken}");
            ShouldBeTold(broken);
        }

        await CliAsync(_installation.Operator, import);
        await CliAsync(atOnce, import);
        (await FactsAsync(_installation.Operator)).ShouldBe(await FactsAsync(atOnce));
    }

    [Fact]
    public async Task Simulate_records_what_it_would_have_recorded_at_once()
    {
        _installation = await Installation.StartAsync();
        var atOnce = await AnotherDatabaseAsync();
        string[] simulate = ["simulate", "--municipalities", "4", "--seed", "7"];

        // A programme is written whole by a few messages: none of them is left out.
        (await UntilThroughAsync(_installation.Operator, simulate, () => Task.CompletedTask, eachMessage: true)).ShouldBeGreaterThan(10);
        await CliAsync(atOnce, simulate);
        await HoldsTogetherAsync();

        (await FactsAsync(_installation.Operator)).ShouldBe(await FactsAsync(atOnce));
    }

    [Fact]
    public async Task Rebuild_and_verify_leave_tables_that_are_what_the_log_gives_while_others_write()
    {
        _installation = await Installation.StartAsync();
        await CliAsync(_installation.Operator, "simulate", "--municipalities", "4");
        var web = await _installation.StartWebAsync();
        await using var load = await Load.IdleAsync(web.Port);
        using var enough = new CancellationTokenSource();
        var writing = WriteAsync(load, enough.Token);

        (await UntilThroughAsync(_installation.Operator, "rebuild")).ShouldBeGreaterThan(10);
        (await UntilThroughAsync(_installation.Operator, "verify", "--tables")).ShouldBeGreaterThan(10);

        await enough.CancelAsync();
        await writing;
        await _installation.ShouldBeInOrderAsync(load);
        await CliAsync(_installation.Operator, "verify", "--tables");
        (await _installation.ListAsync(
            "select relname from pg_class where relnamespace = 'tables'::regnamespace and relkind = 'r' and relname not in ('registry', 'edition', 'rebuilds') and relname not in (select physical from tables.registry)",
            row => row.GetString(0))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Rotate_puts_every_key_under_the_new_master_key_and_changes_none()
    {
        _installation = await Installation.StartAsync();
        var (older, current) = (MasterKeys.Make("older"), MasterKeys.Make("current"));
        var before = new MasterKeys(older);
        foreach (var n in Enumerable.Range(1, 300))
        {
            var wrapped = before.Wrap(Installation.Tenant, PersonOf(n), KeyOf(n));
            await _installation.AskAsync($"insert into store.person_keys (tenant, person, kind, wrapped_key, master_key) values ('{Installation.Tenant}', '{PersonOf(n)}', 'person', '\\x{Convert.ToHexString(wrapped)}', 'older')");
        }

        (_environment["PersonalData__MasterKey"], _environment["PersonalData__OlderMasterKeys__0"]) = (current, older);
        (await UntilThroughAsync(_installation.Operator, "personal-data", "rotate")).ShouldBeGreaterThan(10);

        var after = new MasterKeys(current);
        var keys = await _installation.ListAsync("select person, wrapped_key, master_key from store.person_keys order by person", row => (Person: row.GetGuid(0), Wrapped: row.GetFieldValue<byte[]>(1), Under: row.GetString(2)));
        keys.Count.ShouldBe(300);
        for (var n = 1; n <= keys.Count; n++)
            after.Unwrap(Installation.Tenant, keys[n - 1].Person, keys[n - 1].Under, keys[n - 1].Wrapped).ShouldBe(KeyOf(n));
    }

    [Fact]
    public async Task Erasures_are_recorded_once_and_the_key_goes_with_the_fact_or_not_at_all()
    {
        _installation = await Installation.StartAsync();
        await _installation.AskAsync($"""
            insert into store.person_keys (tenant, person, kind, wrapped_key, master_key)
            select '{Installation.Tenant}', ('{Person}' || lpad(n::text, 12, '0'))::uuid, 'person', '\x01', 'first' from generate_series(1, 60) n
            """);
        var list = Path.Combine(_folder.Path, "erasures.csv");
        await File.WriteAllLinesAsync(list, ["tenant,person,effectiveOn,reason,basisKind,basis", .. Enumerable.Range(1, 60).Select(n => $"{Installation.Tenant},{PersonOf(n)},2026-01-01,requested,case,26/1")]);

        (await UntilThroughAsync(
            _installation.Operator,
            ["personal-data", "replay-erasures", "--list", list],
            async () => (await _installation.AskAsync(
                "select count(*) from store.person_keys k where (k.wrapped_key is null) <> exists (select from store.events e where e.tenant = k.tenant and e.stream = 'person/' || k.person and e.type = 'person-erased')"))
                .ShouldBe(0L, "a key is gone without the fact that says so, or the other way round"))).ShouldBeGreaterThan(10);

        (await _installation.AskAsync("select count(*) || ' ' || count(distinct stream) from store.events where type = 'person-erased'")).ShouldBe("60 60");
        await HoldsTogetherAsync();
    }

    [Fact]
    public async Task Export_never_leaves_a_part_under_the_name_of_the_whole()
    {
        _installation = await Installation.StartAsync();
        await CliAsync(_installation.Operator, ["import", .. s_history]);
        await _installation.StartWebAsync();
        await Until.HoldsAsync("the log is sealed", async () =>
            (bool)(await _installation.AskAsync("select count(*) > 0 and max(last_ordinal) = (select count(*) from store.events) from store.seals"))!);
        var (file, whole) = (Path.Combine(_folder.Path, "export.ndjson"), Path.Combine(_folder.Path, "whole.ndjson"));
        await CliAsync(_installation.Operator, "export", whole);
        var exported = await File.ReadAllTextAsync(whole);
        await File.WriteAllTextAsync(file, "the export of last month");

        (await UntilThroughAsync(
            _installation.Operator,
            ["export", file],
            async () => (await File.ReadAllTextAsync(file)).ShouldBeOneOf("the export of last month", exported))).ShouldBeGreaterThan(4);

        (await File.ReadAllTextAsync(file)).ShouldBe(exported);
        Directory.GetFiles(_folder.Path).ShouldBe([file, whole], ignoreOrder: true);
    }

    [Fact]
    public async Task An_export_killed_while_it_is_written_leaves_what_was_there_before()
    {
        _installation = await Installation.StartAsync();
        await CliAsync(_installation.Operator, ["import", .. s_history]);
        await _installation.StartWebAsync();
        await Until.HoldsAsync("something is sealed", async () => (bool)(await _installation.AskAsync("select exists (select from store.seals)"))!);
        await using var proxy = new TcpProxy(_installation.Port) { Delay = TimeSpan.FromMilliseconds(40) };
        var through = new NpgsqlConnectionStringBuilder(_installation.Operator) { Host = "127.0.0.1", Port = proxy.Port }.ConnectionString;
        var file = Path.Combine(_folder.Path, "export.ndjson");
        await File.WriteAllTextAsync(file, "the export of last month");

        for (var times = 0; times < 8; times++)
        {
            using var command = CliProcess.Start(through, _environment, "export", file);
            var ended = command.EndedAsync();
            await Until.HoldsAsync("it is being written", () => Task.FromResult(File.Exists(file + ".unfinished") || ended.IsCompleted));
            await Task.Delay(20 * times);
            command.Kill();
            var said = await ended;
            output.WriteLine($"export, killed {20 * times} ms after it began to write: {said.Code}");
            said.Code.ShouldNotBe(0, "it was killed too late");
            (await File.ReadAllTextAsync(file)).ShouldBe("the export of last month");
            // What it left is no longer there when the next begins to write.
            File.Delete(file + ".unfinished");
        }
    }

    /// <summary>Ten entries a second at most: streams of a length that an office has.</summary>
    private static async Task WriteAsync(Load load, CancellationToken enough)
    {
        for (var i = 0; !enough.IsCancellationRequested; i++)
        {
            await load.WriteEntryAsync($"meanwhile {i}");
            await Task.Delay(100, CancellationToken.None);
        }
    }

    private static Guid PersonOf(int number) => Guid.Parse(Person + number.ToString("D12", System.Globalization.CultureInfo.InvariantCulture));

    private static byte[] KeyOf(int number) => [.. Enumerable.Repeat((byte)number, 32)];

    private Task<int> UntilThroughAsync(string database, params string[] arguments) => UntilThroughAsync(database, arguments, () => Task.CompletedTask);

    /// <summary>Runs a command again and again; each time something happens to it at a later message, until it has said everything before.</summary>
    /// <param name="check">What holds after each time that it was broken off.</param>
    /// <param name="eachMessage">Otherwise ever fewer of them.</param>
    /// <returns>How often it was broken off.</returns>
    private async Task<int> UntilThroughAsync(string database, string[] arguments, Func<Task> check, bool eachMessage = false)
    {
        var server = new NpgsqlConnectionStringBuilder(database);
        await using var proxy = new TcpProxy(server.Port);
        var through = new NpgsqlConnectionStringBuilder(database) { Host = "127.0.0.1", Port = proxy.Port }.ConnectionString;
        var times = 0;
        for (var request = 1; ; request += eachMessage ? 1 : Math.Max(1, request / 3), times++)
        {
            var arrives = times % 2 == 0;
            var stopped = proxy.StopAt(request, arrives);
            using var command = CliProcess.Start(through, _environment, arguments);
            var ended = command.EndedAsync();
            if (await Task.WhenAny(stopped, ended) == ended)
            {
                var result = await ended;
                result.Code.ShouldBe(0, $"{string.Join(' ', arguments)}: {result}");
                output.WriteLine($"{arguments[0]}: broken off {times} times, through with {proxy.Requests} messages");
                return times;
            }

            var fault = await BreakOffAsync(database, command, await stopped, times);
            proxy.GoOn();
            var broken = await ended;
            await Until.HoldsAsync("the server answers again", () => AnswersAsync(database));
            output.WriteLine($"{arguments[0]}, message {request}, {(arrives ? "arrived" : "lost")}, {fault}: {broken.Code} {broken.Error.Trim()}");
            // One that was through already was only closing its connections.
            if (fault != "process" && broken.Code != 0)
                ShouldBeTold(broken);
            await check();
        }
    }

    private static void ShouldBeTold(CliResult broken)
    {
        broken.Code.ShouldBe(1, broken.ToString());
        broken.Error.Trim().Split('\n').ShouldHaveSingleItem();
        broken.Error.ShouldNotContain("xception");
        broken.Error.ShouldContain("run the same command again");
    }

    /// <returns>What was done to it.</returns>
    private static async Task<string> BreakOffAsync(string database, CliProcess command, int port, int times)
    {
        var backend = times % 3 == 0 ? null : (int?)await Installation.AskAsync(database, $"select pid from pg_stat_activity where client_port = {port}");
        if (backend is null)
        {
            command.Kill();
            return "process";
        }

        if (times % 3 == 1)
        {
            await Installation.AskAsync(database, $"select pg_terminate_backend({backend})");
            return "connection";
        }

        using var kill = Process.Start("/bin/kill", ["-KILL", $"{backend}"]);
        await kill.WaitForExitAsync();
        return "server";
    }

    private static async Task<bool> AnswersAsync(string database)
    {
        try
        {
            return await Installation.AskAsync(database, "select true") is true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private async Task CliAsync(string database, params string[] arguments)
    {
        using var command = CliProcess.Start(database, _environment, arguments);
        var result = await command.EndedAsync();
        result.Code.ShouldBe(0, result.ToString());
    }

    private async Task<string> AnotherDatabaseAsync()
    {
        await Installation.AskAsync(_installation!.Server.ConnectionString, "create database at_once template template0");
        var atOnce = _installation.Server.ConnectionStringFor("at_once");
        await CliAsync(atOnce, "migrate");
        return atOnce;
    }

    /// <summary>A web process numbers, follows and seals what was recorded, and everything holds together.</summary>
    private async Task HoldsTogetherAsync()
    {
        await _installation!.StartWebAsync();
        await _installation.SettledAsync();
        await _installation.ShouldHoldTogetherAsync();
    }

    /// <summary>Everything that is said of a fact but for moments of recording.</summary>
    private static async Task<string> FactsAsync(string database) => (string)(await Installation.AskAsync(
        database,
        """
        select string_agg(concat_ws(' ', tenant, stream, version, type, effective_on, actor, command_id, correlation, body::text), E'\n' order by tenant collate "C", stream collate "C", version)
          from store.events
        """))!;

    private static async Task<string> SchemaAsync(string database) => (string)(await Installation.AskAsync(
        database,
        """
        select string_agg(said, E'\n' order by said collate "C") from (
          select concat_ws(' ', c.oid::regclass, c.relkind, c.relacl, c.relrowsecurity, pg_get_userbyid(c.relowner)) as said from pg_class c where c.relnamespace in (select oid from pg_namespace where nspname !~ '^(pg_|information)')
          union all
          select concat_ws(' ', a.attrelid::regclass, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull) from pg_attribute a join pg_class c on c.oid = a.attrelid where c.relnamespace in (select oid from pg_namespace where nspname !~ '^(pg_|information)') and a.attnum > 0
          union all
          select concat_ws(' ', conrelid::regclass, pg_get_constraintdef(oid)) from pg_constraint where connamespace in (select oid from pg_namespace where nspname !~ '^(pg_|information)')
          union all
          select concat_ws(' ', p.oid::regprocedure, p.proacl, md5(pg_get_functiondef(p.oid))) from pg_proc p where p.pronamespace in (select oid from pg_namespace where nspname !~ '^(pg_|information)')
          union all
          select concat_ws(' ', polrelid::regclass, polname, pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)) from pg_policy
          union all
          select concat_ws(' ', name, version, physical, shape) from tables.registry
          union all
          select 'still being built: ' || name from tables.rebuilds) s
        """))!;
}
