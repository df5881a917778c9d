using System.Security.Cryptography;
using HousingBank.Cli.Terminal;
using HousingBank.Store;
using HousingBank.Store.Seals;
using HousingBank.Support;

namespace HousingBank.Cli.Tests;

public sealed class VerifyTests(TestServer server)
{
    [Fact]
    public async Task A_whole_log_is_told_from_one_that_was_changed()
    {
        await using var database = await CliDatabase.CreateAsync(server);
        using var folder = new TemporaryFolder();
        await database.RunAsync("import", Path.Combine(Checkout.Root, "ops", "demo", "municipalities.csv"));
        (await database.RunAsync("verify")).Output.ShouldContain("without a number");
        var (key, heads) = await SealAsync(database, folder);

        var whole = await database.RunAsync("verify", "--key", key, "--head", heads);
        var withoutKey = await database.RunAsync("verify");
        await database.RowsAsync("update store.events set actor = 'nobody' where version = 1 and position = (select min(position) from store.events)");
        var changed = await database.RunAsync("verify", "--key", key, "--head", heads);

        whole.Output.ShouldContain("Whole: ");
        whole.Output.ShouldContain("Signatures that hold: ");
        whole.Output.ShouldContain("Published heads compared: ");
        whole.Code.ShouldBe(ExitCode.Done);
        withoutKey.Output.ShouldContain("Signatures were not checked");
        withoutKey.Output.ShouldContain("No published head was compared");
        changed.Code.ShouldBe(ExitCode.NotWhole);
        changed.Output.ShouldContain("NOT WHOLE. First: event 1, national/municipality/");
    }

    [Fact]
    public async Task Rows_that_the_log_does_not_give_are_named()
    {
        await using var database = await CliDatabase.CreateAsync(server);
        await database.RunAsync("import", Path.Combine(Checkout.Root, "ops", "demo", "municipalities.csv"));
        var physical = await database.RowAsync("select physical from tables.registry where name = 'municipality'");

        var whole = await database.RunAsync("verify", "--tables");
        await database.RowsAsync($"update tables.{physical} set name = 'Feil' where stream = 'municipality/hamar'");
        await database.RowsAsync($"delete from tables.{physical} where stream = 'municipality/moss'");
        await database.RowsAsync($"update tables.{physical} set stream = 'municipality/ukjent', key = 'ukjent' where stream = 'municipality/molde'");
        await database.RowsAsync($"create table tables.forged as table tables.{physical}");
        await database.RowsAsync("insert into tables.rebuilds select name, version, 'forged', shape, pg_current_snapshot(), '', '', true from tables.registry where name = 'municipality'");
        var changed = await database.RunAsync("verify", "--tables");

        whole.Code.ShouldBe(ExitCode.Done, whole.Output);
        whole.Output.ShouldContain("Tables that are what the log gives: ");
        whole.Output.ShouldNotContain("NOT WHAT");
        changed.Code.ShouldBe(ExitCode.NotWhole);
        changed.Output.ShouldContain("TABLE municipality IS NOT WHAT THE LOG GIVES");
        changed.Output.ShouldMatch("national/municipality/hamar, .*: says something else");
        changed.Output.ShouldMatch("national/municipality/moss, .*: is missing");
        changed.Output.ShouldMatch("national/municipality/molde, .*: is missing");
        changed.Output.ShouldMatch("national/municipality/ukjent, .*: is not given by the log");
        (await database.RowAsync("select count(*) from tables.rebuilds")).ShouldBe("0");
        await database.RunAsync("rebuild", "municipality");
        (await database.RunAsync("verify", "--tables")).Code.ShouldBe(ExitCode.Done);
    }

    [Fact]
    public async Task Tables_that_cannot_be_compared_are_not_called_whole()
    {
        await using var database = await CliDatabase.CreateAsync(server);
        var physical = await database.RowsAsync("select physical from tables.registry where name in ('application', 'municipality', 'phase', 'round') order by name");
        await database.RowsAsync($"create policy other on tables.{physical[0]} as restrictive using (key <> 'hidden')");
        await database.RowsAsync("update tables.registry set version = 99 where name = 'municipality'");
        await database.RowsAsync("delete from tables.registry where name = 'phase'");
        await database.RowsAsync($"create table tables.more () inherits (tables.{physical[3]})");

        var (code, output) = await database.RunAsync("verify", "--tables");

        output.ShouldContain($"TABLE application WAS NOT COMPARED: tables.{physical[0]} is under another policy than it is made with: other.");
        output.ShouldContain("TABLE municipality WAS NOT COMPARED: in use is version 99, and this program makes version ");
        output.ShouldContain("TABLE phase WAS NOT COMPARED: in use is none, and this program makes version ");
        output.ShouldContain($"TABLE round WAS NOT COMPARED: tables.{physical[3]} has rows in another table, which inherits from it.");
        code.ShouldBe(ExitCode.NotWhole);
        (await database.RowAsync($"select to_regclass('tables.{physical[2]}') is not null")).ShouldBe("True", "nothing is dropped that somebody may have to look at");
    }

