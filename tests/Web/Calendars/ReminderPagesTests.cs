namespace HousingBank.Web.Tests.Calendars;

/// <summary>Reminders as people read them: in the task list and on the front page.</summary>
public sealed class ReminderPagesTests(CalendarWorld world) : IClassFixture<CalendarWorld>
{
    [Fact]
    public async Task What_is_due_soon_says_so_in_words_and_is_counted_on_the_front_page()
    {
        var hamar = await world.Intake.AsAsync("municipality-hamar");

        var row = (await hamar.PageAsync("/oppgaver")).QuerySelectorAll("main tbody tr").ShouldHaveSingleItem();
        row.QuerySelector(".ds-tag")!.TextContent.ShouldBe("Frist snart");
        var own = (await hamar.PageAsync("/")).QuerySelector("section[aria-labelledby=own-turn]")!;
        own.QuerySelector("p")!.TextContent.ShouldBe("1 av dem har frist innen 7 dager eller er over fristen.");
        own.QuerySelector("li")!.TextContent.ShouldContain("Opptaksrunde 2 (Frist: ");
        own.QuerySelector("li")!.TextContent.ShouldContain(", frist snart)");
    }

    [Fact]
    public async Task On_the_day_it_says_today_and_a_week_ahead_of_that_nothing()
    {
        var hamar = await world.Intake.AsAsync("municipality-hamar");

        (await TagsAsync(hamar, CalendarWorld.Deadline)).ShouldBe(["Frist i dag"]);
        (await TagsAsync(hamar, CalendarWorld.Deadline.AddDays(-8))).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_secretariat_finds_what_is_passed_on_among_its_own_and_nowhere_else()
    {
        var secretariat = await world.Intake.AsAsync("secretariat-region-ost");

        var page = await secretariat.PageAsync("/oppgaver");

        var missing = page.QuerySelectorAll("main tbody tr").Where(r => r.TextContent.Contains("Vurderinger som mangler", StringComparison.Ordinal)).ToList();
        missing.Select(r => r.QuerySelector("th")!.TextContent.Trim()).ShouldBe(["asker", "hamar", "moss"]);
        missing.ShouldAllBe(r => r.TextContent.Contains("Venter på programrådet, sendt videre til sekretariatet", StringComparison.Ordinal));
        missing.Select(r => r.Closest("section")!.QuerySelector("h2")!.TextContent).Distinct().ShouldBe(["Venter på programsekretariatet"]);
        (await secretariat.GetStringAsync("/api/v1/work-list?format=csv")).ShouldContain(",after,true,");
    }

    private static async Task<IReadOnlyList<string>> TagsAsync(HttpClient person, DateOnly day) =>
        [.. (await person.PageAsync($"/oppgaver?asOf={day:yyyy-MM-dd}")).QuerySelectorAll("main tbody .ds-tag").Select(t => t.TextContent)];
}
