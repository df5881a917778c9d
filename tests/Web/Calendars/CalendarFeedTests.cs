using System.Net;
using System.Text;
using AngleSharp.Dom;
using HousingBank.Support;
using HousingBank.Web.Access;
using HousingBank.Web.Languages;
using HousingBank.Web.Tests.Api;
using HousingBank.Web.Tests.Closed;
using HousingBank.Web.Tests.Intake;
using Ical.Net.CalendarComponents;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Calendar = Ical.Net.Calendar;

namespace HousingBank.Web.Tests.Calendars;

/// <summary>Due dates at a secret address: what calendars read there, and who can no longer.</summary>
public sealed class CalendarFeedTests(CalendarWorld world, TestServer server) : IClassFixture<CalendarWorld>
{
    private const string Page = "/tilganger";

    [Fact]
    public async Task A_calendar_reads_the_due_dates_without_signing_in()
    {
        var address = AddressOn(await MakeAsync(await world.Intake.AsAsync("municipality-hamar")))!;

        var answer = await world.Intake.Site.Stranger().GetAsync(address);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/calendar; charset=utf-8");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
        var day = Calendar.Load(await answer.Content.ReadAsStringAsync())!.Events.ShouldHaveSingleItem();
        (day.Summary, day.Description).ShouldBe(("Søknad som kan skrives og sendes: Opptaksrunde 2", "Venter på kommunen"));
        (day.IsAllDay, day.Start!.Date, day.End!.Date).ShouldBe((true, CalendarWorld.Deadline, CalendarWorld.Deadline.AddDays(1)));
        day.Url!.ToString().ShouldBe($"http://localhost/runder/{CalendarWorld.NextRound}/soknader/hamar");
        day.Alarms.Select(a => a.Trigger!.Duration.ToString()).ShouldBe(["-P7D", "P0D"]);
        day.DtStamp!.AsUtc.ShouldBe(DateTime.UtcNow, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Lines_are_folded_and_ended_as_the_standard_asks_whatever_they_hold()
    {
        var text = await TextAsync(await world.Intake.AsAsync("secretariat-region-ost"));

        text.ShouldEndWith("END:VCALENDAR\r\n");
        text.Replace("\r\n", "").ShouldNotContain('\n');
        var lines = text.Split("\r\n");
        lines.Where(l => Encoding.UTF8.GetByteCount(l) > 75).ShouldBeEmpty();
        lines.ShouldContain(l => l.StartsWith(' '));
        lines.ShouldContain(l => l.Contains("hamar\\, opptaksrunde 1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_due_date_keeps_its_name_from_one_asking_to_the_next_and_shares_it_with_no_other()
    {
        var address = AddressOn(await MakeAsync(await world.Intake.AsAsync("leadership-region-ost")))!;

        var first = await EventsAsync(address);
        var second = await EventsAsync(address);

        first.Count.ShouldBeGreaterThan(3);
        first.Select(e => e.Uid).ShouldBeUnique();
        second.Select(e => e.Uid).ShouldBe(first.Select(e => e.Uid));
    }

    [Fact]
    public async Task Alarms_are_for_whoever_is_reminded_and_what_is_passed_on_says_whose_turn_it_is()
    {
        var events = await EventsAsync(await world.Intake.AsAsync("secretariat-region-ost"));

        events.Single(e => e.Summary == "Søknad som kan skrives og sendes: hamar, opptaksrunde 2").ShouldSatisfyAllConditions(
            e => e.Description.ShouldBe("Venter på kommunen"),
            e => e.Alarms.ShouldBeEmpty());
        var missing = events.Where(e => e.Summary!.StartsWith("Vurderinger som mangler", StringComparison.Ordinal)).ToList();
        missing.Select(e => e.Summary).ShouldBe(["Vurderinger som mangler: asker, opptaksrunde 1", "Vurderinger som mangler: hamar, opptaksrunde 1", "Vurderinger som mangler: moss, opptaksrunde 1"], ignoreOrder: true);
        missing.ShouldAllBe(e => e.Description == "Venter på programrådet, sendt videre til sekretariatet" && e.Alarms.Count == 2);
    }

    [Fact]
    public async Task An_address_is_shown_once_and_only_its_hash_is_kept()
    {
        var auditor = await world.Intake.AsAsync("auditor-region-ost");
        var page = await auditor.PageAsync(Page);
        var form = Site.Form(page, ("_handler", "calendar"), ("language", "nb"), ("commandId", Guid.CreateVersion7().ToString()));

        var address = AddressOn(await (await auditor.PostAsync(Page, form)).PageAsync())!;

        AddressOn(await auditor.PageAsync(Page)).ShouldBeNull();
        var again = await (await auditor.PostAsync(Page, form)).PageAsync();
        AddressOn(again).ShouldBeNull();
        again.QuerySelector(".ds-error-summary")!.TextContent.ShouldContain("alt laget en adresse");
        (await AskAsync("select count(*) from access.calendar_addresses a where position($1 in a::text) > 0", SecretOf(address))).ShouldBe(0L);
        (await StatusAsync(address)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_new_address_revokes_the_one_before()
    {
        var evaluator = await world.Intake.AsAsync("evaluator-region-ost");
        var first = AddressOn(await MakeAsync(evaluator))!;

        var second = AddressOn(await MakeAsync(evaluator))!;

        (await StatusAsync(first)).ShouldBe(HttpStatusCode.NotFound);
        (await StatusAsync(second)).ShouldBe(HttpStatusCode.OK);
        (await AskAsync("select count(*) from access.calendar_addresses where owner = $1 and revoked_at is null", "demo:evaluator-region-ost")).ShouldBe(1L);
    }

    [Fact]
    public async Task A_revoked_address_is_answered_as_one_that_never_was()
    {
        var executive = await world.Intake.AsAsync("executive-hamar");
        var made = await MakeAsync(executive);
        var address = AddressOn(made)!;
        (await StatusAsync(address)).ShouldBe(HttpStatusCode.OK);

        var revoked = await executive.PostAsync(Page, Site.Form(made, ("_handler", "revoke-calendar")));

        revoked.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await executive.PageAsync(revoked.Headers.Location!.PathAndQuery())).QuerySelector("[role=status]")!.TextContent.ShouldBe("Kalenderadressen er trukket tilbake.");
        var stranger = world.Intake.Site.Stranger();
        var (gone, unknown) = (await stranger.GetAsync(address), await stranger.GetAsync($"/kalender/{new string('A', 43)}.ics"));
        gone.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await ProblemAsync(gone)).ShouldBe(await ProblemAsync(unknown));
        gone.Headers.ToString().ShouldBe(unknown.Headers.ToString());
        gone.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    [Fact]
    public async Task Nobody_revokes_the_address_of_another()
    {
        var address = AddressOn(await MakeAsync(await world.Intake.AsAsync("municipality-asker")))!;

        (await Addresses.RevokeAsync(new Viewer("demo:another", Domain.Vocabulary.Role.Municipality, "region-ost", new("moss"), null), CancellationToken.None)).ShouldBeFalse();

        (await StatusAsync(address)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_address_past_its_time_is_good_for_nothing()
    {
        var moss = await world.Intake.AsAsync("municipality-moss");
        var address = AddressOn(await MakeAsync(moss))!;

        await AskAsync("update access.calendar_addresses set expires_at = now() where owner = $1", "demo:municipality-moss");

        (await StatusAsync(address)).ShouldBe(HttpStatusCode.NotFound);
        (await moss.PageAsync(Page)).QuerySelectorAll("form[method=post]").Select(f => f.TextContent).ShouldNotContain(t => t.Contains("Trekk tilbake kalenderadressen"));
    }

    [Fact]
    public async Task Who_signs_in_again_in_another_role_has_the_address_of_the_one_before_no_more()
    {
        const string Key = "executive-moss";
        var address = AddressOn(await MakeAsync(await world.Intake.AsAsync(Key)))!;

        await world.Intake.AsAsync(Key);
        (await StatusAsync(address)).ShouldBe(HttpStatusCode.OK, "the same role");
        await AskAsync("update access.calendar_addresses set municipality = 'asker' where owner = $1", "demo:" + Key);
        (await StatusAsync(address)).ShouldBe(HttpStatusCode.OK, "nobody has signed in since");
        await world.Intake.AsAsync(Key);

        (await StatusAsync(address)).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_program_makes_and_revokes_its_persons_address_in_the_language_it_asks_for()
    {
        var person = new ApiClient(await world.Intake.AsAsync("executive-asker"));

        var made = await person.PostAsync("/api/v1/calendar-address", new { }, null, "en nøkkel", ("Accept-Language", "nn"));

        made.Status.ShouldBe(HttpStatusCode.OK, made.Text);
        var address = new Uri((string)made.Json["address"]!).PathAndQuery;
        (await world.Intake.Site.Stranger().GetStringAsync(address)).ShouldContain("X-WR-CALNAME:Fristar i programmet");
        (await person.PostAsync("/api/v1/calendar-address", new { }, null, "en nøkkel")).ShouldBeProblem(HttpStatusCode.Conflict, "shown-before");
        (await StatusAsync(address)).ShouldBe(HttpStatusCode.OK);
        (await person.PostAsync("/api/v1/calendar-address/revoke", new { })).Status.ShouldBe(HttpStatusCode.NoContent);
        (await StatusAsync(address)).ShouldBe(HttpStatusCode.NotFound);
        (await person.PostAsync("/api/v1/calendar-address/revoke", new { })).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task For_a_recused_member_the_calendar_is_as_if_the_application_were_not_there()
    {
        await using var without = await CalendarWorld.BeginAsync(server, withHidden: false);

        foreach (var member in new[] { IntakeWorld.Affiliated, IntakeWorld.Conflicted })
        {
            var with = await WrittenAsync(world.Intake, member);
            with.ShouldContain("SUMMARY:Søknad du skal vurdere: hamar\\, opptaksrunde 1");
            with.ShouldBe(await WrittenAsync(without, member));
        }

        (await WrittenAsync(world.Intake, "council-region-ost")).ShouldContain("moss");
    }

    [Fact]
    public async Task A_member_who_has_left_the_council_has_no_reviews_to_write()
    {
        var address = AddressOn(await MakeAsync(await world.Intake.AsAsync(IntakeWorld.Slow)))!;
        (await EventsAsync(address)).Count.ShouldBe(3);

        await world.Intake.Leadership.DecideAsync(
            $"/api/v1/programmes/{IntakeWorld.Programme}/retire-council-member", $"programme/{IntakeWorld.Programme}", new { member = RoundDesk.Reference(IntakeWorld.Slow), effectiveOn = "2010-01-01" });

        (await EventsAsync(address)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_calendar_of_a_simulation_says_so_on_every_day()
    {
        var viewer = new Viewer("demo:secretariat-simulert", Domain.Vocabulary.Role.Secretariat, Viewer.SimulatedTenant, null, null);
        var item = new ReadModels.Work.WorkItem("phaseLate", null, 1, null, null, new(2026, 1, 1), 1, "after", false, "secretariat", new("round/1", [1]));

        var text = new Web.Calendars.DueDates(viewer, new Texts(Language.English), page => "http://localhost" + page).Written(new([item]), DateTimeOffset.UnixEpoch);

        Calendar.Load(text)!.Events.ShouldHaveSingleItem().Summary.ShouldEndWith("(simulated)");
    }

    private CalendarAddresses Addresses => world.Intake.Site.Services.GetRequiredService<CalendarAddresses>();

    private static async Task<IDocument> MakeAsync(HttpClient person, string language = "nb")
    {
        var page = await person.PageAsync(Page);
        return await (await person.PostAsync(Page, Site.Form(page, ("_handler", "calendar"), ("language", language)))).PageAsync();
    }

    private static string? AddressOn(IDocument page) => page.QuerySelector("code.token")?.TextContent is { } address ? new Uri(address).PathAndQuery : null;

    private static string SecretOf(string address) => address["/kalender/".Length..^".ics".Length];

    /// <summary>Without what differs from one answer to the next.</summary>
    private static async Task<string> ProblemAsync(HttpResponseMessage answer)
    {
        var problem = (await ApiAnswer.OfAsync(answer)).Json;
        problem.Remove("traceId").ShouldBeTrue();
        return problem.ToJsonString();
    }

    private async Task<HttpStatusCode> StatusAsync(string address) => (await world.Intake.Site.Stranger().GetAsync(address)).StatusCode;

    private async Task<string> TextAsync(HttpClient person) => await world.Intake.Site.Stranger().GetStringAsync(AddressOn(await MakeAsync(person))!);

    private async Task<IReadOnlyList<CalendarEvent>> EventsAsync(HttpClient person) => [.. Calendar.Load(await TextAsync(person))!.Events];

    private async Task<IReadOnlyList<CalendarEvent>> EventsAsync(string address) => [.. Calendar.Load(await world.Intake.Site.Stranger().GetStringAsync(address))!.Events];

    /// <summary>What a member's calendar holds, without the moment it was written at.</summary>
    private static async Task<string> WrittenAsync(IntakeWorld intake, string member)
    {
        var text = await intake.Site.Stranger().GetStringAsync(AddressOn(await MakeAsync(await intake.AsAsync(member)))!);
        return string.Join("\r\n", text.Split("\r\n").Where(l => !l.StartsWith("DTSTAMP", StringComparison.Ordinal)));
    }

    private async Task<object?> AskAsync(string sql, string value)
    {
        await using var source = NpgsqlDataSource.Create(world.Intake.ConnectionString);
        await using var command = source.CreateCommand(sql);
        command.Parameters.Add(new() { Value = value });
        return await command.ExecuteScalarAsync();
    }
}
