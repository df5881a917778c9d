using System.Net;
using HousingBank.Web.Languages;

namespace HousingBank.Web.Tests;

/// <summary>What stands around every page.</summary>
public sealed class ShellTests(Site site) : IClassFixture<Site>
{
    [Theory]
    [InlineData("/")]
    [InlineData("/ingensteds")]
    [InlineData("/logg-inn")]
    [InlineData("/api/v1/ingensteds")]
    [InlineData("/css/app.css")]
    public async Task Every_answer_forbids_what_our_pages_do_not_do(string address)
    {
        var headers = (await site.Stranger().GetAsync(address)).Headers;

        headers.GetValues("Content-Security-Policy").Single().ShouldBe(
            "default-src 'none'; script-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'; style-src 'self'");
        headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
        headers.GetValues("Referrer-Policy").Single().ShouldBe("same-origin");
    }

    [Fact]
    public async Task Only_the_api_explorer_may_style_its_own_elements() =>
        (await site.Stranger().GetAsync("/swagger/index.html")).Headers.GetValues("Content-Security-Policy").Single().ShouldContain("style-src 'self' 'unsafe-inline'");

    [Theory]
    [InlineData("/")]
    [InlineData("/logg-inn")]
    public async Task No_page_has_inline_style_or_script(string address)
    {
        var page = await site.Stranger().PageAsync(address);

        page.QuerySelectorAll("[style], style, script:not([src]):not([type='application/json'])").ShouldBeEmpty();
        page.All.SelectMany(e => e.Attributes).Where(a => a.Name.StartsWith("on", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Pages_start_in_bokmal_and_remember_another_choice()
    {
        var client = site.Stranger();

        (await client.PageAsync("/")).DocumentElement.GetAttribute("lang").ShouldBe("nb");
        (await client.PageAsync("/?lang=nn")).Heading().ShouldBe("Programmet, kommune for kommune");
        (await client.PageAsync("/logg-inn")).DocumentElement.GetAttribute("lang").ShouldBe("nn");
    }

    [Fact]
    public async Task The_language_switch_keeps_the_point_in_history()
    {
        var page = await site.Stranger().PageAsync("/?asOf=2010-12-10");

        page.QuerySelectorAll(".language-switch a").Select(a => a.GetAttribute("href"))
            .ShouldBe(Language.All.Select(l => $"/?lang={l.Code}&asOf=2010-12-10"));
    }

    [Fact]
    public async Task Every_page_can_be_skipped_into()
    {
        var page = await site.Stranger().PageAsync("/");

        var skip = page.Body!.QuerySelector("a")!;
        skip.ClassList.ShouldContain("ds-skip-link");
        page.QuerySelector(skip.GetAttribute("href")!)!.LocalName.ShouldBe("main");
    }

    [Fact]
    public async Task Styles_are_fingerprinted_and_there()
    {
        var client = site.Stranger();
        var page = await client.PageAsync("/");

        var styles = page.QuerySelectorAll("link[rel=stylesheet]").Select(l => l.GetAttribute("href")!).ToList();
        styles.Count.ShouldBeGreaterThanOrEqualTo(4);
        foreach (var style in styles)
        {
            style.ShouldMatch(@"^/.+\.[a-z0-9]{10}\.css$");
            (await client.GetAsync(style)).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task The_process_lives_without_a_database_and_says_that_it_is_not_ready()
    {
        var client = site.Stranger();

        (await client.GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.GetAsync("/health/ready")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task A_database_that_is_away_is_no_fault_of_ours()
    {
        await using var alone = new Site { Settings = new Dictionary<string, string> { ["ConnectionStrings:Programme"] = "Host=/nowhere;Timeout=1" } };
        var client = alone.Stranger();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer hb_x");

        var answer = await client.GetAsync("/tilganger?lang=en");

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await answer.PageAsync()).Heading().ShouldBe("The system is not ready");
        (await alone.Stranger().GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_api_describes_itself()
    {
        var client = site.Stranger();

        (await client.GetStringAsync("/openapi/v1.json")).ShouldContain("\"openapi\": \"3.1");
        (await client.GetStringAsync("/swagger/index.html")).ShouldContain("swagger-ui");
    }
}
