namespace HousingBank.Browser.Tests;

public sealed class EveryPage(RunningProgramme programme)
{
    private static readonly string[] s_languages = ["nb", "nn", "en"];

    public static TheoryData<string> Names => [.. Pages.All.Select(page => page.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task In_every_language_it_comes_whole_breaks_no_accessibility_rule_and_fits_wide_and_narrow(string name)
    {
        var page = Pages.Named(name);
        await using var visitor = await programme.VisitAsync(page.Person);

        foreach (var language in s_languages)
        {
            (await visitor.OpenAsync(page.In(language))).ShouldBe(page.Status, language);
            (await visitor.Page.TitleAsync()).ShouldNotBeNullOrWhiteSpace(language);
            (await visitor.Page.Locator("html").GetAttributeAsync("lang")).ShouldBe(language);
            (await visitor.AxeFindingsAsync()).ShouldBeEmpty(language);
            await visitor.ScreenshotAsync(name, language);

            await visitor.ResizeAsync(Visitor.Narrow);
            (await visitor.OverflowAsync()).ShouldBe(0, language);
            // What becomes of a narrow page does not depend on its language, but for its width.
            if (language == "nb")
                (await visitor.AxeFindingsAsync()).ShouldBeEmpty(language);
            await visitor.ScreenshotAsync(name, language);
            await visitor.ResizeAsync(Visitor.Wide);
        }

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
