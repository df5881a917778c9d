using HousingBank.Cli.Terminal;
using HousingBank.Support;

namespace HousingBank.Cli.Tests;

/// <summary>The project's own demo files on a real database.</summary>
public sealed class ImportTests(TestServer server)
{
    private const string Everything =
        "select tenant, stream, version, type, body, effective_on, recorded_at, command_id from store.events order by tenant, stream, version";

    private static readonly string[] Files = [Demo("municipalities.csv"), Demo("boso-ost-2009-2010.json")];

    [Fact]
    public async Task Everything_is_imported_and_what_has_no_place_is_named()
    {
        await using var database = await CliDatabase.CreateAsync(server);

        var result = await database.RunAsync(["import", .. Files]);

        result.Output.ShouldContain("New: 237, already there: 0, not imported: 0.");
        result.Output.ShouldContain("evaluation: institute, period, municipalities (5), variables (5), dataCollection (5), interviewsInTotal, challenges (5), read and left out");
        result.Code.ShouldBe(ExitCode.Done);
    }

    [Fact]
    public async Task A_second_import_changes_nothing_and_says_so()
    {
        await using var database = await CliDatabase.CreateAsync(server);
        await database.RunAsync(["import", .. Files]);
        var before = await database.RowsAsync(Everything);

        var result = await database.RunAsync(["import", .. Files]);

        result.Output.ShouldContain("New: 0, already there: 237, not imported: 0.");
        (await database.RowsAsync(Everything)).ShouldBe(before);
    }

    [Fact]
    public async Task The_example_that_the_documentation_gives_is_imported_though_no_report_is_behind_it()
    {
        await using var database = await CliDatabase.CreateAsync(server);

        var result = await database.RunAsync(["import", HowTo("example-municipalities.csv"), HowTo("example-programme.json"), "--tenant", "region-vest"]);

        var said = result.Output.Split('\n', StringSplitOptions.TrimEntries).Single(l => l.StartsWith("New: ", StringComparison.Ordinal));
        said.ShouldEndWith("not imported: 0.");
        Guide.ShouldContain($"```\n{said}\n```");
        result.Code.ShouldBe(ExitCode.Done);
        (await database.RowsAsync("select body->>'phase' from store.events where type = 'phase-started' order by version")).ShouldBe(["preparation", "planning"]);
    }

    [Fact]
    public async Task The_mistakes_that_the_documentation_makes_in_its_example_are_reported_as_it_shows()
    {
        using var folder = new TemporaryFolder();
        var lines = await File.ReadAllLinesAsync(HowTo("example-programme.json"), TestContext.Current.CancellationToken);
        lines[19] = lines[19].Replace("P6M", "half a year", StringComparison.Ordinal);
        lines[35] = lines[35].Replace("storfjordby", "stordfjordby", StringComparison.Ordinal);
        var wrong = Path.Combine(folder.Path, "example-programme.json");
        await File.WriteAllLinesAsync(wrong, lines, TestContext.Current.CancellationToken);

        var result = await CommandLineResult.OfAsync(["import", "--dry-run", HowTo("example-municipalities.csv"), wrong], TestContext.Current.CancellationToken);

        result.Code.ShouldBe(ExitCode.BrokenSource);
        Guide.ShouldContain($"```\n{result.Output.ReplaceLineEndings("\n").Trim()}\n```");
    }

    [Fact]
    public async Task The_register_is_national_and_the_programme_is_the_office_s()
    {
        await using var database = await CliDatabase.CreateAsync(server);

        await database.RunAsync(["import", .. Files, "--tenant", "region-vest"]);

        (await database.RowsAsync("select distinct tenant, split_part(stream, '/', 1) as kind from store.events order by 1, 2")).ShouldBe(
            ["national|municipality", "region-vest|agreement", "region-vest|application", "region-vest|participation", "region-vest|programme", "region-vest|round"]);
    }

    [Fact]
    public async Task What_the_source_is_silent_on_is_named_and_nothing_is_invented()
    {
        await using var database = await CliDatabase.CreateAsync(server);

        await database.RunAsync(["import", .. Files]);

        (await database.RowsAsync("""
            select body->>'phase', body->>'ground', body->>'criteriaNotMet', body->>'notDocumentedCriteria', effective_first, effective_last, assumed_because is not null
              from store.events where tenant = 'region-ost' and type = 'phase-started' and body->>'phase' = 'implementation' and body->>'notDocumentedCriteria' <> '[]'
            """)).ShouldBe(["implementation|byModel|[\"actionPlanApproved\"]|[\"preAnalysisDelivered\"]|08/01/2010|08/31/2010|True"]);
        (await database.RowAsync("""
            select body->>'criteriaNotMet', count(*)
              from store.events where type = 'phase-started' and body->>'ground' = 'byModel' group by 1
            """)).ShouldBe("[\"actionPlanApproved\"]|4");
        (await database.RowAsync("select count(*) from store.events where type in ('agreement-signed', 'recommendation-noted', 'application-declared-complete')")).ShouldBe("0");
        (await database.RowAsync("select count(*) from store.events where body->>'ground' = 'waived' or decided_by is not null")).ShouldBe("0");
        (await database.RowAsync("select body->>'invited', body->>'applied', effective_on <= '2009-06-01' from store.events where type = 'counts-reported'")).ShouldBe("16|11|True");
    }

