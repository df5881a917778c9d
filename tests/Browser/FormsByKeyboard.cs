using Microsoft.Playwright;

namespace HousingBank.Browser.Tests;

/// <summary>Forms filled in with the keyboard alone.</summary>
public sealed class FormsByKeyboard(RunningProgramme programme)
{
    private const int MostTabs = 300;

    [Fact]
    public async Task The_main_path_is_walked_without_a_mouse()
    {
        await using var leader = await programme.VisitAsync("leadership-region-ost");

        var round = await SendAsync(leader, "/runder/ny", ("[name=deadline]", "12312030"));
        await SendAsync(leader, $"{round}/inviter", ("[name=municipality][value=trondheim]", " "));
        var application = $"{round}/soknader/trondheim";
        await SendAsync(
            leader, $"{application}/registrer",
            ("[name='content.resolution.body']", "bystyret"),
            ("[name='content.resolution.on']", "01102026"),
            ("[name='content.resolution.caseNumber']", "26/7"),
            ("[name='content.needsAssessment']", "Mangler egnede boliger."),
            ("[name='content.focusAreas']", "Bosetting"),
            ("[name='content.proposedOrganisation']", "Styringsgruppe."),
            ("[name='content.contact']", "Rådmannens fagstab"));
        await SendAsync(leader, $"{application}/komplett");
        await SendAsync(leader, $"{application}/vurdering");
        await SendAsync(leader, $"{application}/innstilling", ("[name=advice]", " "), ("[name=reason]", "God plan."));
        await SendAsync(leader, $"{application}/vedtak", ("[name=outcome]", " "), ("[name=reason]", "God plan."));

        await leader.OpenAsync("/kommuner/trondheim");
        var next = await leader.Page.Locator("nav.actions a[href$='/neste-fase']").GetAttributeAsync("href");
        await SendAsync(leader, next!);
        await SendAsync(leader, next!.Replace("/neste-fase", "/forleng", StringComparison.Ordinal), ("[name=months]", "2"), ("[name=reason]", "Sykdom."));

        await leader.OpenAsync("/tavle");
        (await leader.Page.Locator("main").InnerTextAsync()).ShouldContain("Trondheim");
        leader.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_wrong_gets_the_focus()
    {
        await using var leader = await programme.VisitAsync("leadership-region-ost");
        await leader.OpenAsync("/runder/ny");

        await TabToAsync(leader, ".command-form button[type=submit]");
        await leader.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(leader.Page.Locator(".ds-error-summary")).ToBeFocusedAsync();
        (await leader.AxeFindingsAsync()).ShouldBeEmpty();
        await leader.ScreenshotAsync("form-refused");
        await leader.Page.Keyboard.PressAsync("Tab");
        await leader.Page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(leader.Page.Locator("[name=deadline]")).ToBeFocusedAsync();
    }

    /// <summary>Opens a form, goes through it with Tab, types, and sends it with Enter.</summary>
    /// <param name="typed">In the order of the form: which field, and the keys.</param>
    /// <returns>The page it led to.</returns>
    private static async Task<string> SendAsync(Visitor visitor, string address, params (string Field, string Keys)[] typed)
    {
        await visitor.OpenAsync(address);
        foreach (var (field, keys) in typed)
        {
            await TabToAsync(visitor, field);
            await visitor.Page.Keyboard.TypeAsync(keys);
        }

        await TabToAsync(visitor, ".command-form button[type=submit]");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visitor.Page.Locator("main > [role=status]")).ToBeVisibleAsync();
        return new Uri(visitor.Page.Url).AbsolutePath;
    }

    private static async Task TabToAsync(Visitor visitor, string field)
    {
        for (var press = 0; press < MostTabs; press++)
        {
            await visitor.Page.Keyboard.PressAsync("Tab");
            if (await visitor.Page.EvaluateAsync<bool>("field => document.activeElement.matches(field)", field))
                return;
        }

        throw new ShouldAssertException($"{field} cannot be reached on {visitor.Page.Url}.");
    }
}
