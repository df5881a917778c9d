using System.Net;
using System.Text.Json.Nodes;
using HousingBank.Web.Attachments;
using HousingBank.Web.Tests.Attachments;

namespace HousingBank.Web.Tests;

/// <summary>The form in which a municipality writes its application, step by step, as its people and the others see it.</summary>
public sealed class ApplyingPagesTests(DemoSite demo) : IClassFixture<DemoSite>
{
    private static int s_round = 60;

    [Fact]
    public async Task A_municipality_writes_leaves_comes_back_has_it_signed_and_sends_it()
    {
        var application = await RoundAsync("2012-03-01");
        var (writer, executive, secretary) = (await FillerAsync("municipality-hamar"), await FillerAsync("executive-hamar"), await FillerAsync("secretariat-region-ost"));

        (await writer.OpenAsync(application)).QuerySelectorAll("nav.steps li").Length.ShouldBe(6);
        var round = application.Replace("/soknader/hamar", "", StringComparison.Ordinal);
        (await writer.OpenAsync(round)).QuerySelectorAll("main td a").Select(a => a.GetAttribute("href")).ShouldContain(application);
        (await writer.DoneAsync($"{application}/skjema/vedtak", ("content.resolution.body", "kommunestyret"), ("on", "2012-01-20"))).ShouldBe($"{application}/skjema/behov");
        (await writer.DoneAsync($"{application}/skjema/behov", ("content.needsAssessment", "Unge mangler bolig."), ("leave", "yes"), ("on", "2012-01-20"))).ShouldBe(application);
        (await LacksAsync(writer, application)).ShouldBe(["politisk vedtak", "", "satsingsområder, foreslått organisering", "kontakt", "", "godkjenning i kommunen, søknadsfrist"]);

        var again = await writer.OpenAsync($"{application}/skjema/vedtak");
        again.Typed("content.resolution.body").ShouldBe("kommunestyret");
        await writer.DoneAsync($"{application}/skjema/vedtak", ("content.resolution.on.told", "januar 2012"), ("content.resolution.caseNumber", "12/7"), ("on", "2012-01-25"));
        (await writer.OpenAsync($"{application}/skjema/vedtak")).Typed("content.resolution.on.told").ShouldBe("01.2012");
        await writer.DoneAsync($"{application}/skjema/organisering", ("content.focusAreas", "Bosetting\nOppfølging"), ("content.proposedOrganisation", "Styringsgruppe."), ("on", "2012-01-25"));
        await writer.DoneAsync($"{application}/skjema/kontakt", ("content.contact", "Servicekontoret"), ("on", "2012-01-25"));
        (await (await SendFileAsync(writer, $"{application}/skjema/vedlegg", SomeFile.Pdf, "vedtak.pdf", "2012-01-26")).PageAsync()).Problems().ShouldBeEmpty();
        (await LacksAsync(writer, application)).ShouldBe(["", "", "", "", "", "godkjenning i kommunen, søknadsfrist"]);

        (await writer.OpenAsync("/")).QuerySelectorAll("main li a").Select(a => a.GetAttribute("href")).ShouldContain(application);
        (await writer.OpenAsync($"{application}/godkjenn")).QuerySelector("form.command-form").ShouldBeNull();
        (await (await writer.SendAsync($"{application}/skjema/send", ("on", "2012-02-01"))).PageAsync()).Problems().ShouldHaveSingleItem().ShouldStartWith("Søknaden er ikke godkjent");
        await executive.DoneAsync($"{application}/godkjenn", ("signed", "yes"), ("on", "2012-02-01"));
        (await writer.DoneAsync($"{application}/skjema/send", ("on", "2012-02-02"))).ShouldBe(application);

        var read = await secretary.OpenAsync(application);
        read.QuerySelector("main")!.TextContent.ShouldContain("Unge mangler bolig.");
        read.QuerySelector("main a[download]")!.TextContent.ShouldBe("vedtak.pdf");
        read.QuerySelectorAll("table.decisions tbody tr").Length.ShouldBeGreaterThan(3);
        (await (await FillerAsync("council-region-ost")).OpenAsync(application)).QuerySelector("main")!.TextContent.ShouldContain("Bosetting");
        (await (await FillerAsync("municipality-moss")).Client.GetAsync(application)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Where_all_may_apply_a_municipality_that_is_not_invited_finds_the_way_to_begin()
    {
        var (secretary, writer) = (await FillerAsync("secretariat-region-ost"), await FillerAsync("municipality-moss"));
        async Task<string> OpenAsync(string whom) => await secretary.DoneAsync(
            "/runder/ny", ("number", $"{Interlocked.Increment(ref s_round)}"), ("deadline", "2100-01-01"), ("capacity", "1"), ("openToAll", whom), ("on", "2012-01-10"));
        var (open, invited) = (await OpenAsync("all"), await OpenAsync("invited"));
        var application = $"{open}/soknader/moss";

        foreach (var address in new[] { "/", "/oppgaver", open })
            (await writer.OpenAsync(address)).QuerySelectorAll("main a").Select(a => a.GetAttribute("href")).ShouldContain(application, address);
        (await writer.OpenAsync(application)).QuerySelector("h1")!.TextContent.ShouldBe("Søknaden fra Moss");
        (await writer.OpenAsync($"{application}/skjema/vedtak")).QuerySelector("main")!.TextContent.ShouldContain("Moss, ");

        (await writer.OpenAsync(invited)).QuerySelectorAll("main a").Select(a => a.GetAttribute("href")).ShouldNotContain($"{invited}/soknader/moss");
        (await writer.Client.GetAsync($"{invited}/soknader/moss")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await secretary.OpenAsync(open)).QuerySelectorAll("main a").Select(a => a.GetAttribute("href")).ShouldNotContain(application);
    }

    [Fact]
    public async Task The_draft_is_the_municipalitys_own()
    {
        var application = await RoundAsync("2012-03-01");
        var writer = await FillerAsync("municipality-hamar");
        await writer.DoneAsync($"{application}/skjema/behov", ("content.needsAssessment", "Det ingen andre skal se."), ("on", "2012-01-20"));

        foreach (var person in new[] { "secretariat-region-ost", "leadership-region-ost", "council-region-ost", "evaluator-region-ost" })
        {
            var page = await (await FillerAsync(person)).OpenAsync(application);
            page.QuerySelector("main")!.TextContent.ShouldContain("Kommunen arbeider med søknaden.");
            page.DocumentElement.TextContent.ShouldNotContain("Det ingen andre skal se.");
        }

        (await (await FillerAsync("secretariat-region-ost")).Client.GetAsync($"{application}/skjema/behov")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        foreach (var form in new[] { "skjema/behov", "skjema/vedlegg", "godkjenn", "trekk", "motta-supplering" })
            (await (await FillerAsync("municipality-moss")).Client.GetAsync($"{application}/{form}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_report_on_a_person_says_that_drafts_hold_something_and_not_what()
    {
        var application = await RoundAsync("2012-03-01");
        var (writer, secretary) = (await FillerAsync("municipality-hamar"), await FillerAsync("secretariat-region-ost"));
        await writer.DoneAsync($"{application}/skjema/kontakt", ("content.contact", "Servicekontoret"), ("content.contactPerson.name", "Kari Utkast"), ("on", "2012-01-20"));
        await writer.DoneAsync($"{application}/skjema/behov", ("content.needsAssessment", "Mangler boliger."), ("on", "2012-01-21"));
        var own = JsonNode.Parse(await writer.Client.GetStringAsync($"/api/v1{application.Replace("runder", "rounds", StringComparison.Ordinal).Replace("soknader", "applications", StringComparison.Ordinal)}"))!;
        var person = (string)own["value"]!["content"]!["contactPerson"]!;

        var report = JsonNode.Parse(await secretary.Client.GetStringAsync($"/api/v1/persons/{person}"))!["value"]!;
        ((string?)report["readability"]).ShouldBe("readable");
        report["held"]!.AsArray().Select(h => ((string?)h!["type"], (string?)h["field"], (string?)h["effectiveOn"]!["on"], (string?)h["role"], (string?)h["name"])).ShouldBe(
        [
            ("application-draft-saved", "content.contactPerson", "2012-01-20", "municipality", null),
            ("application-draft-saved", "content.contactPerson", "2012-01-21", "municipality", null),
        ]);
        var page = await secretary.OpenAsync($"/personer/{person}");
        page.QuerySelectorAll("main tbody tr").Length.ShouldBe(2);
        page.QuerySelector("main tbody a").ShouldBeNull();
        page.QuerySelector("main")!.TextContent.ShouldNotContain("Kari Utkast");
        (await secretary.Client.GetAsync($"/vedtakslogg/{(string?)report["held"]![0]!["stream"]}/{(int)report["held"]![0]!["version"]!}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task After_the_deadline_it_is_asked_for_and_accepted_with_reasons()
    {
        var application = await RoundAsync("2012-02-01");
        var (executive, secretary) = (await FillerAsync("executive-hamar"), await FillerAsync("secretariat-region-ost"));
        await executive.DoneAsync($"{application}/skjema/vedtak", [.. FormTests.Content("2012-01-15").Where(c => c.Item1.StartsWith("content.resolution", StringComparison.Ordinal)), ("on", "2012-01-20")]);
        await executive.DoneAsync($"{application}/skjema/behov", ("content.needsAssessment", "Mangler boliger."), ("on", "2012-01-20"));
        await executive.DoneAsync($"{application}/skjema/organisering", ("content.focusAreas", "Bosetting"), ("content.proposedOrganisation", "Styringsgruppe."), ("on", "2012-01-20"));
        await executive.DoneAsync($"{application}/skjema/kontakt", ("content.contact", "Servicekontoret"), ("on", "2012-01-20"));

        var refused = await (await executive.SendAsync($"{application}/skjema/send", ("signed", "yes"), ("on", "2012-02-05"))).PageAsync();
        refused.Problems().ShouldHaveSingleItem().ShouldStartWith("Fristen er ute");
        await executive.DoneAsync($"{application}/be-om-sen", ("reason", "Møtet ble flyttet."), ("on", "2012-02-05"));
        (await secretary.OpenAsync("/oppgaver")).QuerySelectorAll("main table a").Select(a => a.GetAttribute("href")).ShouldContain($"{application}/godta-sen");
        (await secretary.OpenAsync($"{application}/godta-sen")).QuerySelector(".facts")!.TextContent.ShouldContain("Møtet ble flyttet.");
        await secretary.DoneAsync($"{application}/godta-sen", ("reason", "God grunn."), ("on", "2012-02-06"));
        await executive.DoneAsync($"{application}/skjema/send", ("signed", "yes"), ("on", "2012-02-07"));

        await secretary.DoneAsync($"{application}/etterspor-supplering", ("what", "tall"), ("due", "2012-02-20"), ("on", "2012-02-10"));
        var unticked = await (await executive.SendAsync($"{application}/motta-supplering", ("what", "tallene"), ("content.contact", "Boligkontoret"), ("on", "2012-02-21"))).PageAsync();
        unticked.Problems().ShouldHaveSingleItem().ShouldStartWith("Endringer: Innholdet nedenfor er et annet");
        unticked.Typed("content.contact").ShouldBe("Boligkontoret");
        await executive.DoneAsync($"{application}/motta-supplering", ("what", "tallene"), ("changed", "yes"), ("content.contact", "Boligkontoret"), ("on", "2012-02-21"));
        var page = await secretary.OpenAsync(application);
        page.QuerySelector("main td .ds-tag")!.TextContent.ShouldBe("etter fristen");
        page.QuerySelector("main")!.TextContent.ShouldContain("Boligkontoret");
        (await executive.DoneAsync($"{application}/trekk", ("reason", "Mangler egne midler"), ("confirmed", "yes"), ("on", "2012-02-25"))).ShouldBe(application);
    }

    [Fact]
    public async Task A_file_is_taken_by_what_it_holds_and_taken_out_with_a_reason()
    {
        var application = await RoundAsync("2012-03-01");
        var writer = await FillerAsync("municipality-hamar");
        var files = $"{application}/skjema/vedlegg";
        await writer.DoneAsync($"{application}/skjema/behov", ("content.needsAssessment", "Mangler boliger."), ("on", "2012-01-20"));

        (await (await SendFileAsync(writer, files, "<html>"u8.ToArray(), "vedtak.pdf", "2012-01-26")).PageAsync()).Problems().ShouldHaveSingleItem().ShouldStartWith("Fil: Innholdet er ikke");
        (await (await SendFileAsync(writer, files, null, "", "2012-01-26")).PageAsync()).Problems().ShouldHaveSingleItem().ShouldStartWith("Fil: ");
        // Larger than what is kept in memory of other forms.
        await SendFileAsync(writer, files, [.. SomeFile.Pdf, .. new byte[1024 * 1024 * 2]], "stor.pdf", "2012-01-26");

        var listed = (await writer.OpenAsync(files)).QuerySelector("main .ds-list")!;
        (await writer.Client.GetAsync(listed.QuerySelector("a[download]")!.GetAttribute("href"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        var remove = listed.QuerySelectorAll("a")[^1].GetAttribute("href")!;
        (await writer.DoneAsync(remove, ("reason", "Feil fil"), ("on", "2012-01-27"))).ShouldBe(files);
        (await writer.OpenAsync(files)).QuerySelector("main .ds-list").ShouldBeNull();
        (await writer.Client.GetAsync(remove)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task While_the_virus_scanner_does_not_answer_the_page_says_so_and_takes_no_file()
    {
        var files = $"{await RoundAsync("2012-03-01")}/skjema/vedlegg";
        await using var site = new Site
        {
            Settings = new Dictionary<string, string> { ["ConnectionStrings:Programme"] = demo.Site.Settings["ConnectionStrings:Programme"], [AttachmentsSetup.ScannerSetting] = "/nowhere/clamd.ctl" },
        };
        await site.ReadyAsync();
        var writer = new FormFiller(await site.SignedInAsync("municipality-hamar"));
        await writer.DoneAsync(files.Replace("vedlegg", "behov", StringComparison.Ordinal), ("content.needsAssessment", "Mangler boliger."), ("on", "2012-01-20"));

        (await (await SendFileAsync(writer, files, SomeFile.Pdf, "vedtak.pdf", "2012-01-26")).PageAsync()).Problems().ShouldHaveSingleItem().ShouldStartWith("Viruskontrollen svarer ikke");

        (await writer.OpenAsync(files)).QuerySelector("main .ds-list").ShouldBeNull();
    }

    [Fact]
    public async Task The_chief_executive_names_somebody_who_then_signs()
    {
        var application = await RoundAsync("2012-03-01");
        var (writer, executive) = (await FillerAsync("municipality-hamar"), await FillerAsync("executive-hamar"));
        await writer.DoneAsync($"{application}/skjema/vedtak", [.. FormTests.Content("2012-01-15").Where(c => c.Item1.StartsWith("content.resolution", StringComparison.Ordinal)), ("on", "2012-01-20")]);
        await writer.DoneAsync($"{application}/skjema/behov", ("content.needsAssessment", "Mangler boliger."), ("on", "2012-01-20"));
        await writer.DoneAsync($"{application}/skjema/organisering", ("content.focusAreas", "Bosetting"), ("content.proposedOrganisation", "Styringsgruppe."), ("on", "2012-01-20"));
        await writer.DoneAsync($"{application}/skjema/kontakt", ("content.contact", "Servicekontoret"), ("on", "2012-01-20"));

        (await writer.OpenAsync($"{application}/signatar")).QuerySelector("form.command-form").ShouldBeNull();
        await executive.DoneAsync($"{application}/signatar", ("person", "demo:municipality-hamar"), ("function", "kommunalsjef"), ("on", "2012-01-21"));
        await writer.DoneAsync($"{application}/skjema/send", ("signed", "yes"), ("on", "2012-01-22"));

        (await writer.OpenAsync(application)).QuerySelector("main")!.TextContent.ShouldContain("Godkjent av kommunalsjef");
    }

    private async Task<FormFiller> FillerAsync(string person) => new(await demo.Site.SignedInAsync(person));

    /// <summary>A round to which hamar is invited.</summary>
    /// <returns>The address of its application.</returns>
    private async Task<string> RoundAsync(string deadline)
    {
        var secretary = await FillerAsync("secretariat-region-ost");
        var number = Interlocked.Increment(ref s_round);
        var round = await secretary.DoneAsync("/runder/ny", ("number", $"{number}"), ("deadline", deadline), ("capacity", "1"), ("on", "2012-01-10"));
        await secretary.DoneAsync($"{round}/inviter", ("municipality", "hamar"), ("on", "2012-01-15"));
        return $"{round}/soknader/hamar";
    }

    /// <summary>What each step is told to lack.</summary>
    private static async Task<IEnumerable<string>> LacksAsync(FormFiller writer, string application) =>
        (await writer.OpenAsync(application)).QuerySelectorAll("nav.steps li .ds-tag").Select(t => t.TextContent is var text && text.StartsWith("mangler ", StringComparison.Ordinal) ? text["mangler ".Length..] : "");

    private static async Task<HttpResponseMessage> SendFileAsync(FormFiller writer, string address, byte[]? content, string name, string day)
    {
        var page = await writer.OpenAsync(address);
        var form = page.QuerySelector("form.command-form")!;
        form.GetAttribute("enctype").ShouldBe("multipart/form-data");
        var body = new MultipartFormDataContent();
        foreach (var field in form.QuerySelectorAll("input[name]:not([type=file]):not([name=on])"))
            body.Add(new StringContent(field.GetAttribute("value") ?? ""), field.GetAttribute("name")!);
        body.Add(new StringContent(day), "on");
        if (content is not null)
            body.Add(new ByteArrayContent(content), "file", name);
        return await writer.Client.PostAsync(address, body);
    }
}
