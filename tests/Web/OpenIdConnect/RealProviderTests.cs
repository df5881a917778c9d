using System.Net;
using System.Text;
using System.Web;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using HousingBank.Support;
using HousingBank.Web.Access;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace HousingBank.Web.Tests.OpenIdConnect;

/// <summary>Signing in at a certified provider, all the way.</summary>
public sealed class RealProviderTests(TestServer server, SiteWithRealProvider given) : IClassFixture<SiteWithRealProvider>
{
    private readonly ProductionSite _site = given.Site;

    [Theory]
    [InlineData("programme")]
    [InlineData("programme-PS256")]
    [InlineData("programme-ES256")]
    public async Task Somebody_with_a_role_comes_back_signed_in_to_the_page_they_asked_for(string client)
    {
        await using var site = await ProductionSite.StartAsync(server, given.Issuer, ("SignIn:OpenIdConnect:ClientId", client));
        var browser = site.Browser();
        var asked = await browser.GetAsync("/tilganger?lang=en");
        asked.Headers.Location!.ToString().ShouldStartWith("/logg-inn?til=");
        var button = (await browser.PageAsync(asked.Headers.Location.ToString())).QuerySelector<IHtmlAnchorElement>("main a.ds-button")!;

        var answer = await SignInAsync(browser, "leader", button.GetAttribute("href")!);

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect, string.Join("\n", site.Log.Lines));
        answer.Headers.Location!.ToString().ShouldBe("/tilganger?lang=en");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var access = await browser.PageAsync("/tilganger?lang=en");
        access.QuerySelector("dl.facts")!.TextContent.ShouldContain("Leadership");
        access.QuerySelector(".signed-in")!.TextContent.ShouldNotContain("Demo");
    }

    [Fact]
    public async Task Roles_offices_and_municipalities_come_from_the_claims_and_the_same_person_is_always_the_same_actor()
    {
        var leader = await ViewerOfAsync("leader");
        leader.RoleName.ShouldBe("leadership");
        leader.Tenant.ShouldBe("region-ost");
        leader.Municipality.ShouldBeNull();
        leader.Actor.ShouldMatch("^person:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$");
        (await ViewerOfAsync("leader")).Actor.ShouldBe(leader.Actor);

        var assistant = await ViewerOfAsync("assistant");
        (assistant.RoleName, assistant.Tenant).ShouldBe(("secretariat", "region-vest"));
        assistant.Actor.ShouldNotBe(leader.Actor);

        (await ViewerOfAsync("hamar")).Municipality!.Value.Key.ShouldBe("hamar");
    }

    [Theory]
    [InlineData("outsider", "har ingen rolle")]
    [InlineData("roleless", "har ingen rolle")]
    [InlineData("importer", "har ingen rolle")]
    [InlineData("both", "flere roller")]
    [InlineData("stranger", "hører ikke til noe kontor")]
    [InlineData("nowhere", "det står ikke hvilken")]
    public async Task Somebody_without_a_place_here_is_told_so(string login, string told)
    {
        var browser = _site.Browser();

        var answer = await SignInAsync(browser, login);

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await answer.PageAsync()).QuerySelector("main")!.TextContent.ShouldContain(told);
        (await browser.GetAsync("/tilganger")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task What_the_provider_is_asked_is_new_each_time_and_says_nothing_of_the_verifier()
    {
        var one = await QuestionAsync(_site.Browser());
        var other = await QuestionAsync(_site.Browser());

        one["response_type"].ShouldBe("code");
        one["code_challenge_method"].ShouldBe("S256");
        one["redirect_uri"].ShouldBe(ProductionSite.AnswerAddress);
        one["client_id"].ShouldBe(ProductionSite.ClientId);
        one["scope"].ShouldBe("openid");
        one["code_challenge"]!.Length.ShouldBe(43);
        foreach (var part in new[] { "state", "nonce", "code_challenge" })
            one[part].ShouldNotBe(other[part]);
        one.AllKeys.ShouldNotContain("code_verifier");
    }

    [Fact]
    public async Task An_answer_is_good_once()
    {
        var browser = _site.Browser();
        var callback = await AuthorizeAsync(browser, "leader");
        (await browser.GetAsync(callback)).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        var again = await browser.GetAsync(callback);

        again.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await again.PageAsync()).Heading().ShouldBe("Innloggingen lyktes ikke");
    }

    [Fact]
    public async Task A_thief_of_answer_and_cookie_comes_too_late_even_at_another_process()
    {
        var begun = await QuestionResponseAsync(_site.Browser());
        var kept = Cookies(begun).Single(c => c.StartsWith("__Host-signing-in-", StringComparison.Ordinal)).Split(';')[0];
        var callback = await AuthorizeAtProviderAsync(begun.Headers.Location!, "leader");
        (await WithCookie(_site, kept).GetAsync(callback)).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        var stolen = await WithCookie(_site, kept).GetAsync(callback);

        stolen.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        _site.Log.Lines.ShouldContain(l => l.Contains("the attempt has been used before"));
    }

    [Fact]
    public async Task An_answer_in_another_browser_is_refused()
    {
        var callback = await AuthorizeAsync(_site.Browser(), "leader");

        var other = await _site.Browser().GetAsync(callback);

        other.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await other.PageAsync()).QuerySelector("main")!.TextContent.ShouldContain("ikke begynt i denne nettleseren");
    }

    [Fact]
    public async Task An_answer_over_plain_http_signs_nobody_in_and_says_why()
    {
        var answer = await _site.Browser().GetAsync(ProductionSite.AnswerAddress.Replace("https", "http", StringComparison.Ordinal) + "?state=a&code=b");

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.PageAsync()).QuerySelector("main")!.TextContent.ShouldContain("bare logges inn over https");
        _site.Log.Lines.Where(l => l.Contains("plain http", StringComparison.Ordinal)).ShouldHaveSingleItem().ShouldMatch("^Warning: .*name it in Proxies");
    }

    [Fact]
    public async Task Cookies_hold_to_the_host_to_https_and_to_eight_hours()
    {
        var browser = _site.Browser();
        var answer = await SignInAsync(browser, "leader");

        var set = Cookies(answer);
        var viewer = set.Single(c => c.StartsWith("__Host-viewer=", StringComparison.Ordinal));
        foreach (var cookie in set.Where(c => !c.StartsWith("__Host-signing-in", StringComparison.Ordinal)))
        {
            cookie.ShouldContain("; secure");
            cookie.ShouldContain("; httponly");
            cookie.ShouldContain("; samesite=lax");
            cookie.ShouldNotContain("domain=");
        }

        viewer.ShouldContain("; path=/;");
        set.Single(c => c.StartsWith("__Secure-provider-session=", StringComparison.Ordinal)).ShouldContain("; path=/logg-ut;");
        var options = _site.Process.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(CookieAuthenticationDefaults.AuthenticationScheme);
        var ticket = options.TicketDataFormat.Unprotect(Uri.UnescapeDataString(viewer.Split('=', 2)[1].Split(';')[0]))!;
        (ticket.Properties.ExpiresUtc - ticket.Properties.IssuedUtc).ShouldBe(TimeSpan.FromHours(8));
        options.SlidingExpiration.ShouldBeFalse();
        ticket.Principal.Claims.Select(c => c.Type).ShouldBe(["actor", "role", "tenant", "sign-in"]);

        foreach (var (address, status) in new[] { (ProductionSite.Address, HttpStatusCode.OK), (ProductionSite.Address.Replace("https", "http", StringComparison.Ordinal), HttpStatusCode.Redirect) })
            (await WithCookie(_site, viewer.Split(';')[0]).GetAsync(address + "/tilganger")).StatusCode.ShouldBe(status, address);
    }

    [Fact]
    public async Task A_cookie_that_somebody_had_put_there_before_is_not_what_one_is_signed_in_by()
    {
        var planted = Cookies(await SignInAsync(_site.Browser(), "assistant")).Single(c => c.StartsWith("__Host-viewer=", StringComparison.Ordinal)).Split(';')[0];
        var begun = await QuestionResponseAsync(_site.Browser());
        var kept = Cookies(begun).Single(c => c.StartsWith("__Host-signing-in-", StringComparison.Ordinal)).Split(';')[0];
        var callback = await AuthorizeAtProviderAsync(begun.Headers.Location!, "leader");

        var answer = await WithCookie(_site, $"{planted}; {kept}").GetAsync(callback);

        var own = Cookies(answer).Single(c => c.StartsWith("__Host-viewer=", StringComparison.Ordinal)).Split(';')[0];
        own.ShouldNotBe(planted);
        (await WithCookie(_site, own).PageAsync("/tilganger?lang=en")).QuerySelector("dl.facts")!.TextContent.ShouldContain("Leadership");
        (await WithCookie(_site, planted).GetAsync("/tilganger?lang=en")).StatusCode.ShouldBe(HttpStatusCode.Redirect, "ended by the sign-in that took its place");
    }

    [Fact]
    public async Task Signing_out_ends_it_here_and_leads_to_the_providers_end()
    {
        var browser = _site.Browser();
        await SignInAsync(browser, "leader");

        var answer = await browser.PostAsync(SignIn.SignOutAddress, Site.Form(await browser.PageAsync("/tilganger"), ("til", "/")));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var page = await answer.PageAsync();
        page.QuerySelector(".signed-in").ShouldBeNull();
        var leave = page.QuerySelector<IHtmlAnchorElement>("main a")!.GetAttribute("href")!;
        answer.Headers.GetValues("Refresh").Single().ShouldBe("0; url=" + leave);
        var query = HttpUtility.ParseQueryString(new Uri(leave).Query);
        query["post_logout_redirect_uri"].ShouldBe(ProductionSite.Address + "/logg-inn");
        Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(query["id_token_hint"]!.Split('.')[1])).ShouldContain("\"leader\"");
        using var provider = ProviderBrowser();
        (await provider.GetAsync(leave)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await browser.GetAsync("/tilganger")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task A_cookie_that_was_copied_before_the_sign_out_is_good_for_nothing_at_any_process()
    {
        var browser = _site.Browser();
        var viewer = Cookies(await SignInAsync(browser, "leader")).Single(c => c.StartsWith("__Host-viewer=", StringComparison.Ordinal)).Split(';')[0];
        (await WithCookie(_site, viewer).GetAsync("/tilganger")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await browser.PostAsync(SignIn.SignOutAddress, Site.Form(await browser.PageAsync("/tilganger"), ("til", "/")));

        (await WithCookie(_site, viewer).GetAsync("/tilganger")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        await using var other = ProductionSite.On(_site.ConnectionString, given.Issuer);
        (await WithCookie(other, viewer).GetAsync("/tilganger")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Signing_in_again_asks_the_person_though_the_provider_knows_it_and_says_when()
    {
        var (browser, atProvider) = (_site.Browser(), ProviderBrowser());
        var first = await AuthorizeAtProviderAsync((await QuestionResponseAsync(browser)).Headers.Location!, "leader", atProvider);
        await browser.GetAsync(first.Answer);
        var second = await AuthorizeAtProviderAsync((await QuestionResponseAsync(browser)).Headers.Location!, "leader", atProvider);
        await browser.GetAsync(second.Answer);
        (first.WasAsked, second.WasAsked).ShouldBe((true, false));
        var again = (await browser.PageAsync("/tilganger?lang=en")).QuerySelector<IHtmlAnchorElement>("main [role=note] a")!.GetAttribute("href")!;

        var third = await AuthorizeAtProviderAsync((await QuestionResponseAsync(browser, again)).Headers.Location!, "leader", atProvider);
        var answer = await browser.GetAsync(third.Answer);

        third.WasAsked.ShouldBeTrue();
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect, string.Join("\n", _site.Log.Lines.TakeLast(3)));
        answer.Headers.Location!.ToString().ShouldBe("/tilganger");
        (await browser.PageAsync("/tilganger")).QuerySelector("main [role=note]").ShouldBeNull();
    }

    [Fact]
    public async Task Another_process_knows_who_is_signed_in()
    {
        var viewer = Cookies(await SignInAsync(_site.Browser(), "leader")).Single(c => c.StartsWith("__Host-viewer=", StringComparison.Ordinal)).Split(';')[0];

        await using var other = ProductionSite.On(_site.ConnectionString, given.Issuer);

        (await WithCookie(other, viewer).GetAsync("/tilganger")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("https://et.annet.sted/")]
    [InlineData("//et.annet.sted/")]
    [InlineData("/\\et.annet.sted/")]
    [InlineData("/\t/et.annet.sted/")]
    public async Task Signing_in_leads_back_within_the_site_only(string wanted)
    {
        var browser = _site.Browser();

        var answer = await SignInAsync(browser, "leader", "/logg-inn/start?til=" + Uri.EscapeDataString(wanted));

        answer.Headers.Location!.ToString().ShouldBe("/");
    }

    [Fact]
    public async Task Beginning_again_and_again_does_not_fill_the_browser_with_cookies()
    {
        var browser = _site.Browser();
        for (var attempt = 0; attempt < 5; attempt++)
            Cookies(await QuestionResponseAsync(browser)).Count.ShouldBe(1);

        var sixth = Cookies(await QuestionResponseAsync(browser));

        sixth.Count(c => c.Contains("expires=Thu, 01 Jan 1970", StringComparison.Ordinal)).ShouldBe(5);
        (await SignInAsync(browser, "leader")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Forms_of_production_hold_their_cookie_to_the_host_as_well() =>
        Cookies(await SignedInPageAsync()).ShouldContain(c => c.StartsWith("__Host-forgery=", StringComparison.Ordinal) && c.Contains("; secure", StringComparison.Ordinal) && c.Contains("; httponly", StringComparison.Ordinal) && c.Contains("; samesite=strict", StringComparison.Ordinal));

    [Fact]
    public async Task A_wrong_secret_lets_nobody_in()
    {
        await using var site = await ProductionSite.StartAsync(server, given.Issuer, ("SignIn:OpenIdConnect:ClientSecret", "wrong"));

        (await SignInAsync(site.Browser(), "leader")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    private async Task<HttpResponseMessage> SignedInPageAsync()
    {
        var browser = _site.Browser();
        await SignInAsync(browser, "leader");
        return await browser.GetAsync("/tilganger");
    }

    private async Task<Viewer> ViewerOfAsync(string login)
    {
        var viewer = Cookies(await SignInAsync(_site.Browser(), login)).Single(c => c.StartsWith("__Host-viewer=", StringComparison.Ordinal));
        var options = _site.Process.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(CookieAuthenticationDefaults.AuthenticationScheme);
        return Viewer.Of(options.TicketDataFormat.Unprotect(Uri.UnescapeDataString(viewer.Split('=', 2)[1].Split(';')[0]))!.Principal);
    }

    private static async Task<HttpResponseMessage> SignInAsync(HttpClient browser, string login, string begin = "/logg-inn/start") =>
        await browser.GetAsync(await AuthorizeAsync(browser, login, begin));

    /// <summary>Everything up to the provider's answer.</summary>
    /// <returns>Where the provider sends the browser.</returns>
    private static async Task<Uri> AuthorizeAsync(HttpClient browser, string login, string begin = "/logg-inn/start") =>
        await AuthorizeAtProviderAsync((await QuestionResponseAsync(browser, begin)).Headers.Location!, login);

    private static async Task<Uri> AuthorizeAtProviderAsync(Uri question, string login)
    {
        using var browser = ProviderBrowser();
        return (await AuthorizeAtProviderAsync(question, login, browser)).Answer;
    }

    /// <summary>What a person does at the provider: follow, sign in where that is asked for, agree.</summary>
    private static async Task<(Uri Answer, bool WasAsked)> AuthorizeAtProviderAsync(Uri question, string login, HttpClient browser)
    {
        var wasAsked = false;
        var answer = await browser.GetAsync(question);
        for (var step = 0; step < 10; step++)
        {
            if (answer.Headers.Location is { } next)
            {
                var to = new Uri(answer.RequestMessage!.RequestUri!, next);
                if (to.AbsoluteUri.StartsWith(ProductionSite.Address, StringComparison.Ordinal))
                    return (to, wasAsked);
                answer = await browser.GetAsync(to);
                continue;
            }

            var form = (await answer.PageAsync()).QuerySelector<IHtmlFormElement>("form") ?? throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
            wasAsked |= form.QuerySelector("input[name=login]") is not null;
            var fields = form.QuerySelectorAll<IHtmlInputElement>("input").ToDictionary(i => i.Name!, i => i.Name is "login" or "password" ? login : i.Value);
            answer = await browser.PostAsync(new Uri(answer.RequestMessage!.RequestUri!, form.GetAttribute("action")), new FormUrlEncodedContent(fields));
        }

        throw new InvalidOperationException("The provider does not come to an end.");
    }

    private static HttpClient ProviderBrowser() => new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = true });

    private static HttpClient WithCookie(ProductionSite site, string cookie)
    {
        var client = site.Process.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = false, BaseAddress = new(ProductionSite.Address) });
        client.DefaultRequestHeaders.Add("Cookie", cookie);
        return client;
    }

    private static async Task<HttpResponseMessage> QuestionResponseAsync(HttpClient browser, string begin = "/logg-inn/start")
    {
        var begun = await browser.GetAsync(begin);
        begun.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        return begun;
    }

    private static async Task<System.Collections.Specialized.NameValueCollection> QuestionAsync(HttpClient browser) =>
        HttpUtility.ParseQueryString((await QuestionResponseAsync(browser)).Headers.Location!.Query);

    private static List<string> Cookies(HttpResponseMessage answer) => answer.Headers.TryGetValues("Set-Cookie", out var set) ? [.. set] : [];
}
