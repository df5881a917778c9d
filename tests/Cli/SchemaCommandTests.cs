using HousingBank.Cli.Terminal;
using HousingBank.Store;
using HousingBank.Support;

namespace HousingBank.Cli.Tests;

public sealed class SchemaCommandTests(TestServer server)
{
    [Fact]
    public async Task A_database_without_a_schema_is_told_to_be_so_and_gets_one()
    {
        var empty = await server.EmptyDatabaseAsync(TestContext.Current.CancellationToken);

        (await RunAsync(empty, "version")).Output.ShouldContain("Database: no schema yet; migrate makes it.");
        (await RunAsync(empty, "migrate")).Code.ShouldBe(ExitCode.Done);
        (await RunAsync(empty, "version")).Output.ShouldContain($"Database: schema version {SchemaMigrator.NewestVersion}.");
        (await RunAsync(empty, "migrate")).Output.ShouldBe($"The database has schema version {SchemaMigrator.NewestVersion}.{Environment.NewLine}");
    }

    [Fact]
    public async Task Tables_are_made_anew_with_the_same_rows()
    {
        await using var database = await CliDatabase.CreateAsync(server);
        await database.RunAsync("import", Path.Combine(Checkout.Root, "ops", "demo", "municipalities.csv"));
        const string Rows = "select * from read.municipality order by stream, key, valid_from, known_from";
        var before = await database.RowsAsync(Rows);

        var result = await database.RunAsync("rebuild", "municipality");

        result.Code.ShouldBe(ExitCode.Done);
        result.Output.ShouldContain("Table municipality: in use, made from ");
        before.Count.ShouldBeGreaterThan(20);
        (await database.RowsAsync(Rows)).ShouldBe(before);
    }

    [Fact]
    public async Task The_status_says_what_waits_and_fails_when_something_is_to_be_seen_to()
    {
        var empty = await server.EmptyDatabaseAsync(TestContext.Current.CancellationToken);
        (await RunAsync(empty, "status")).Code.ShouldBe(ExitCode.Failed);
        await using var database = await CliDatabase.CreateAsync(server);
        await database.RunAsync("import", Path.Combine(Checkout.Root, "ops", "demo", "municipalities.csv"));
        var waiting = await database.RunAsync("status");
        waiting.Code.ShouldBe(ExitCode.Failed);
        waiting.Output.ShouldContain("To be seen to: The settled moment does not move");
        waiting.Output.ShouldNotContain(" 0 wait to be.");

        await database.NumberAsync();

        var done = await database.RunAsync("status");
        done.Output.ShouldContain(" 0 wait to be.");
        done.Code.ShouldBe(ExitCode.Done);
    }

    [Fact]
    public async Task What_is_parked_is_shown_with_its_reason_and_can_be_asked_to_be_tried_again()
    {
        await using var database = await CliDatabase.CreateAsync(server);
        (await database.RunAsync("parked")).Output.ShouldBe($"Nothing is parked.{Environment.NewLine}");
        await database.RowsAsync(
            """
            insert into store.ordinals (ordinal, transaction, position) values (7, '1', 1);
            insert into store.subscriptions (name) values ('reactions');
            insert into store.parked (subscription, ordinal, tenant, stream, reason) values ('reactions', 7, 'region-ost', 'round/1', 'a rule stands in the way')
            """);

        (await database.RunAsync("parked")).Output.ShouldContain("reactions, event 7, region-ost/round/1: a rule stands in the way");
        (await database.RunAsync("parked", "--retry", "round/2")).Code.ShouldBe(ExitCode.Failed);
        (await database.RunAsync("parked", "--retry", "round/1")).Output.ShouldContain("To be tried again.");
        (await database.RowAsync("select retry from store.parked")).ShouldBe("True");
    }

    [Fact]
    public async Task A_table_that_there_is_not_is_a_usage_error() =>
        (await RunAsync("Host=127.0.0.1", "rebuild", "minicipality")).Code.ShouldBe(ExitCode.Usage);

    [Fact]
    public async Task An_import_into_a_database_without_a_schema_says_what_to_do()
    {
        var empty = await server.EmptyDatabaseAsync(TestContext.Current.CancellationToken);

        var result = await RunAsync(empty, "import", Path.Combine(Checkout.Root, "ops", "demo", "municipalities.csv"));

        result.Code.ShouldBe(ExitCode.Failed);
        result.Output.ShouldContain("run migrate first.");
    }

    [Theory]
    [InlineData("verify")]
    [InlineData("verify", "--tables")]
    [InlineData("rebuild")]
    [InlineData("parked")]
    [InlineData("export", "export.ndjson")]
    [InlineData("personal-data", "erased")]
    [InlineData("personal-data", "forget-readings", "--older-than-days", "730")]
    public async Task What_works_on_a_schema_says_so_plainly_where_there_is_none(params string[] command)
    {
        var empty = await server.EmptyDatabaseAsync(TestContext.Current.CancellationToken);

        var result = await RunAsync(empty, command);

        result.Output.ShouldBe($"The database has no schema of this program: look whether it is the right one, or run migrate first.{Environment.NewLine}");
        result.Code.ShouldBe(ExitCode.Failed);
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1")]
    [InlineData("Host=nowhere.invalid")]
    public async Task A_database_that_cannot_be_reached_is_one_plain_sentence(string server)
    {
        var result = await RunAsync($"{server};Database=none;Username=nobody;Timeout=2", "version");

        result.Code.ShouldBe(ExitCode.Failed);
        result.Output.ShouldStartWith("The database cannot be reached: ");
    }

    private static Task<CommandLineResult> RunAsync(string database, params string[] arguments) =>
        CommandLineResult.OfAsync([.. arguments, "--database", database], TestContext.Current.CancellationToken);
}