    [Fact]
    public async Task Every_fact_says_that_a_source_is_behind_it()
    {
        await using var database = await CliDatabase.CreateAsync(server);

        await database.RunAsync(["import", .. Files]);

        (await database.RowsAsync("select distinct basis_kind, basis is not null, role from store.events order by role")).ShouldBe(
            ["source|True|import", "source|True|process"]);
    }

    [Fact]
    public async Task A_dry_run_lists_what_would_be_done_with_its_lines_and_writes_nothing()
    {
        await using var database = await CliDatabase.CreateAsync(server);

        var result = await database.RunAsync(["import", .. Files, "--dry-run"]);

        result.Output.ShouldContain("boso-ost-2009-2010.json:324: hamar: implementation starts, by the model, without actionPlanApproved");
        result.Output.ShouldContain("237 commands would be carried out. Nothing was written.");
        (await database.RowAsync("select count(*) from store.events")).ShouldBe("0");
    }

    [Fact]
    public async Task A_line_that_has_changed_since_is_named_and_what_was_recorded_stands()
    {
        await using var database = await CliDatabase.CreateAsync(server);
        using var folder = new TemporaryFolder();
        await database.RunAsync(["import", .. Files]);
        var before = await database.RowsAsync(Everything);
        var changed = Path.Combine(folder.Path, "boso-ost-2009-2010.json");
        await File.WriteAllTextAsync(changed, Checkout.Read("ops/demo/boso-ost-2009-2010.json").Replace("\"invited\": 16", "\"invited\": 17", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        var result = await database.RunAsync("import", Files[0], changed);

        result.Code.ShouldBe(ExitCode.Refused);
        result.Output.ShouldContain("boso-ost-2009-2010.json, line 92, rounds[0].reportedCounts: round 1: 17 invited and 11 applied, without names: not imported: the source said something else here");
        result.Output.ShouldContain("New: 0, already there: 236, not imported: 1.");
        (await database.RowsAsync(Everything)).ShouldBe(before);
    }

    [Fact]
    public async Task A_broken_file_stops_the_import_before_it_has_begun()
    {
        await using var database = await CliDatabase.CreateAsync(server);
        using var folder = new TemporaryFolder();
        var broken = Path.Combine(folder.Path, "broken.json");
        await File.WriteAllTextAsync(broken, Checkout.Read("ops/demo/boso-ost-2009-2010.json").Replace("\"invited\": 16", "\"invited\": \"many\"", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        var result = await database.RunAsync("import", Files[0], broken);

        result.Code.ShouldBe(ExitCode.BrokenSource);
        result.Output.ShouldContain("broken.json, line 93, rounds[0].reportedCounts.invited: a whole number from 0 up is expected");
        (await database.RowAsync("select count(*) from store.events")).ShouldBe("0");
    }

    [Fact]
    public async Task An_interrupted_import_says_where_it_stopped_and_goes_on_when_run_again()
    {
        await using var database = await CliDatabase.CreateAsync(server);
        using var interruption = new CancellationTokenSource();
        var first = CommandLineResult.OfAsync(["import", .. Files, "--database", database.ConnectionString], interruption.Token);
        while (!first.IsCompleted && await database.RowAsync("select count(*) < 20 from store.events") == "True")
            await Task.Delay(5, TestContext.Current.CancellationToken);
        await interruption.CancelAsync();

        (await first).Code.ShouldBe(ExitCode.Interrupted);
        (await first).Output.ShouldContain("Interrupted before ");
        var second = await database.RunAsync(["import", .. Files]);

        second.Code.ShouldBe(ExitCode.Done);
        second.Output.ShouldContain("not imported: 0.");
        await using var atOnce = await CliDatabase.CreateAsync(server);
        await atOnce.RunAsync(["import", .. Files]);
        const string WithoutMoments = "select tenant, stream, version, type, body, effective_on, command_id from store.events order by tenant, stream, version";
        (await database.RowsAsync(WithoutMoments)).ShouldBe(await atOnce.RowsAsync(WithoutMoments));
    }

    [Theory]
    [InlineData("import")]
    [InlineData("import", "--tenant")]
    [InlineData("frobnicate")]
    public async Task A_command_line_that_cannot_be_understood_is_a_usage_error(params string[] arguments) =>
        (await CommandLineResult.OfAsync(arguments, TestContext.Current.CancellationToken)).Code.ShouldBe(ExitCode.Usage);

    [Fact]
    public async Task A_file_that_is_not_there_is_one_plain_sentence()
    {
        var result = await CommandLineResult.OfAsync(["import", "nowhere.json", "--dry-run"], TestContext.Current.CancellationToken);

        result.Code.ShouldBe(ExitCode.Failed);
        result.Output.Trim().ShouldContain("nowhere.json");
        result.Output.Trim().ShouldNotContain("\n");
    }

    private static string Guide => Checkout.Read("docs/how-to/import-your-own-data.md");

    private static string Demo(string file) => Path.Combine(Checkout.Root, "ops", "demo", file);

    private static string HowTo(string file) => Path.Combine(Checkout.Root, "docs", "how-to", file);
}
