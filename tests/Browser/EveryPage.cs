namespace HousingBank.Browser.Tests;

/// <summary>What holds for every page. Classes run beside one another and the pages of one class one after the other: hence two, with about as much to do.</summary>
public abstract class EveryPage(RunningProgramme programme)
{
    private static readonly string[] s_languages = ["nb", "nn", "en"];

    protected async Task VisitAsync(string name)
    {
        var page = Pages.Named(name);
        await using var visitor = await programme.VisitAsync(page.Person);
        try
        {
            await VisitAsync(visitor, page);
        }
        catch
        {
            await visitor.KeepPictureAsync($"{name}-failed");
            throw;
        }
    }

    private static async Task VisitAsync(Visitor visitor, SitePage page)
    {
        foreach (var language in s_languages)
        {
            (await visitor.OpenAsync(page.In(language))).ShouldBe(page.Status, language);
            (await visitor.Page.TitleAsync()).ShouldNotBeNullOrWhiteSpace(language);
            (await visitor.Page.Locator("html").GetAttributeAsync("lang")).ShouldBe(language);
            // Colours, what can be reached, and what becomes of a narrow page but for its width, do not depend on the language.
            (await (language == "nb" ? visitor.AxeFindingsAsync() : visitor.AxeFindingsAsync("color-contrast"))).ShouldBeEmpty(language);
            await visitor.ScreenshotAsync(page.Name, language);
            if (language == "nb")
                (await visitor.KeyboardFindingsAsync()).ShouldBeEmpty();

            await visitor.ResizeAsync(Visitor.Narrow);
            (await visitor.OverflowAsync()).ShouldBe(0, language);
            if (language == "nb")
                (await visitor.AxeFindingsAsync()).ShouldBeEmpty(language);
            await visitor.ScreenshotAsync(page.Name, language);
            await visitor.ResizeAsync(Visitor.Wide);
        }

        visitor.Complaints.ShouldBeEmpty();
    }
}

public sealed class EveryPageOfTheSecretariat(RunningProgramme programme) : EveryPage(programme)
{
    public static TheoryData<string> Names => [.. Pages.All.Where(page => page.Person == Pages.Secretariat).Select(page => page.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public Task It_comes_whole_breaks_no_accessibility_rule_fits_wide_and_narrow_and_is_used_by_keyboard(string name) => VisitAsync(name);
}

public sealed class EveryPageOfOthers(RunningProgramme programme) : EveryPage(programme)
{
    public static TheoryData<string> Names => [.. Pages.All.Where(page => page.Person != Pages.Secretariat).Select(page => page.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public Task It_comes_whole_breaks_no_accessibility_rule_fits_wide_and_narrow_and_is_used_by_keyboard(string name) => VisitAsync(name);
}
