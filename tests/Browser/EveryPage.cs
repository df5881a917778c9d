namespace HousingBank.Browser.Tests;

public sealed class EveryPage(RunningProgramme programme)
{
    public static TheoryData<string, string> PagesInEveryLanguage
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var page in Pages.All)
            {
                foreach (var language in new[] { "nb", "nn", "en" })
                    data.Add(page.Name, language);
            }

            return data;
        }
    }

    public static TheoryData<string> Names => [.. Pages.All.Select(page => page.Name)];

    [Theory]
    [MemberData(nameof(PagesInEveryLanguage))]
    public async Task It_comes_whole_breaks_no_accessibility_rule_and_fits_wide_and_narrow(string name, string language)
    {
        var page = Pages.Named(name);
        await using var visitor = await programme.VisitAsync(page.Person);

        (await visitor.OpenAsync(page.In(language))).ShouldBe(page.Status);
        (await visitor.Page.TitleAsync()).ShouldNotBeNullOrWhiteSpace();
        (await visitor.Page.Locator("html").GetAttributeAsync("lang")).ShouldBe(language);
        (await visitor.AxeFindingsAsync()).ShouldBeEmpty();
        await visitor.ScreenshotAsync($"{name}-{language}-{Visitor.Wide}");

        await visitor.ResizeAsync(Visitor.Narrow);
        (await visitor.OverflowAsync()).ShouldBe(0);
        (await visitor.AxeFindingsAsync()).ShouldBeEmpty();
        await visitor.ScreenshotAsync($"{name}-{language}-{Visitor.Narrow}");

        visitor.Complaints.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Everything_on_it_can_be_reached_by_keyboard_and_shows_it(string name)
    {
        var page = Pages.Named(name);
        await using var visitor = await programme.VisitAsync(page.Person);

        await visitor.OpenAsync(page.Address);

        (await visitor.KeyboardFindingsAsync()).ShouldBeEmpty();
    }
}
