using System.Net;
using System.Text;
using HousingBank.Web.Printing;
using HousingBank.Web.Tests.Api;
using HousingBank.Web.Tests.Printing;

namespace HousingBank.Web.Tests.Letters;

/// <summary>Letters on pages, in the API and as files.</summary>
public sealed class LetterSiteTests(ApiSite api) : IClassFixture<ApiSite>
{
    private const string Hostile = "Vedtak <script>alert(1)</script> og {due}. Blåbær på Ås, ærlig.";

    private static int s_round = 20;

    [Fact]
    public async Task What_was_written_into_a_letter_is_text_wherever_it_is_shown()
    {
        var letter = await LetterAsync();

        var page = await api.Secretariat.Http.PageAsync($"/brev/{letter}");
        page.QuerySelector(".letter")!.GetAttribute("lang").ShouldBe("nb");
        page.QuerySelectorAll(".letter p").ShouldContain(p => p.TextContent == Hostile);
        page.QuerySelectorAll(".letter script").ShouldBeEmpty();
        page.QuerySelector(".letter address")!.TextContent.ShouldBe("Hamar kommune\nServicekontoret");
        page.QuerySelector(".letter-day")!.TextContent.ShouldBe("10. mai 2009");

        var answer = (await api.Secretariat.GetAsync($"/api/v1/letters/{letter}")).Value;
        answer["paragraphs"]!.AsArray().Select(p => (string)p!).ShouldContain(Hostile);
    }

    [Fact]
    public async Task A_letter_is_fetched_as_a_file_on_both_addresses()
    {
        var letter = await LetterAsync();
        foreach (var address in new[] { $"/brev/{letter}/pdf", $"/api/v1/letters/{letter}/file" })
        {
            using var answer = await api.Secretariat.Http.GetAsync(address);

            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            answer.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
            answer.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("sandbox");
            var content = await answer.Content.ReadAsByteArrayAsync();
            if (PrintingBrowser.Find(null) is null)
                continue;
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/pdf");
            answer.Content.Headers.ContentDisposition.FileNameStar.ShouldBe("Brev 2009-05-10 Hamar kommune.pdf");
            Encoding.ASCII.GetString(content, 0, 5).ShouldBe("%PDF-");
            if (await PdfText.OfAsync(content) is { } text)
                text.ReplaceLineEndings(" ").ShouldContain("Blåbær på Ås, ærlig.");
        }
    }

    [Fact]
    public async Task Without_a_browser_the_file_is_a_page_that_fetches_nothing()
    {
        var letter = await LetterAsync();
        await using var site = new Site
        {
            Settings = new Dictionary<string, string> { ["ConnectionStrings:Programme"] = api.ConnectionString, ["Printing:Chromium"] = "none" },
        };
        var client = await site.SignedInAsync("secretariat-region-ost");

        using var answer = await client.GetAsync($"/api/v1/letters/{letter}/file");

        answer.Content.Headers.ContentDisposition!.FileNameStar.ShouldBe("Brev 2009-05-10 Hamar kommune.html");
        var page = await answer.PageAsync();
        page.DocumentElement.GetAttribute("lang").ShouldBe("nb");
        page.QuerySelector("h1")!.TextContent.ShouldStartWith("Søknaden om opptak");
        page.QuerySelectorAll("script, link, img, [src], [href]").ShouldBeEmpty();
        page.QuerySelector("meta[http-equiv='Content-Security-Policy']")!.GetAttribute("content").ShouldBe("default-src 'none'; style-src 'unsafe-inline'");
    }

    [Fact]
    public async Task A_file_is_there_on_the_days_that_the_letter_is_and_for_those_who_may_read_it()
    {
        var letter = await LetterAsync();

        (await api.Secretariat.GetAsync($"/api/v1/letters/{letter}/file?asOf=2009-05-09")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await api.Secretariat.GetAsync($"/api/v1/letters/{letter}/file?asOf=nothing")).ShouldBeProblem(HttpStatusCode.BadRequest, "parameter-unreadable");
        (await api.Secretariat.GetAsync($"/api/v1/letters/{Guid.NewGuid()}/file")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await (await api.AsAsync("leadership-simulert")).GetAsync($"/api/v1/letters/{letter}/file")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("/brev/0199c8f0-0000-7000-8000-000000000001/pdf")]
    [InlineData("/runder/0199c8f0-0000-7000-8000-000000000001/protokoll.pdf")]
    [InlineData("/runder/0199c8f0-0000-7000-8000-000000000001/protokoll.html")]
    public async Task Whoever_asks_for_a_file_of_no_day_in_a_browser_is_told_by_a_page(string address)
    {
        using var answer = await api.Secretariat.Http.GetAsync($"{address}?asOf=x");

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.PageAsync()).Heading().ShouldBe("Forespørselen kan ikke forstås");
    }

