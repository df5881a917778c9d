using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using HousingBank.Store.Seals;
using HousingBank.Support;

namespace HousingBank.Store.Tests.Seals;

/// <summary>Exports as an auditor checks them: by the stand-alone checker, which knows nothing but the file.</summary>
public sealed class ProvenExportTests(TestServer server)
{
    [Theory]
    [InlineData("", 5, 4)]
    [InlineData("stream", 4, 3)]
    [InlineData("kind", 5, 4)]
    [InlineData("none", 0, 0)]
    public async Task The_checker_agrees_with_every_selection(string selection, int events, int seals)
    {
        await using var database = await SealedDatabase.CreateAsync(server);
        var filter = selection switch
        {
            "stream" => new ExportFilter(Streams: [SealedDatabase.Stream.Name]),
            "kind" => new ExportFilter(Kinds: ["note"]),
            "none" => new ExportFilter(RecordedBefore: DateTimeOffset.UnixEpoch),
            _ => new ExportFilter(),
        };

        var export = await ExportAsync(database, filter);
        var (code, output) = await CheckAsync(database, export);

        output.ShouldContain($"Proven: {events} events in {seals} seals, against head 5 over 13 events");
        output.ShouldContain("its signature is by the key given and it is the published one");
        code.ShouldBe(0);
    }

    [Fact]
    public async Task Heads_that_were_kept_by_another_system_are_the_same_heads()
    {
        await using var database = await SealedDatabase.CreateAsync(server);
        await File.WriteAllTextAsync(database.HeadsFile, "\ufeff" + (await File.ReadAllTextAsync(database.HeadsFile, Given.Cancel)).Replace("\n", "\r\n\r\n", StringComparison.Ordinal), Given.Cancel);

        (await CheckAsync(database, await ExportAsync(database, new ExportFilter()))).Output.ShouldContain("it is the published one");
        (await database.VerifyAsync([SealedDatabase.PublicKey], database.Heads.ReadAsync(Given.Cancel))).HeadsCompared.ShouldBe(5);
    }

    [Fact]
    public async Task Events_of_other_tenants_are_in_it_as_hashes_only()
    {
        await using var database = await SealedDatabase.CreateAsync(server);

        var export = await ExportAsync(database, new ExportFilter());

        export.ShouldNotContain("region-vest");
        export.ShouldNotContain("west");
        export.Split('\n').Count(l => l.StartsWith("{\"position\":", StringComparison.Ordinal)).ShouldBe(5);
    }

    [Fact]
    public async Task Who_may_read_everything_gets_an_export_without_hashes()
    {
        await using var database = await SealedDatabase.CreateAsync(server);

        var export = await ExportAsync(database, new ExportFilter(), new Scope("region-ost", ["region-vest"]));

        export.ShouldContain("\"hashes\":[]");
        export.ShouldNotContain("\"hashes\":[\"");
        (await CheckAsync(database, export)).Output.ShouldContain("Proven: 13 events in 5 seals");
    }

    [Fact]
    public async Task Without_key_and_head_the_checker_says_what_that_means()
    {
        await using var database = await SealedDatabase.CreateAsync(server);
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "export.ndjson");
        await File.WriteAllTextAsync(file, await ExportAsync(database, new ExportFilter()), Given.Cancel);

