using System.Net;
using System.Security.Cryptography;
using HousingBank.Store.Seals;
using HousingBank.Support;

namespace HousingBank.Web.Tests;

/// <summary>The web process seals what it has, publishes the heads, and gives the log with its proof to those who check.</summary>
public sealed class SealsTests(TestServer server) : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private Site _site = null!;

    private string HeadsFile => Path.Combine(_folder.Path, "heads.ndjson");

    public async ValueTask InitializeAsync()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var keyFile = Path.Combine(_folder.Path, "key.pem");
        await File.WriteAllTextAsync(keyFile, key.ExportPkcs8PrivateKeyPem());
        _site = new Site
        {
            Settings = new Dictionary<string, string>
            {
                ["ConnectionStrings:Programme"] = await server.CopyOfAsync("demo", DemoHistory.LoadAsync),
                ["Seals:SigningKey"] = keyFile,
                ["Seals:PublishTo"] = HeadsFile,
            },
        };
        using var visitor = _site.Stranger();
        await visitor.HasAsync("/seals/head");
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Anybody_gets_the_heads_and_the_key_that_they_are_signed_with()
    {
        using var visitor = _site.Stranger();

        var key = PublicKey.FromPem(await visitor.GetStringAsync("/seals/key"));
        var heads = (await visitor.GetStringAsync("/seals")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(SignedHead.Parse).ToList();
        var newest = SignedHead.Parse(await visitor.GetStringAsync("/seals/head"));

        heads.ShouldNotBeEmpty();
        heads.ShouldAllBe(h => key.Verifies(h));
        key.Verifies(newest).ShouldBeTrue();
        (await visitor.GetStringAsync("/seals?before=1")).ShouldBeEmpty();
        (await File.ReadAllLinesAsync(HeadsFile)).ShouldContain(heads[^1].ToJson());
    }

    [Fact]
    public async Task What_was_published_and_is_not_there_is_told_as_what_it_is_while_sealing_goes_on()
    {
        var newest = SignedHead.Parse((await File.ReadAllLinesAsync(HeadsFile))[^1]).Head;
        var gone = Path.Combine(_folder.Path, "gone.ndjson");
        await File.WriteAllTextAsync(gone, new SignedHead(newest with { Seals = newest.Seals + 4 }, null, null).ToJson() + "\n");
        var log = new LogLines();
        await using var restored = new Site { Log = log, Settings = new Dictionary<string, string>(_site.Settings) { ["Seals:PublishTo"] = gone } };
        await restored.ReadyAsync();

        string? told = null;
        await Until.HoldsAsync("it is told", () => (told = log.All.FirstOrDefault(l => l.Contains("was published and is not there", StringComparison.Ordinal))) is not null);
        told.ShouldNotBeNull().ShouldContain("Sealing goes on");
        log.All.ShouldNotContain(l => l.Contains("The log is not sealed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_auditor_takes_the_log_with_its_proof_and_a_municipality_does_not()
    {
        using var auditor = await _site.SignedInAsync("auditor-region-ost");
        using var municipality = await _site.SignedInAsync("municipality-hamar");

        using var answer = await auditor.GetAsync("/api/v1/log?kind=round");
        var lines = (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        answer.Content.Headers.ContentType!.ToString().ShouldBe("application/x-ndjson");
        lines[0].ShouldStartWith("""{"export":1,"readable":["region-ost","national"],"filter":{"kinds":["round"]},"head":{"form":1,""");
        var events = lines.Where(l => l.StartsWith("{\"position\":", StringComparison.Ordinal)).ToList();
        events.ShouldNotBeEmpty();
        events.ShouldAllBe(e => e.Contains("\"stream\":\"round/"));
        lines[^1].ShouldStartWith($$"""{"events":{{events.Count}},""");
        (await municipality.GetAsync("/api/v1/log")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await auditor.GetAsync("/api/v1/log?recordedFrom=9999-12-31")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }
}
