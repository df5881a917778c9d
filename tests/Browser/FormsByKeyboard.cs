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
            ("[name='content.contact']", "Rådmannens fagstab"),
            ("[name='signOff.by']", " "));
        await SendAsync(leader, $"{application}/komplett");
        await SendAsync(leader, $"{application}/vurdering");
        var member = await programme.ReviewedAsync(round, "trondheim");
        await using var secretary = await programme.VisitAsync("secretariat-region-ost");
        var meeting = await SendAsync(secretary, $"{round}/radsmote/innkall", ("[name=day]", "12312030"));
        await SendAsync(secretary, $"{meeting}/apne", ($"[name=present][value='{member}']", " "), ($"[name=chair][value='{member}']", " "));
        await SendAsync(secretary, $"{application}/innstilling", ("[name=advice]", " "), ("[name='votes[0].vote']", "f"), ("[name=reason]", "God plan."));
        await SendAsync(secretary, $"{meeting}/ranger", ("[name=place-trondheim]", "1"));
        await secretary.ScreenshotAsync("council-meeting-open");
        (await secretary.AxeFindingsAsync()).ShouldBeEmpty();
        await SendAsync(secretary, $"{meeting}/avslutt", ("[name=confirmed]", " "));
        await secretary.OpenAsync($"{round}/rangering");
        (await secretary.AxeFindingsAsync()).ShouldBeEmpty();
        secretary.Complaints.ShouldBeEmpty();
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
    public async Task A_municipality_writes_its_application_leaves_comes_back_and_has_it_signed()
    {
        await using var secretary = await programme.VisitAsync("secretariat-region-ost");
        var round = await SendAsync(secretary, "/runder/ny", ("[name=deadline]", "12312031"), ("[name=capacity]", "1"));
        await SendAsync(secretary, $"{round}/inviter", ("[name=municipality][value=hamar]", " "));
        await using var writer = await programme.VisitAsync("municipality-hamar");
        var application = $"{round}/soknader/hamar";

        await SendAsync(writer, $"{application}/skjema/vedtak", ("[name='content.resolution.body']", "kommunestyret"), ("[name='content.resolution.on']", "01102026"), ("[name='content.resolution.caseNumber']", "26/7"));
        writer.Page.Url.ShouldEndWith("/skjema/behov?utfort=draft-saved");
        await SendAsync(writer, $"{application}/skjema/behov", "button[name=leave]", ("[name='content.needsAssessment']", "Mangler egnede boliger."));
        await writer.ScreenshotAsync("application-left");
        await Assertions.Expect(writer.Page.Locator("nav.steps li").Nth(2)).ToContainTextAsync("mangler");

        await using var again = await programme.VisitAsync("municipality-hamar");
        await SendAsync(again, $"{application}/skjema/organisering", ("[name='content.focusAreas']", "Bosetting"), ("[name='content.proposedOrganisation']", "Styringsgruppe."));
        await SendAsync(again, $"{application}/skjema/kontakt", ("[name='content.contact']", "Servicekontoret"));
        await again.Page.Locator("[name=file]").SetInputFilesAsync(new FilePayload { Name = "vedtak.pdf", MimeType = "application/pdf", Buffer = "%PDF-1.7"u8.ToArray() });
        await SendHereAsync(again, "button[type=submit]");
        await Assertions.Expect(again.Page.Locator("main a[download]")).ToHaveTextAsync("vedtak.pdf");

        await using var executive = await programme.VisitAsync("executive-hamar");
        await SendAsync(executive, $"{application}/skjema/send", ("[name=signed]", " "));
        await executive.ScreenshotAsync("application-submitted");
        (await executive.Page.Locator("main").InnerTextAsync()).ShouldContain("Godkjent av kommunedirektøren");
        foreach (var visitor in new[] { secretary, writer, again, executive })
            visitor.Complaints.ShouldBeEmpty();
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
    private static Task<string> SendAsync(Visitor visitor, string address, params (string Field, string Keys)[] typed) =>
        SendAsync(visitor, address, "button[type=submit]", typed);

    private static async Task<string> SendAsync(Visitor visitor, string address, string button, params (string Field, string Keys)[] typed)
    {
        await visitor.OpenAsync(address);
        foreach (var (field, keys) in typed)
        {
            await TabToAsync(visitor, field);
            await visitor.Page.Keyboard.TypeAsync(keys);
        }

        return await SendHereAsync(visitor, button);
    }

    /// <summary>Sends the form of the page that is open.</summary>
    private static async Task<string> SendHereAsync(Visitor visitor, string button)
    {
        await TabToAsync(visitor, $".command-form {button}");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visitor.Page.Locator("main > [role=status]")).ToBeVisibleAsync();
        (await visitor.StatusAsync()).ShouldBe(200, visitor.Page.Url);
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