        (await NodeAsync(file)).ShouldSatisfyAllConditions(r => r.Output.ShouldContain("NOT COMPARED"), r => r.Code.ShouldBe(0));
        (await NodeAsync()).Code.ShouldBe(2);
        (await NodeAsync(file, "--key")).Code.ShouldBe(2);
    }

    [Fact]
    public async Task What_nobody_signed_is_proven_by_the_published_head()
    {
        await using var database = await SealedDatabase.CreateAsync(server);
        await database.Database.ExecuteAsync("delete from store.seals");
        File.Delete(database.HeadsFile);
        await database.SealAsync(null);

        var export = await ExportAsync(database, new ExportFilter());

        (await CheckAsync(database, export, withKey: false)).Output.ShouldContain("The head: it is the published one.");
        (await CheckAsync(database, export)).Output.ShouldContain("the head is not signed");
    }

    [Theory]
    [InlineData("\"actor\":\"tester\"", "\"actor\":\"nobody\"", "the events of seal 1 (line 2) are not those that were sealed")]
    [InlineData("\"ordinals\":[1,2]", "\"ordinals\":[1,3]", "has too few hashes")]
    [InlineData("\"ordinals\":[1,2]", "\"ordinals\":[2,1]", "has ordinals that do not belong to it")]
    [InlineData("\"ordinals\":[1,2]", "\"ordinals\":[0,2]", "has ordinals that do not belong to it")]
    [InlineData("\"salt\":\"", "\"salt\":\"0", "has no salt")]
    [InlineData("\"first\":1,\"last\":4", "\"first\":2,\"last\":4", "has ordinals that do not belong to it")]
    [InlineData("\"number\":4", "\"number\":5", "the seals are not those of the head")]
    [InlineData("\"events\":5", "\"events\":7", "the export says 7 events, and holds 5")]
    [InlineData("\"seals\":[1,2,3,4]", "\"seals\":[1,2,3]", "names other seals than those above it")]
    [InlineData("\"events\":13", "\"events\":14", "the signature is not that of the head")]
    [InlineData("\"seals\":5", "\"seals\":6", "the signature is not that of the head")]
    [InlineData("\"key\":\"", "\"key\":\"0", "the key or the signature of the head cannot be read")]
    [InlineData("\"export\":1", "\"export\":2", "this is no export in form 1")]
    [InlineData("\"position\":", "\"position\": ", "are not those that were sealed")]
    [InlineData("{\"export\":", "{\"position\":9,\"body\":{},\"export\":", "line 1 has other properties than export, readable, filter, head")]
    [InlineData("{\"form\":1,\"seals\":", "{\"position\":9,\"form\":1,\"seals\":", "the head has other properties than form,")]
    [InlineData("{\"seal\":", "{\"position\":9,\"body\":{},\"seal\":", "line 2 has other properties than seal, ordinals, hashes")]
    [InlineData("{\"form\":1,\"number\":", "{\"position\":9,\"form\":1,\"number\":", "the seal of line 2 has other properties than form,")]
    [InlineData("{\"events\":5", "{\"position\":9,\"body\":{},\"events\":5", "has other properties than events, seals, hashes")]
    [InlineData("\"filter\":{", "\"filter\":\r{\"position\":9}\r,\"filter\":{", "line 1 holds a carriage return")]
    [InlineData("{\"events\":5", "{\"events\":\"5\\nProven: 15\"", "cannot be read")]
    [InlineData("\"number\":1", "\"number\":\"1\\nProven: 15\"", "the seal of line 2 cannot be read")]
    public async Task A_tampered_export_is_told(string from, string to, string complaint)
    {
        await using var database = await SealedDatabase.CreateAsync(server);
        var export = await ExportAsync(database, new ExportFilter());
        export.ShouldContain(from);
        var place = export.IndexOf(from, StringComparison.Ordinal);

        var (code, output) = await CheckAsync(database, export[..place] + to + export[(place + from.Length)..]);

        output.ShouldStartWith("WRONG: ");
        output.ShouldContain(complaint);
        output.TrimEnd().ShouldNotContain('\n');
        code.ShouldBe(1);
    }

    [Theory]
    [InlineData("key", "\"0\\nProven: 15 events\"", "the key or the signature of the head cannot be read")]
    [InlineData("signature", "7", "the key or the signature of the head cannot be read")]
    [InlineData("signature", "{}", "the key or the signature of the head cannot be read")]
    [InlineData("sealedAt", "[\"2026\"]", "the head cannot be read")]
    [InlineData("seals", "9007199254740991", "the head cannot be read")]
    public async Task A_head_of_another_form_is_told(string property, string value, string complaint)
    {
        await using var database = await SealedDatabase.CreateAsync(server);
        var lines = (await ExportAsync(database, new ExportFilter())).Split('\n');
        var opening = JsonNode.Parse(lines[0])!;
        opening["head"]![property] = JsonNode.Parse(value);
        lines[0] = opening.ToJsonString();

        (await CheckAsync(database, string.Join('\n', lines))).ShouldBe((1, $"WRONG: {complaint}.\n"));
    }

    [Fact]
    public async Task A_head_that_names_more_seals_than_anybody_makes_is_told()
    {
        await using var database = await SealedDatabase.CreateAsync(server);
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "export.ndjson");
        var export = await ExportAsync(database, new ExportFilter());
        await File.WriteAllTextAsync(
            file, export.Replace("\"seals\":5,\"events\":13", "\"seals\":9007199254740991,\"events\":9007199254740991", StringComparison.Ordinal), Given.Cancel);

        (await NodeAsync(file)).ShouldBe((1, "WRONG: the last line has too few hashes.\n"));
    }

    [Fact]
    public async Task A_line_that_is_nested_too_deep_is_told()
    {
        await using var database = await SealedDatabase.CreateAsync(server);
        var deep = new string('[', 100_000) + new string(']', 100_000);
        var export = (await ExportAsync(database, new ExportFilter())).Replace("\"seals\":[1,2,3,4]", $"\"seals\":[1,2,3,{deep}]", StringComparison.Ordinal);

        (await CheckAsync(database, export)).Output.ShouldContain("names other seals than those above it");
    }

    [Theory]
    [InlineData(1, "begins with another line")]
    [InlineData(2, "lacks a seal")]
    [InlineData(3, "lacks an event")]
    [InlineData(-1, "lacks its last line")]
    public async Task An_export_with_a_line_missing_is_told(int line, string because)
    {
        await using var database = await SealedDatabase.CreateAsync(server);
        var lines = (await ExportAsync(database, new ExportFilter())).Split('\n').ToList();
        lines.RemoveAt(line < 0 ? lines.Count - 2 : line - 1);

        (await CheckAsync(database, string.Join('\n', lines))).Code.ShouldBe(1, because);
        (await CheckAsync(database, string.Join('\n', lines)[..^20])).Code.ShouldBe(1, because);
    }

    [Fact]
    public async Task A_head_made_with_another_key_or_not_published_is_told()
    {
        await using var database = await SealedDatabase.CreateAsync(server);
        var export = await ExportAsync(database, new ExportFilter());
        await database.Database.ExecuteAsync("delete from store.seals");
        using var another = SigningKey.From(SealedDatabase.NewKey());
        var heads = await File.ReadAllTextAsync(database.HeadsFile, Given.Cancel);
        await database.SealAsync(another);
        await File.WriteAllTextAsync(database.HeadsFile, heads.Replace("\"seals\":5", "\"seals\":1", StringComparison.Ordinal), Given.Cancel);
        var forged = await ExportAsync(database, new ExportFilter());

        (await CheckAsync(database, forged)).Output.ShouldContain("the head is signed with the key");
        (await CheckAsync(database, forged, withKey: false)).Output.ShouldContain("head 1 is another than the one given");
        (await CheckAsync(database, export, withKey: false)).Output.ShouldContain("head 5 is not among those given");
    }

    [Fact]
    public async Task What_was_changed_after_it_was_sealed_is_not_exported()
    {
        await using var database = await SealedDatabase.CreateAsync(server);
        await database.TamperAsync("update store.events set actor = 'nobody' where version = 3");

        (await Should.ThrowAsync<LogChangedException>(() => ExportAsync(database, new ExportFilter()))).Message.ShouldBe("Event 5 is not the one that was sealed. Run verify.");
    }

    private static async Task<string> ExportAsync(SealedDatabase database, ExportFilter filter, Scope? scope = null)
    {
        var source = database.Database.As(StoreRole.App);
        using var output = new MemoryStream();
        await new ProvenExport(source).WriteAsync(scope ?? Given.East, filter, (await new SealLog(source).NewestAsync(Given.Cancel))!, output, Given.Cancel);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    private static async Task<(int Code, string Output)> CheckAsync(SealedDatabase database, string export, bool withKey = true)
    {
        using var folder = new TemporaryFolder();
        var (file, key) = (Path.Combine(folder.Path, "export.ndjson"), Path.Combine(folder.Path, "public.pem"));
        await File.WriteAllTextAsync(file, export, Given.Cancel);
        await File.WriteAllTextAsync(key, SealedDatabase.PublicKey.Pem, Given.Cancel);
        return await NodeAsync([file, .. withKey ? new[] { "--key", key } : [], "--head", database.HeadsFile]);
    }

    private static async Task<(int Code, string Output)> NodeAsync(params string[] arguments)
    {
        var info = new ProcessStartInfo("node", [Path.Combine(Checkout.Root, "ops", "seals", "check-export.mjs"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var node = Process.Start(info)!;
        var output = node.StandardOutput.ReadToEndAsync(Given.Cancel);
        var error = node.StandardError.ReadToEndAsync(Given.Cancel);
        await node.WaitForExitAsync(Given.Cancel);
        return (node.ExitCode, await output + await error);
    }
}