    [Fact]
    public async Task Tables_that_answer_readers_otherwise_though_their_rows_are_as_given_are_not_called_whole()
    {
        await using var database = await CliDatabase.CreateAsync(server);
        await database.RunAsync("import", Path.Combine(Checkout.Root, "ops", "demo", "municipalities.csv"));
        var physical = await database.RowsAsync("select physical from tables.registry where name in ('application', 'municipality', 'phase', 'round') order by name");
        await database.RowsAsync($"alter table tables.{physical[1]} rename name to between; alter table tables.{physical[1]} rename county to name; alter table tables.{physical[1]} rename between to county");
        await database.RowsAsync($"grant update on tables.{physical[0]} to programme_app");
        await database.RowsAsync("update tables.registry set columns = columns[2:] where name = 'phase'");
        await database.RowsAsync($"drop view read.round; create view read.round with (security_invoker = true) as select * from tables.{physical[3]} where key <> 'hidden'");

        var (code, output) = await database.RunAsync("verify", "--tables");
        await database.RowsAsync("alter table tables.registry rename to kept; create view tables.registry as select * from tables.kept");
        var elsewhere = await database.RunAsync("verify", "--tables");
        await database.RowsAsync("drop view tables.registry; alter table tables.kept rename to registry");
        await database.RunAsync("rebuild");

        code.ShouldBe(ExitCode.NotWhole);
        output.ShouldContain($"TABLE application IS NOT AS THIS PROGRAM MAKES IT: tables.{physical[0]} gives programme_app the privilege UPDATE.");
        output.ShouldMatch($"TABLE municipality WAS NOT COMPARED: .*tables.{physical[1]} lacks the column [0-9]+, name text");
        output.ShouldContain("TABLE phase IS NOT AS THIS PROGRAM MAKES IT: the registry lets readers look at other columns.");
        output.ShouldContain($"TABLE round IS NOT AS THIS PROGRAM MAKES IT: tables.{physical[3]} is not what read.round shows.");
        elsewhere.Code.ShouldBe(ExitCode.NotWhole);
        elsewhere.Output.ShouldContain("TABLES WERE NOT COMPARED: tables.registry is no table of its own.");
        (await database.RunAsync("verify", "--tables")).Code.ShouldBe(ExitCode.Done);
    }

    [Fact]
    public async Task A_file_that_holds_no_key_or_no_head_is_one_plain_sentence()
    {
        await using var database = await CliDatabase.CreateAsync(server);
        var file = Path.Combine(Checkout.Root, "README.md");

        (await database.RunAsync("verify", "--key", file)).Output.ShouldStartWith("This is no public key");
        (await database.RunAsync("verify", "--head", file)).Output.ShouldContain("This is no published head");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"form\":1,\"seals\":1,\"events\":3")]
    public async Task A_file_without_a_whole_head_is_not_one_that_was_compared(string content)
    {
        await using var database = await CliDatabase.CreateAsync(server);
        using var folder = new TemporaryFolder();
        await database.RunAsync("import", Path.Combine(Checkout.Root, "ops", "demo", "municipalities.csv"));
        var (_, heads) = await SealAsync(database, folder);
        var empty = Path.Combine(folder.Path, "empty.ndjson");
        await File.WriteAllTextAsync(empty, content, TestContext.Current.CancellationToken);

        var alone = await database.RunAsync("verify", "--head", empty);
        var besideAnother = await database.RunAsync("verify", "--head", empty, heads);

        alone.Output.ShouldContain($"NOT COMPARED with {empty}: it holds no published head.");
        alone.Output.ShouldContain("No published head was compared");
        alone.Code.ShouldBe(ExitCode.NotWhole);
        besideAnother.Output.ShouldContain($"NOT COMPARED with {empty}: it holds no published head.");
        besideAnother.Output.ShouldContain("Published heads compared: 1.");
        besideAnother.Code.ShouldBe(ExitCode.NotWhole);
    }

    [Fact]
    public async Task Events_are_exported_with_their_proof()
    {
        await using var database = await CliDatabase.CreateAsync(server);
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "export.ndjson");
        await database.RunAsync("import", Path.Combine(Checkout.Root, "ops", "demo", "municipalities.csv"));
        (await database.RunAsync("export", file)).Output.ShouldStartWith("Nothing is sealed yet");
        await SealAsync(database, folder);

        var all = await database.RunAsync("export", file);
        var lines = await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken);
        var some = await database.RunAsync("export", file, "--recorded-to", "2000-12-31");

        all.Output.ShouldBe($"{await database.RowAsync("select count(*) from store.events")} events, proven against head 1.{Environment.NewLine}");
        lines[^1].ShouldBe($$"""{"events":{{lines.Length - 3}},"seals":[1],"hashes":[]}""");
        some.Output.ShouldStartWith("0 events");
    }

    private static async Task<(string Key, string Heads)> SealAsync(CliDatabase database, TemporaryFolder folder)
    {
        var (key, heads) = (Path.Combine(folder.Path, "key.pem"), Path.Combine(folder.Path, "heads.ndjson"));
        using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await File.WriteAllTextAsync(key, made.ExportSubjectPublicKeyInfoPem(), TestContext.Current.CancellationToken);
        await using var sealer = StoreDataSource.Create(database.ConnectionString, StoreRole.Sealer);
        using var sealing = new Store.Seals.Sealing(sealer, SigningKey.From(made.ExportPkcs8PrivateKeyPem()), new PublishedHeads(heads));
        await database.NumberAsync();
        await sealing.RunOnceAsync(TestContext.Current.CancellationToken);
        return (key, heads);
    }
}