    [Fact]
    public async Task Leadership_adopts_a_template_after_seeing_an_example_and_compares_it_with_the_one_before()
    {
        var leader = new FormFiller(api.Leadership.Http);
        var template = (await api.Leadership.GetAsync("/api/v1/letter-templates")).Value["templates"]!.AsArray()
            .Single(t => ((string)t!["kind"]!, (string)t["form"]!) == ("deferral", "nynorsk"))!;
        var address = $"/brev/maler/{(string)template["id"]!}";
        (string, string)[] typed = [("subject", "Utsett: {programme}"), ("paragraphs", "Hei {municipality}.\n\n{reason}\r\nMed helsing\r\n\r\n{office}"), ("on", "2012-01-10")];

        var wrong = await (await leader.SendAsync($"{address}/ny", [.. typed, ("paragraphs", "Hei {name}"), ("preview", "yes")])).PageAsync();
        wrong.Problems().ShouldHaveSingleItem().ShouldContain("«name»");

        var example = await (await leader.SendAsync($"{address}/ny", [.. typed, ("preview", "yes")])).PageAsync();
        example.Problems().ShouldBeEmpty();
        example.QuerySelector(".letter-example h2")!.TextContent.ShouldStartWith("Eksempel");
        example.QuerySelectorAll(".letter-example .letter p:not([class])").Select(p => p.TextContent)
            .ShouldBe(["Hei Eksempel kommune.", "Her står grunngjevinga for vedtaket.\nMed helsing", "Regionkontoret"]);
        (await api.Leadership.GetAsync($"/api/v1/letter-templates/{(string)template["id"]!}")).ETag.ShouldBe("\"0\"");

        (await leader.DoneAsync($"{address}/ny", [.. typed, ("reason", "Kortare")])).ShouldBe(address);
        var compared = await leader.OpenAsync($"{address}?fra=0&til=1");
        compared.QuerySelectorAll(".letter del").Length.ShouldBe(6);
        compared.QuerySelectorAll(".letter ins").Select(p => p.TextContent).ShouldContain(t => t.EndsWith("Hei {municipality}.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_program_adopts_a_template_on_the_version_it_has_seen()
    {
        var id = (string)(await api.Leadership.GetAsync("/api/v1/letter-templates")).Value["templates"]!.AsArray()
            .Single(t => ((string)t!["kind"]!, (string)t["form"]!) == ("admission", "bokmal"))!["id"]!;
        var address = $"/api/v1/letter-templates/{id}/adopt";
        object Body(params string[] paragraphs) => new { subject = "Velkommen", paragraphs, reason = "Vennligere", effectiveOn = "2012-01-10" };

        (await api.Leadership.PostAsync(address, Body("Hei {name}"), 0)).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "letter-placeholder-unknown");
        (await api.Leadership.PostAsync($"/api/v1/letter-templates/{Guid.NewGuid()}/adopt", Body("Hei"), 0)).ShouldBeProblem(HttpStatusCode.NotFound, "letter-template-unknown");
        (await api.Secretariat.PostAsync(address, Body("Hei"), 0)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await api.Leadership.PostAsync(address, Body("Hei"))).Status.ShouldBe(HttpStatusCode.PreconditionRequired);
        (await api.Leadership.PostAsync(address, Body("Hei {municipality}"), 0)).ETag.ShouldBe("\"1\"");
        (await api.Leadership.PostAsync(address, Body("Noe annet"), 0)).Status.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await api.Leadership.PostAsync(address, Body("Hei {municipality}"), 1)).ETag.ShouldBe("\"1\"");
    }

    [Fact]
    public void Two_texts_are_compared_by_what_they_have_in_common() =>
        Web.Letters.Compared.Of(["a", "b", "c", "d"], ["b", "x", "d", "e"]).Select(p => (p.Text, p.InFirst, p.InSecond)).ShouldBe(
            [("a", true, false), ("b", true, true), ("c", true, false), ("x", false, true), ("d", true, true), ("e", false, true)]);

    /// <returns>Id of a letter that asks Hamar for a supplement, of 10 May 2009.</returns>
    private async Task<string> LetterAsync()
    {
        var round = await api.OpenRoundAsync(Interlocked.Increment(ref s_round));
        await api.Secretariat.DecideAsync($"/api/v1/rounds/{round}/invite", $"round/{round}", new { municipality = ApiSite.Municipality, effectiveOn = "2009-04-01" });
        var application = $"/api/v1/rounds/{round}/applications";
        await api.Secretariat.MakeAsync(application, new { municipality = ApiSite.Municipality, effectiveOn = "2009-04-10" });
        var stream = $"application/{Domain.Vocabulary.ApplicationId.Of(new(Guid.Parse(round)), new(ApiSite.Municipality)).Value}";
        await api.Secretariat.DecideAsync($"{application}/{ApiSite.Municipality}/submit", stream, new
        {
            signOff = new { by = "chiefExecutive" },
            content = new
            {
                resolution = new { body = "kommunestyret", on = "2009-04-01", caseNumber = "09/1" },
                needsAssessment = "Mangler boliger.",
                focusAreas = new[] { "Bosetting" },
                proposedOrganisation = "Styringsgruppe.",
                contact = "Servicekontoret",
            },
            effectiveOn = "2009-05-01",
        });
        await api.Secretariat.DecideAsync($"{application}/{ApiSite.Municipality}/request-supplement", stream, new { what = Hostile, due = "2009-06-10", effectiveOn = "2009-05-10" });
        return (string)(await api.Secretariat.GetAsync($"/api/v1/letters?round={round}")).Value["letters"]!.AsArray().ShouldHaveSingleItem()!["id"]!;
    }
}
