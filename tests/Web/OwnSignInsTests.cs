using System.Net;
using AngleSharp.Dom;
using HousingBank.Domain.Vocabulary;
using HousingBank.Store;
using HousingBank.Web.Access;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace HousingBank.Web.Tests;

/// <summary>Where one is signed in, and the end of it.</summary>
public sealed class OwnSignInsTests(SiteWithDatabase database) : IClassFixture<SiteWithDatabase>
{
    private const string Address = "/tilganger";
    private const string Firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";
    private const string Safari = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1";

    private readonly Site _site = database.Site;

    [Theory]
    [InlineData("nb", "Firefox på Linux", "denne", "Safari på iOS")]
    [InlineData("nn", "Firefox på Linux", "denne", "Safari på iOS")]
    [InlineData("en", "Firefox on Linux", "this one", "Safari on iOS")]
    public async Task Everybody_sees_where_they_are_signed_in_and_which_one_this_is(string language, string here, string mark, string elsewhere)
    {
        var person = $"executive-{language}";
        await SignInAsync(person, Safari);
        var (browser, _) = await SignInAsync(person, Firefox);

        var rows = Rows(await browser.PageAsync($"{Address}?lang={language}"));

        rows.Select(r => r.QuerySelector("th")!.TextContent).ShouldBe([here, elsewhere]);
        rows[0].QuerySelector(".ds-tag")!.TextContent.ShouldBe(mark);
        rows[0].QuerySelector("form").ShouldBeNull();
        rows[1].QuerySelector(".ds-tag").ShouldBeNull();
        rows[1].QuerySelector("form button").ShouldNotBeNull();
    }

