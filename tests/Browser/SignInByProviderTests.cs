namespace HousingBank.Browser.Tests;

/// <summary>Signing in at the organisation's provider, as people do it.</summary>
public sealed class SignInByProviderTests(RunningProgramme programme)
{
    [Fact]
    public async Task One_comes_back_to_the_page_one_wanted_and_leaves_both_places_at_once()
    {
        await using var visitor = await programme.VisitAsync();
        var page = visitor.Page;
        await page.GotoAsync("/tavle?asOf=2010-12-10");
        await SignInAsync(visitor, RunningProgramme.Evaluator);

        await visitor.ArriveAsync(new Uri(programme.Address, "/tavle?asOf=2010-12-10").ToString());
        (await page.Locator(".signed-in").InnerTextAsync()).ShouldContain("Følgeevaluator");
        visitor.Complaints.Where(c => c.Contains("Content Security Policy", StringComparison.OrdinalIgnoreCase) && c.Contains(programme.Address.Authority, StringComparison.Ordinal)).ShouldBeEmpty();

        await page.Locator(".signed-in button").ClickAsync();
        // The provider asks whether to end its own session too.
        await page.Locator("button[name=logout]").ClickAsync();
        await visitor.ArriveAsync(new Uri(programme.Address, "/logg-inn").ToString() + "*");
        (await page.Locator(".signed-in").CountAsync()).ShouldBe(0);
    }

    [Theory]
    [InlineData("nb")]
    [InlineData("nn")]
    [InlineData("en")]
    public async Task Whoever_has_no_role_is_told_on_a_page_that_everybody_can_read(string language)
    {
        await using var visitor = await programme.VisitAsync();
        await visitor.OpenAsync($"/logg-inn?lang={language}");
        await SignInAsync(visitor, RunningProgramme.Outsider);

        await visitor.ArriveAsync(new Uri(programme.Address, "/logg-inn/svar").ToString() + "*");
        await ShouldBeReadableAsync(visitor, language, $"sign-in-refused-{language}");
    }

    [Fact]
    public async Task Who_was_not_seen_lately_signs_in_again_on_the_way_to_a_token_and_sees_where_they_are_signed_in()
    {
        await using var elsewhere = await programme.VisitAsync();
        await elsewhere.OpenAsync("/logg-inn");
        await SignInAsync(elsewhere, RunningProgramme.Evaluator);
        await elsewhere.ArriveAsync(programme.Address.ToString());
        await using var visitor = await programme.VisitAsync();
        await visitor.OpenAsync("/logg-inn?til=/tilganger");
        await SignInAsync(visitor, RunningProgramme.Evaluator);
        var own = new Uri(programme.Address, "/tilganger").ToString();
        await visitor.ArriveAsync(own);
        (await visitor.Page.Locator("section:has(#sign-ins) tbody tr").CountAsync()).ShouldBeGreaterThan(1);
        await ShouldBeReadableAsync(visitor, "nb", "sign-in-again");

        await visitor.Page.Locator("main [role=note] a").First.ClickAsync();
        // The provider asks, though the person is signed in there.
        await AnswerProviderAsync(visitor, RunningProgramme.Evaluator);
        await visitor.ArriveAsync(own);

        (await visitor.Page.Locator("main [role=note]").CountAsync()).ShouldBe(0);
        await visitor.ResizeAsync(Visitor.Wide);
        await ShouldBeReadableAsync(visitor, "nb", "own-sign-ins");
        await visitor.Page.Locator("section:has(#sign-ins) > form button").ClickAsync();
        await visitor.Page.Locator("[role=status]").WaitForAsync();
        (await visitor.Page.Locator("section:has(#sign-ins) tbody tr").CountAsync()).ShouldBe(1);
        await elsewhere.OpenAsync("/tilganger");
        new Uri(elsewhere.Page.Url).AbsolutePath.ShouldBe("/logg-inn");
    }

    [Fact]
    public async Task The_page_between_our_sign_out_and_the_providers_can_be_read()
    {
        await using var visitor = await programme.VisitAsync();
        await visitor.OpenAsync("/logg-inn?lang=en");
        await SignInAsync(visitor, RunningProgramme.Evaluator);
        await visitor.ArriveAsync(programme.Address.ToString());
        // As if the provider were away: the page stays.
        await visitor.Page.RouteAsync("**/session/end**", route => route.FulfillAsync(new() { Status = 204 }));

        await visitor.Page.Locator(".signed-in button").ClickAsync();
        await visitor.ArriveAsync(new Uri(programme.Address, "/logg-ut").ToString());

        await ShouldBeReadableAsync(visitor, "en", "signing-out");
    }

    /// <summary>From our sign-in page to the provider, and what it asks.</summary>
    private static async Task SignInAsync(Visitor visitor, string login)
    {
        await visitor.Page.Locator("main a.ds-button").ClickAsync();
        await AnswerProviderAsync(visitor, login);
    }

    private static async Task AnswerProviderAsync(Visitor visitor, string login)
    {
        var page = visitor.Page;
        await page.Locator("input[name=login]").FillAsync(login);
        await page.Locator("input[name=password]").FillAsync("any");
        await page.Locator("button[type=submit]").ClickAsync();
        await page.Locator("input[name=prompt][value=consent]").WaitForAsync(new() { State = Microsoft.Playwright.WaitForSelectorState.Attached });
        await page.Locator("button[type=submit]").ClickAsync();
    }

    private static async Task ShouldBeReadableAsync(Visitor visitor, string language, string name)
    {
        (await visitor.Page.Locator("html").GetAttributeAsync("lang")).ShouldBe(language);
        (await visitor.Page.Locator("h1").CountAsync()).ShouldBe(1);
        (await visitor.AxeFindingsAsync()).ShouldBeEmpty();
        await visitor.ScreenshotAsync($"{name}-{Visitor.Wide}");
        await visitor.ResizeAsync(Visitor.Narrow);
        (await visitor.OverflowAsync()).ShouldBe(0);
        (await visitor.AxeFindingsAsync()).ShouldBeEmpty();
        await visitor.ScreenshotAsync($"{name}-{Visitor.Narrow}");
    }
}
