using System.Net;
using System.Text;
using HousingBank.Web.Attachments;
using HousingBank.Web.Tests.Api;
using Microsoft.Extensions.Logging.Abstractions;

namespace HousingBank.Web.Tests.Attachments;

/// <summary>Files that are sent in, with ClamAV's daemon asked about each.</summary>
public sealed class VirusScannerTests(ApiSite api) : IClassFixture<ApiSite>
{
    private static readonly byte[] s_harmful = Encoding.UTF8.GetBytes($"%PDF-1.7 {Clamd.Harmful}");

    [Fact]
    public async Task What_it_knows_is_refused_and_leaves_nothing_and_what_it_cannot_look_at_is_not_taken()
    {
        Assert.SkipWhen(Clamd.Program is null, "No clamd was found; install the package clamav-daemon.");
        await using var clamd = await Clamd.StartAsync();
        await using var site = WithScanner(clamd.Socket);
        var (secretariat, attachments) = await ReadyAsync(site, round: 30);
        var before = await api.StateAsync();

        (await AddAsync(secretariat, attachments, s_harmful, "a.pdf")).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "file-infected");
        (await AddAsync(secretariat, attachments, SomeFile.Word(("word/harm.xml", Clamd.Harmful)), "a.docx")).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "file-infected");
        (await AddAsync(secretariat, attachments, [.. SomeFile.Pdf, .. new byte[Clamd.Largest]], "a.pdf")).ShouldBeProblem(HttpStatusCode.ServiceUnavailable, "file-not-scanned");

        (await api.StateAsync()).ShouldBe(before);
        (await AddAsync(secretariat, attachments, SomeFile.Pdf, "a.pdf")).Status.ShouldBe(HttpStatusCode.OK);
        (await AddAsync(secretariat, attachments, SomeFile.Word(), "a.docx")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/nowhere/clamd.ctl", 31)]
    [InlineData("localhost:1", 32)]
    public async Task While_it_does_not_answer_no_file_is_taken(string address, int round)
    {
        await using var site = WithScanner(address);
        var (secretariat, attachments) = await ReadyAsync(site, round);
        var before = await api.StateAsync();

        (await AddAsync(secretariat, attachments, SomeFile.Pdf, "a.pdf")).ShouldBeProblem(HttpStatusCode.ServiceUnavailable, "file-not-scanned");

        (await api.StateAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Without_an_address_nobody_is_asked() =>
        (await new VirusScanner(null, NullLogger<VirusScanner>.Instance).InspectAsync(s_harmful, TestContext.Current.CancellationToken)).ShouldBeNull();

    [Theory]
    [InlineData("clamd")]
    [InlineData("clamd:no")]
    [InlineData(":3310")]
    public void An_address_that_cannot_be_one_ends_the_start(string address)
    {
        using var site = WithScanner(address);

        Should.Throw<InvalidOperationException>(() => site.CreateClient()).Message.ShouldStartWith("Attachments:Scanner has to be");
    }

    private Site WithScanner(string address) => new()
    {
        Settings = new Dictionary<string, string> { ["ConnectionStrings:Programme"] = api.ConnectionString, [AttachmentsSetup.ScannerSetting] = address },
    };

    private async Task<(ApiClient Secretariat, string Attachments)> ReadyAsync(Site site, int round)
    {
        await site.ReadyAsync();
        var secretariat = new ApiClient(await site.SignedInAsync("secretariat-region-ost"));
        var application = $"/api/v1/rounds/{await api.OpenRoundAsync(round)}/applications";
        await secretariat.MakeAsync(application, new { municipality = ApiSite.Municipality, effectiveOn = "2009-05-01" });
        return (secretariat, $"{application}/{ApiSite.Municipality}/attachments");
    }

    private static Task<ApiAnswer> AddAsync(ApiClient secretariat, string attachments, byte[] content, string name) =>
        SomeFile.SendAsync(secretariat, attachments, SomeFile.Form(content, name));
}
