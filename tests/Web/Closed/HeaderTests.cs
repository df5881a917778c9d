using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using HousingBank.Web.Access;
using Microsoft.AspNetCore.Mvc.Testing;

namespace HousingBank.Web.Tests.Closed;

/// <summary>What browsers are told, at every address and whatever the answer.</summary>
public sealed class HeaderTests(MatrixSite site) : IClassFixture<MatrixSite>
{
    private static readonly Dictionary<string, string> Everywhere = new()
    {
        ["X-Content-Type-Options"] = "nosniff",
        ["X-Frame-Options"] = "DENY",
        ["Referrer-Policy"] = "same-origin",
        ["Cross-Origin-Opener-Policy"] = "same-origin",
        ["Cross-Origin-Resource-Policy"] = "same-origin",
        ["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    };

    [Fact]
    public async Task Every_answer_at_every_address_forbids_what_our_pages_do_not_do_and_is_kept_by_nobody()
    {
        foreach (var line in AccessMatrix.Lines)
        {
            foreach (var asker in new[] { "nobody", "lead", "own" })
            {
                using var answer = await site.AskAsync(asker, line.Method, line.Address);

                foreach (var (name, value) in Everywhere)
                    answer.Headers.GetValues(name).ShouldBe([value], $"{name} at {line}");
                answer.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith(line.Method == "GET" && IsDownload(line.Address) ? "sandbox; default-src 'none';" : "default-src 'none'; script-src 'self';");
                answer.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("frame-ancestors 'none'");
                answer.Headers.Contains("Server").ShouldBeFalse();
                answer.Headers.Contains("X-Powered-By").ShouldBeFalse();
                if (!line.Address.StartsWith("/css/", StringComparison.Ordinal) && !line.Address.StartsWith("/swagger/", StringComparison.Ordinal))
                    answer.Headers.CacheControl!.NoStore.ShouldBeTrue($"{asker} {line}");
            }
        }
    }

    private static bool IsDownload(string address) =>
        address.Contains("/attachments/", StringComparison.Ordinal)
        || new[] { "/file", "/pdf", ".pdf", ".html" }.Any(ending => address.EndsWith(ending, StringComparison.Ordinal) && !address.StartsWith("/swagger/", StringComparison.Ordinal));

    [Fact]
    public async Task Every_form_that_is_sent_has_its_token()
    {
        var forms = 0;
        foreach (var line in AccessMatrix.Lines.Where(l => l.Method == "GET" && !l.Address.StartsWith("/api/", StringComparison.Ordinal) && l.Answer("lead") == "200"))
        {
            using var answer = await site.AskAsync("lead", "GET", line.Address);
            if (answer.Content.Headers.ContentType?.MediaType != "text/html")
                continue;
            var page = await answer.PageAsync();
            foreach (var form in page.QuerySelectorAll<IHtmlFormElement>("form").Where(f => f.Method == "post"))
            {
                form.QuerySelectorAll<IHtmlInputElement>("input[name=__RequestVerificationToken]").ShouldHaveSingleItem().Value.Length.ShouldBeGreaterThan(50, line.Address);
                forms++;
            }
        }

        forms.ShouldBeGreaterThan(80);
    }

    [Theory]
    [InlineData("/", HttpStatusCode.OK)]
    [InlineData("/tavle", HttpStatusCode.Redirect)]
    [InlineData("/ingensteds", HttpStatusCode.NotFound)]
    [InlineData("/css/app.css", HttpStatusCode.OK)]
    [InlineData("/api/v1/board", HttpStatusCode.Unauthorized)]
    public async Task In_production_every_answer_over_https_asks_for_https_for_a_year(string address, HttpStatusCode status)
    {
        await using var production = new Site { Environment = "Production" };

        var answer = await AskAsync(production, "https://program.example", address);
        answer.StatusCode.ShouldBe(status);
        answer.Headers.GetValues("Strict-Transport-Security").Single().ShouldBe("max-age=31536000; includeSubDomains");
        (await AskAsync(production, "http://program.example", address)).Headers.Contains("Strict-Transport-Security").ShouldBeFalse();
        (await AskAsync(production, "https://localhost", address)).Headers.Contains("Strict-Transport-Security").ShouldBeFalse();
    }

    [Fact]
    public async Task In_production_cookies_are_for_https_for_the_server_and_for_our_own_pages_only()
    {
        await using var production = new Site { Environment = "Production" };

        var answer = await AskAsync(production, "https://program.example", "/logg-inn?lang=nn");

        var cookies = answer.Headers.GetValues("Set-Cookie").ToList();
        cookies.ShouldNotBeEmpty();
        cookies.ShouldAllBe(c => c.Contains("; secure", StringComparison.OrdinalIgnoreCase) && c.Contains("; httponly", StringComparison.OrdinalIgnoreCase));
        cookies.ShouldAllBe(c => c.Contains("; samesite=lax", StringComparison.OrdinalIgnoreCase) || c.Contains("; samesite=strict", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task In_production_a_form_that_does_not_come_over_https_is_refused_with_a_page()
    {
        await using var production = new Site { Environment = "Production" };
        var client = production.CreateClient(new() { AllowAutoRedirect = false, BaseAddress = new("http://program.example") });

        foreach (var address in new[] { SignIn.SignOutAddress, "/logg-inn" })
        {
            var answer = await client.PostAsync(address, new FormUrlEncodedContent([]));

            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            (await answer.PageAsync()).Heading().ShouldBe("Forespørselen kan ikke forstås");
        }
    }

    [Fact]
    public async Task In_production_a_fault_tells_nothing_of_what_is_inside()
    {
        await using var production = new Site { Environment = "Production", Settings = new Dictionary<string, string> { ["ConnectionStrings:Programme"] = "Host=/nowhere/secret-host;Password=secret-word;Timeout=1" } };
        var client = production.CreateClient(new() { AllowAutoRedirect = false, BaseAddress = new("https://program.example") });
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer hb_x");

        foreach (var address in new[] { "/api/v1/board", "/tavle", "/health/ready" })
        {
            var answer = await client.GetAsync(address);
            ((int)answer.StatusCode).ShouldBeGreaterThanOrEqualTo(500);
            var text = await answer.Content.ReadAsStringAsync();
            foreach (var inside in new[] { "secret", "nowhere", "Npgsql", "Exception", "   at ", ".cs:line" })
                text.ShouldNotContain(inside, Case.Sensitive, address);
        }
    }

    private static async Task<HttpResponseMessage> AskAsync(Site site, string host, string address) =>
        await site.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, BaseAddress = new(host) }).GetAsync(address);
}
