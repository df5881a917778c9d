using HousingBank.Cli.Terminal;
using HousingBank.Support;
using Npgsql;

namespace HousingBank.Cli.Tests;

/// <summary>What an operator does about persons.</summary>
public sealed class PersonalDataTests(TestServer server)
{
    private static readonly string Person = "0199c8f0-0000-7000-8000-0000000000aa";

    [Fact]
    public async Task An_erasure_is_listed_without_a_name_and_the_list_erases_again_in_a_copy_that_does_not_know_of_it()
    {
        await using var database = await CliDatabase.CreateAsync(server);
        await using var restored = await CliDatabase.CreateAsync(server);
        foreach (var each in new[] { database, restored })
            await each.RowsAsync($"insert into store.person_keys (tenant, person, kind, wrapped_key, master_key) values ('region-ost', '{Person}', 'person', '\\x01', 'first')");

        (await database.RunAsync("personal-data", "erase", Person, "--reason", "requested", "--case", "26/1")).Code.ShouldBe(ExitCode.Done);
        var list = await database.RunAsync("personal-data", "erased");
        list.Code.ShouldBe(ExitCode.Done, list.Output);
        list.Output.Trim().Split('\n')[1].ShouldContain(Person);
        (await database.RunAsync("personal-data", "report", Person, "--csv")).Output.ShouldContain($",{list.Output.Trim().Split('\n')[1].Split(',')[2]},person-erased,");
        (await database.RunAsync("personal-data", "erased", "--since", "2199-01-01")).Output.Trim().Split('\n').ShouldHaveSingleItem();

        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "erasures.csv");
        await File.WriteAllTextAsync(file, list.Output, TestContext.Current.CancellationToken);
        (await restored.RowAsync("select wrapped_key is null from store.person_keys")).ShouldBe("False");
        var replayed = await restored.RunAsync("personal-data", "replay-erasures", "--list", file);
        replayed.Code.ShouldBe(ExitCode.Done, replayed.Output);
        (await restored.RowAsync("select wrapped_key is null from store.person_keys")).ShouldBe("True");
        (await restored.RowAsync("select body->>'reason' || ' ' || basis from store.events where type = 'person-erased'")).ShouldBe("requested 26/1");

        await restored.RunAsync("personal-data", "replay-erasures", "--list", file);
        (await restored.RowAsync("select count(*) from store.events")).ShouldBe("1");
    }

    [Theory]
    [InlineData("tenant,person\nregion-ost,1")]
    [InlineData("tenant,person,effectiveOn,reason,basisKind,basis\nregion-ost,ingen,2026-01-01,requested,case,1")]
    [InlineData("tenant,person,effectiveOn,reason,basisKind,basis\nregion-ost,0199c8f0-0000-7000-8000-0000000000aa,i går,requested,case,1")]
    public async Task A_list_that_cannot_be_read_erases_nobody(string text)
    {
        await using var database = await CliDatabase.CreateAsync(server);
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "erasures.csv");
        await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);

        (await database.RunAsync("personal-data", "replay-erasures", "--list", file)).Code.ShouldBe(ExitCode.Failed);
        (await database.RowAsync("select count(*) from store.events")).ShouldBe("0");
    }

    [Fact]
    public async Task Who_has_read_what_is_forgotten_when_it_is_older_than_it_is_kept_and_not_before()
    {
        await using var database = await CliDatabase.CreateAsync(server);
        await database.RowsAsync(
            $"insert into store.person_readings (tenant, read_at, actor, role, route, persons) select 'region-ost', now() - days * interval '1 day', 'a', 'auditor', '/personer', array['{Person}'::uuid] from unnest(array[1, 29, 31, 800]) days");

        (await database.RunAsync("personal-data", "forget-readings", "--older-than-days", "29")).Code.ShouldBe(ExitCode.Usage);
        (await database.RowAsync("select count(*) from store.person_readings")).ShouldBe("4");
        (await database.RunAsync("personal-data", "forget-readings", "--older-than-days", "730")).Code.ShouldBe(ExitCode.Done);
        (await database.RowAsync("select count(*) from store.person_readings")).ShouldBe("3");
        (await database.RunAsync("personal-data", "forget-readings", "--older-than-days", "30")).Output.ShouldContain("1 readings were forgotten");
    }

    [Fact]
    public async Task Who_has_read_what_is_forgotten_by_nobody_who_may_not_act_for_the_keys()
    {
        await using var database = await CliDatabase.CreateAsync(server);
        await database.RowsAsync($"insert into store.person_readings (tenant, read_at, actor, role, route, persons) values ('region-ost', '2009-10-01', 'a', 'auditor', '/personer', array['{Person}'::uuid])");
        await database.RowsAsync("create role web_process login in role programme_app, programme_numbering, programme_subscriber, programme_sealer");
        var asWeb = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Username = "web_process" }.ConnectionString;

        var refused = await ForgetAsync(asWeb);
        refused.Output.ShouldBe($"The database refuses: permission denied to set role \"programme_keys\"{Environment.NewLine}");
        refused.Code.ShouldBe(ExitCode.Failed);
        (await database.RowAsync("select count(*) from store.person_readings")).ShouldBe("1");

        await database.RowsAsync("grant programme_keys to web_process");
        (await ForgetAsync(asWeb)).Code.ShouldBe(ExitCode.Done);
        (await database.RowAsync("select count(*) from store.person_readings")).ShouldBe("0");

        static Task<CommandLineResult> ForgetAsync(string login) =>
            CommandLineResult.OfAsync(["personal-data", "forget-readings", "--older-than-days", "730", "--database", login], TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_new_master_key_is_written_as_the_configuration_wants_it()
    {
        await using var database = await CliDatabase.CreateAsync(server);
        var made = await database.RunAsync("personal-data", "new-master-key", "2026-12");

        new HousingBank.Processes.Persons.MasterKeys(made.Output.Trim()).Current.ShouldBe("2026-12");
        (await database.RunAsync("personal-data", "new-master-key", "a:b")).Code.ShouldBe(ExitCode.Usage);
        (await database.RunAsync("personal-data", "rotate")).Output.ShouldContain("PersonalData:MasterKey");
        (await database.RunAsync("personal-data", "report", Person)).Output.ShouldContain("Nothing was ever recorded");
    }
}
