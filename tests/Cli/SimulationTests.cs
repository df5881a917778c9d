using HousingBank.Cli.Terminal;
using HousingBank.Support;

namespace HousingBank.Cli.Tests;

public sealed class SimulationTests(TestServer server)
{
    private static readonly string[] Small = ["simulate", "--municipalities", "9", "--seed", "7"];

    // Everything but what belongs to one database alone: position, transaction and salt, and the moment of the event that tells of the simulation itself.
    private const string Events = """
        select tenant, stream, version, type, type_version, body, effective_on, effective_first, effective_last, precision,
               case when type <> 'history-carried-over' then to_char(recorded_at, 'YYYY-MM-DD HH24:MI:SS.US') end,
               actor, role, decided_by, basis_kind, basis, entry_reason, array_to_string(not_documented, ','), looked_at, command_id, correlation
          from store.events order by tenant, stream, version
        """;

    private const string Phases = "select p::text from read.phase p order by p::text";

    [Theory]
    [InlineData(1, 24)]
    [InlineData(2, 40)]
    [InlineData(3, 100)]
    public async Task A_simulation_asks_for_nothing_that_the_rules_refuse(int seed, int municipalities)
    {
        await using var database = await CliDatabase.CreateAsync(server);

        var result = await database.RunAsync("simulate", "--municipalities", $"{municipalities}", "--seed", $"{seed}");

        result.Output.ShouldContain("already there: 0 programmes.");
        result.Code.ShouldBe(ExitCode.Done);
        (await database.RowAsync("select count(*) from read.contradiction")).ShouldBe("0");
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_events_and_tables_to_the_last_byte()
    {
        await using var one = await CliDatabase.CreateAsync(server);
        await using var other = await CliDatabase.CreateAsync(server);

        (await one.RunAsync(Small)).Output.ShouldContain("New: ");
        await other.RunAsync(Small);

        (await one.RowsAsync(Events)).Count.ShouldBeGreaterThan(300);
        (await other.RowsAsync(Events)).ShouldBe(await one.RowsAsync(Events));
        (await other.RowsAsync(Phases)).ShouldBe(await one.RowsAsync(Phases));
    }

    [Fact]
    public async Task Of_two_at_once_one_ends_and_the_other_says_why_it_does_not_or_finds_it_done()
    {
        await using var database = await CliDatabase.CreateAsync(server);
        await using var alone = await CliDatabase.CreateAsync(server);
        await alone.RunAsync(Small);

        var results = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => database.RunAsync(Small))));

        results.ShouldContain(r => r.Code == ExitCode.Done);
        foreach (var other in results.Where(r => r.Code != ExitCode.Done))
        {
            other.Code.ShouldBe(ExitCode.Failed);
            other.Output.ShouldContain("Another program carries the same history over into tenant simulert.");
        }

        (await database.RunAsync(Small)).Output.ShouldContain("New: 0 events");
        (await database.RowsAsync(Events)).ShouldBe(await alone.RowsAsync(Events));
    }

    [Fact]
    public async Task Another_seed_gives_another_history()
    {
        await using var one = await CliDatabase.CreateAsync(server);
        await using var other = await CliDatabase.CreateAsync(server);

        await one.RunAsync(Small);
        await other.RunAsync([.. Small[..^1], "8"]);

        (await other.RowsAsync(Events)).ShouldNotBe(await one.RowsAsync(Events));
    }

    [Fact]
    public async Task Everything_is_marked_as_simulated_and_spread_over_the_years()
    {
        await using var database = await CliDatabase.CreateAsync(server);

        await database.RunAsync(Small);

        (await database.RowsAsync("select distinct tenant, basis_kind, basis from store.events")).ShouldBe(
            ["simulert|simulation|simulation: 9 municipalities, 8 years from 2018-01-01, seed 7"]);
        (await database.RowsAsync("select body->>'name' from store.events where type = 'municipality-registered' and body->>'name' not like 'Simulert kommune %'")).ShouldBeEmpty();
        (await database.RowsAsync("select distinct extract(year from recorded_at)::text from store.events where type <> 'history-carried-over' order by 1")).ShouldBe(
            ["2018", "2019", "2020", "2021", "2022", "2023", "2024", "2025"]);
        (await database.RowAsync("select count(*) > 5, count(*) < 200 from store.events where entry_reason is not null")).ShouldBe("True|True");
    }

    [Fact]
    public async Task A_second_run_finds_everything_there()
    {
        await using var database = await CliDatabase.CreateAsync(server);
        await database.RunAsync(Small);
        var before = await database.RowsAsync(Events);

        var result = await database.RunAsync(Small);

        result.Code.ShouldBe(ExitCode.Done);
        result.Output.ShouldContain("New: 0 events in 0 programmes, already there: 1 programmes.");
        (await database.RowsAsync(Events)).ShouldBe(before);
    }

    [Fact]
    public async Task An_interrupted_simulation_ends_the_same_when_it_is_run_again()
    {
        string[] several = ["simulate", "--municipalities", "140", "--seed", "7"];
        await using var database = await CliDatabase.CreateAsync(server);
        await using var atOnce = await CliDatabase.CreateAsync(server);
        using var interruption = new CancellationTokenSource();
        var first = CommandLineResult.OfAsync([.. several, "--database", database.ConnectionString], interruption.Token);
        while (!first.IsCompleted && await database.RowAsync("select count(*) < 50 from store.events") == "True")
            await Task.Delay(5, TestContext.Current.CancellationToken);
        await interruption.CancelAsync();

        (await first).Code.ShouldBe(ExitCode.Interrupted);
        (await first).Output.ShouldContain("of 4. What was recorded stands; run the same command again to go on.");
        (await database.RunAsync(several)).Code.ShouldBe(ExitCode.Done);

        await atOnce.RunAsync(several);
        (await database.RowsAsync(Events)).ShouldBe(await atOnce.RowsAsync(Events));
    }

    [Fact]
    public async Task The_tables_are_those_that_a_rebuild_makes()
    {
        await using var database = await CliDatabase.CreateAsync(server);
        await database.RunAsync(Small);
        var names = await database.RowsAsync("select name from tables.registry order by name");
        var before = await RowsOfAsync(database, names);

        (await database.RunAsync("rebuild")).Code.ShouldBe(ExitCode.Done);

        before.Count.ShouldBeGreaterThan(500);
        (await RowsOfAsync(database, names)).ShouldBe(before);
    }

    [Fact]
    public async Task A_tenant_with_another_history_is_left_alone()
    {
        await using var database = await CliDatabase.CreateAsync(server);
        await database.RunAsync("import", Path.Combine(Checkout.Root, "ops/demo/municipalities.csv"), Path.Combine(Checkout.Root, "ops/demo/boso-ost-2009-2010.json"));
        var before = await database.RowsAsync(Events);

        var result = await database.RunAsync([.. Small, "--tenant", "region-ost"]);

        result.Code.ShouldBe(ExitCode.Failed);
        result.Output.ShouldContain("Tenant region-ost holds something else already");
        (await database.RowsAsync(Events)).ShouldBe(before);
    }

    [Theory]
    [InlineData("--from", "2999-01-01", ExitCode.Failed)]
    [InlineData("--from", "yesterday", ExitCode.Usage)]
    [InlineData("--municipalities", "0", ExitCode.Usage)]
    [InlineData("--tenant", "national", ExitCode.Usage)]
    public async Task What_cannot_be_simulated_is_said(string option, string value, ExitCode code)
    {
        await using var database = await CliDatabase.CreateAsync(server);

        (await database.RunAsync("simulate", option, value)).Code.ShouldBe(code);
    }

    private static async Task<IReadOnlyList<string>> RowsOfAsync(CliDatabase database, IReadOnlyList<string> tables)
    {
        var rows = new List<string>();
        foreach (var table in tables)
            rows.AddRange(await database.RowsAsync($"select '{table}', t::text from read.{table} t order by t::text"));
        return rows;
    }
}