    [Fact]
    public async Task One_that_is_ended_from_another_is_good_for_nothing_here_at_once_and_after_five_seconds_at_any_process()
    {
        var clock = new ClockAhead();
        await using var other = NewProcess(clock);
        var (_, lost) = await SignInAsync("auditor-region-ost", Safari);
        var (browser, _) = await SignInAsync("auditor-region-ost", Firefox);
        (await StatusAsync(other, lost)).ShouldBe(HttpStatusCode.OK);

        var page = await browser.PageAsync(Address);
        var answer = await browser.PostAsync(Address, Site.Form(page, ("_handler", Handler(Rows(page)[1]))));

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var after = await browser.PageAsync(answer.Headers.Location!.PathAndQuery());
        after.QuerySelector("[role=status]")!.TextContent.ShouldBe("Innloggingen er avsluttet.");
        Rows(after).ShouldHaveSingleItem();
        (await StatusAsync(_site, lost)).ShouldBe(HttpStatusCode.Redirect);
        clock.By = TimeSpan.FromSeconds(5);
        (await StatusAsync(other, lost)).ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task A_clock_set_back_lets_nobody_in_for_longer()
    {
        var clock = new ClockAhead();
        await using var other = NewProcess(clock);
        var (_, lost) = await SignInAsync("auditor-simulert", Safari);
        (await StatusAsync(other, lost)).ShouldBe(HttpStatusCode.OK);

        var (browser, _) = await SignInAsync("auditor-simulert", Firefox);
        await browser.PostAsync(Address, Site.Form(await browser.PageAsync(Address), ("_handler", "end-other-sign-ins")));

        clock.By = TimeSpan.FromHours(-1);
        (await StatusAsync(other, lost)).ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task All_others_end_at_once_and_neither_this_one_nor_anybody_elses()
    {
        var lost = new[] { (await SignInAsync("council-region-ost", Safari)).Cookie, (await SignInAsync("council-region-ost", "curl/8")).Cookie };
        var (_, anothers) = await SignInAsync("council-2-region-ost", Safari);
        var (browser, own) = await SignInAsync("council-region-ost", Firefox);
        var page = await browser.PageAsync(Address);
        Rows(page).Count.ShouldBe(3);

        (await browser.PostAsync(Address, Site.Form(page, ("_handler", "end-other-sign-ins")))).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        foreach (var cookie in lost)
            (await StatusAsync(_site, cookie)).ShouldBe(HttpStatusCode.Redirect);
        (await StatusAsync(_site, own)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(_site, anothers)).ShouldBe(HttpStatusCode.OK);
        var after = await browser.PageAsync(Address);
        Rows(after).ShouldHaveSingleItem().QuerySelector(".ds-tag").ShouldNotBeNull();
        after.QuerySelectorAll("input[value=end-other-sign-ins]").ShouldBeEmpty();
    }

    [Fact]
    public async Task Nobody_ends_the_sign_in_of_another()
    {
        var (_, cookie) = await SignInAsync("leadership-region-ost", Firefox);
        var id = (Guid)(await AskAsync("select id from access.sign_ins where person = 'demo:leadership-region-ost'"))!;

        await _site.Services.GetRequiredService<BegunSignIns>().EndAsync(new Viewer("demo:evaluator-region-ost", Role.Evaluator, "region-ost", null, null), id, CancellationToken.None);

        (await StatusAsync(_site, cookie)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Whoever_has_not_just_signed_in_ends_none()
    {
        var clock = new ClockAhead();
        await using var site = NewProcess(clock);
        var (_, cookie) = await SignInAsync("evaluator-simulert", Safari, site);
        var (browser, _) = await SignInAsync("evaluator-simulert", Firefox, site);
        Section(await browser.PageAsync(Address)).QuerySelector("[role=note]").ShouldBeNull();
        clock.By = SecondSignIn.GoodFor;

        var page = await browser.PageAsync(Address);
        Section(page).QuerySelector("[role=note] a")!.GetAttribute("href").ShouldBe("/logg-inn?til=%2Ftilganger");
        foreach (var form in new[] { Handler(Rows(page)[1]), "end-other-sign-ins" })
        {
            var answer = await (await browser.PostAsync(Address, Site.Form(page, ("_handler", form)))).PageAsync();
            Section(answer).QuerySelector("[role=alert]")!.TextContent.ShouldStartWith("Dette krever en innlogging fra de siste ti minuttene");
        }

        (await StatusAsync(site, cookie)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Signing_in_again_ends_the_sign_in_that_the_browser_came_with()
    {
        var (browser, before) = await SignInAsync("secretariat-simulert", Firefox);
        var page = await browser.PageAsync("/logg-inn");
        await browser.PostAsync(SignIn.DemoAddress, Site.Form(page, ("person", "secretariat-simulert")));

        Rows(await browser.PageAsync(Address)).ShouldHaveSingleItem();
        (await StatusAsync(_site, before)).ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Of_the_browser_its_kind_is_kept_and_of_where_it_was_nothing()
    {
        await SignInAsync("municipality-moss", Firefox);

        (await AskAsync("select to_jsonb(s) - 'id' - 'began_at' - 'good_until' from access.sign_ins s where person = 'demo:municipality-moss'"))
            .ShouldBe("""{"person": "demo:municipality-moss", "system": "Linux", "tenant": "region-ost", "browser": "Firefox"}""");
        (await AskAsync("select good_until - began_at between interval '7 hours 59 minutes' and interval '8 hours 1 minute' from access.sign_ins where person = 'demo:municipality-moss'")).ShouldBe(true);
    }

    [Fact]
    public async Task Sign_ins_past_their_time_are_neither_shown_nor_kept()
    {
        await AskAsync("insert into access.sign_ins (id, person, tenant, good_until) values (gen_random_uuid(), 'demo:municipality-asker', 'region-ost', now() - interval '1 second')");
        var viewer = new Viewer("demo:municipality-asker", Role.Municipality, "region-ost", new("asker"), null);
        (await _site.Services.GetRequiredService<BegunSignIns>().OfAsync(viewer, CancellationToken.None)).ShouldBeEmpty();

        await SignInAsync("municipality-hamar", Firefox);

        (await AskAsync("select count(*) from access.sign_ins where person = 'demo:municipality-asker'")).ShouldBe(0L);
    }

    [Fact]
    public async Task While_nothing_can_be_written_one_signs_in_and_the_list_lacks_it()
    {
        await AskAsync("create function access.full() returns trigger language plpgsql as $$ begin raise exception 'full' using errcode = '53100'; end $$");
        await AskAsync("create trigger full_now before insert on access.sign_ins execute function access.full()");
        try
        {
            var (browser, _) = await SignInAsync("municipality-oslo", Firefox);

            Rows(await browser.PageAsync(Address)).ShouldBeEmpty();
        }
        finally
        {
            await AskAsync("drop function access.full() cascade");
        }
    }

    [Fact]
    public async Task The_application_changes_nothing_about_a_sign_in()
    {
        await using var source = StoreDataSource.Create(database.ConnectionString, StoreRole.App);
        await using var command = source.CreateCommand("update access.sign_ins set good_until = 'infinity'");

        (await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync())).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task Without_a_database_the_page_says_that_it_has_no_list()
    {
        await using var site = new Site();

        Section(await (await site.SignedInAsync("evaluator-region-ost")).PageAsync(Address)).TextContent.ShouldContain("Innlogginger kan ikke vises her");
    }

    private Site NewProcess(TimeProvider clock) => new() { Settings = new Dictionary<string, string> { ["ConnectionStrings:Programme"] = database.ConnectionString }, Clock = clock };

    private async Task<(HttpClient Browser, string Cookie)> SignInAsync(string person, string userAgent, Site? site = null)
    {
        var browser = (site ?? _site).Stranger();
        browser.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", userAgent);
        var answer = await browser.PostAsync(SignIn.DemoAddress, Site.Form(await browser.PageAsync("/logg-inn"), ("person", person)));
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        return (browser, answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("viewer=", StringComparison.Ordinal)).Split(';')[0]);
    }

    /// <summary>What somebody with a copy of the cookie gets.</summary>
    private static async Task<HttpStatusCode> StatusAsync(Site site, string cookie)
    {
        using var thief = site.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = false });
        thief.DefaultRequestHeaders.Add("Cookie", cookie);
        return (await thief.GetAsync(Address)).StatusCode;
    }

    private static IElement Section(IDocument page) => page.QuerySelector("section:has(#sign-ins)")!;

    private static List<IElement> Rows(IDocument page) => [.. Section(page).QuerySelectorAll("tbody tr")];

    private static string Handler(IElement row) => row.QuerySelector("input[name=_handler]")!.GetAttribute("value")!;

    private async Task<object?> AskAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
