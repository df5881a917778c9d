using System.Net;
using System.Text.Json.Nodes;
using HousingBank.Domain.Vocabulary;
using HousingBank.Support;
using HousingBank.Web.Tests.Attachments;
using ApplicationId = HousingBank.Domain.Vocabulary.ApplicationId;

namespace HousingBank.Web.Tests.Api;

/// <summary>A municipality's application by the API, from its first draft to what the secretariat wants added.</summary>
public sealed class ApplyingTests(ApiSite api) : IClassFixture<ApiSite>
{
    private const string Secret = "Det ingen andre skal se.";

    private static readonly object ByChiefExecutive = new { by = "chiefExecutive" };
    private static readonly object ByNamed = new { by = "named" };

    private static int s_round = 60;

    [Fact]
    public async Task A_draft_is_written_bit_by_bit_signed_off_and_submitted_as_it_stands()
    {
        var application = await BegunAsync();
        var (hamar, executive) = (await api.AsAsync("municipality-hamar"), await api.AsAsync("executive-hamar"));

        await application.DoneAsync(hamar, "save-draft", new { content = new { needsAssessment = "Unge mangler bolig." }, effectiveOn = "2009-05-02" });
        Codes((await application.ShownAsync(hamar, "2009-05-20"))["missing"]!).ShouldBe(["resolution", "focusAreas", "proposedOrganisation", "contact", "signOff"]);
        (await application.PostAsync(executive, "sign-off", new { signOff = ByChiefExecutive, effectiveOn = "2009-05-03" })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "resolution-missing");

        await application.DoneAsync(hamar, "save-draft", new { content = Bodies.Application, effectiveOn = "2009-05-04" });
        (await application.PostAsync(hamar, "submit", new { effectiveOn = "2009-05-05" })).ShouldBeProblem(HttpStatusCode.Conflict, "sign-off-missing");
        await application.DoneAsync(executive, "sign-off", new { signOff = ByChiefExecutive, effectiveOn = "2009-05-05" });
        Codes((await application.ShownAsync(hamar, "2009-06-02"))["missing"]!).ShouldBe(["deadline"]);
        Codes((await application.ShownAsync(hamar, "2009-05-20"))["missing"]!).ShouldBeEmpty();

        await application.DoneAsync(hamar, "save-draft", new { content = new { needsAssessment = "Endret." }, effectiveOn = "2009-05-06" });
        (await application.ShownAsync(hamar))["signOff"].ShouldBeNull();
        await application.DoneAsync(hamar, "save-draft", new { content = Bodies.Application, effectiveOn = "2009-05-06" });
        (await application.PostAsync(hamar, "submit", new { effectiveOn = "2009-05-07" })).ShouldBeProblem(HttpStatusCode.Conflict, "sign-off-missing");
        await application.DoneAsync(executive, "sign-off", new { signOff = ByChiefExecutive, effectiveOn = "2009-05-07" });
        await application.DoneAsync(hamar, "submit", new { effectiveOn = "2009-05-08" });

        var shown = await application.ShownAsync(api.Secretariat);
        ((string?)shown["state"], (string?)shown["content"]!["needsAssessment"], (string?)shown["signOff"]!["by"]).ShouldBe(("submitted", "Mangler boliger.", "chiefExecutive"));
        (await application.PostAsync(hamar, "save-draft", new { content = Bodies.Application, effectiveOn = "2009-05-09" })).ShouldBeProblem(HttpStatusCode.Conflict, "application-submitted-already");
    }

    [Fact]
    public async Task What_changes_nothing_leaves_no_event()
    {
        var application = await BegunAsync();
        var hamar = await api.AsAsync("municipality-hamar");
        var saved = await application.DoneAsync(hamar, "save-draft", new { content = Bodies.Application, effectiveOn = "2009-05-02" });

        (await application.DoneAsync(hamar, "save-draft", new { content = Bodies.Application, effectiveOn = "2009-05-03" })).ETag.ShouldBe(saved.ETag);
    }

    [Theory]
    [InlineData("secretariat-region-ost")]
    [InlineData("leadership-region-ost")]
    [InlineData("council-region-ost")]
    [InlineData("evaluator-region-ost")]
    [InlineData("auditor-region-ost")]
    public async Task Until_it_is_submitted_others_see_that_there_is_a_draft_and_no_more(string person)
    {
        var application = await BegunAsync();
        var (hamar, other) = (await api.AsAsync("municipality-hamar"), await api.AsAsync(person));
        await application.DoneAsync(hamar, "save-draft", new { content = new { needsAssessment = Secret, contact = Secret }, effectiveOn = "2009-05-02" });
        var file = (await application.AttachAsync(hamar, "hemmelig.pdf")).Message.Headers.Location!.ToString();
        (await hamar.GetAsync(file)).Status.ShouldBe(HttpStatusCode.OK);
        ((string?)(await application.ShownAsync(hamar))["content"]!["needsAssessment"]).ShouldBe(Secret);

        var shown = await application.ShownAsync(other);

        ((string?)shown["state"], (bool)shown["isContentShown"]!).ShouldBe(("draft", false));
        foreach (var address in new[] { application.Address, $"/api/v1/rounds/{application.Round}", $"/api/v1/rounds/{application.Round}?format=csv", "/api/v1/work-list", $"/runder/{application.Round}", application.Page })
        {
            var text = (await other.GetAsync(address)).Text;
            text.ShouldNotContain(Secret);
            text.ShouldNotContain("hemmelig.pdf");
        }

        (await other.GetAsync(file)).Status.ShouldBeOneOf(HttpStatusCode.NotFound, HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task In_the_log_others_read_what_has_left_the_municipality()
    {
        var application = await BegunAsync();
        var (hamar, executive) = (await api.AsAsync("municipality-hamar"), await api.AsAsync("executive-hamar"));
        async Task<IReadOnlyList<string>> LogAsync(ApiClient who) =>
            [.. (await who.GetAsync($"/api/v1/facts/{application.Stream}")).Value.AsArray().Select(f => $"{f!["type"]} {f["values"]!["fileName"]}".Trim())];
        await application.DoneAsync(hamar, "save-draft", new { content = Bodies.Application, effectiveOn = "2009-05-02" });
        var taken = (await application.AttachAsync(hamar, "fjernet.pdf")).Message.Headers.Location!.ToString();
        await application.AttachAsync(hamar, "sendt.pdf");
        (await hamar.PostAsync($"{taken}/remove", new { reason = "Feil fil", effectiveOn = "2009-05-02" }, headers: ("If-Match", "*"))).Status.ShouldBe(HttpStatusCode.OK);
        await application.DoneAsync(executive, "name-signatory", new { person = "demo:municipality-hamar", function = "kommunalsjef", effectiveOn = "2009-05-03" });
        await application.DoneAsync(executive, "sign-off", new { signOff = ByChiefExecutive, effectiveOn = "2009-05-04" });

        (await LogAsync(api.Secretariat)).ShouldBe(["application-drafted"]);
        (await api.Secretariat.GetAsync($"/api/v1/decisions?stream={application.Stream}")).Text.ShouldNotContain(".pdf");
        (await LogAsync(hamar)).ShouldBe(
        [
            "application-drafted", "application-draft-saved", "attachment-added fjernet.pdf", "attachment-added sendt.pdf", "attachment-removed", "signatory-named", "application-signed-off",
        ]);

        await application.DoneAsync(hamar, "submit", new { effectiveOn = "2009-05-05" });
        await application.AttachAsync(hamar, "senere.pdf");

        (await LogAsync(api.Secretariat)).ShouldBe(
            ["application-drafted", "attachment-added sendt.pdf", "signatory-named", "application-signed-off", "application-submitted", "attachment-added senere.pdf"]);
    }

    [Fact]
    public async Task Only_the_chief_executive_and_whom_the_municipality_has_named_sign_off()
    {
        var application = await BegunAsync();
        var (hamar, executive) = (await api.AsAsync("municipality-hamar"), await api.AsAsync("executive-hamar"));
        await application.DoneAsync(hamar, "save-draft", new { content = Bodies.Application, effectiveOn = "2009-05-02" });
        object Signed(object by) => new { signOff = by, effectiveOn = "2009-05-03" };
        object Name(string who) => new { person = who, function = "kommunalsjef", effectiveOn = "2009-05-03" };

        (await application.PostAsync(hamar, "sign-off", Signed(ByChiefExecutive))).ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");
        (await application.PostAsync(hamar, "sign-off", Signed(ByNamed))).ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");
        (await application.PostAsync(hamar, "submit", Signed(ByChiefExecutive))).ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");
        (await application.PostAsync(hamar, "name-signatory", Name("demo:municipality-hamar"))).ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");
        (await application.PostAsync(await api.AsAsync("executive-lillehammer"), "sign-off", Signed(ByChiefExecutive))).ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");

        await application.DoneAsync(executive, "name-signatory", Name("demo:municipality-hamar"));
        (await application.PostAsync(hamar, "sign-off", Signed(ByChiefExecutive))).ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");
        await application.DoneAsync(hamar, "sign-off", new { signOff = new { by = "named", function = "ordfører" }, effectiveOn = "2009-05-04" });

        var signOff = (await application.ShownAsync(hamar))["signOff"]!;
        ((string?)signOff["by"], (string?)signOff["function"]).ShouldBe(("named", "kommunalsjef"));
    }

    [Fact]
    public async Task The_secretariat_registers_what_came_on_paper_with_who_signed_it_and_writes_in_no_draft()
    {
        var application = await BegunAsync();
        object Submit(object signOff) => new { content = Bodies.Application, signOff, effectiveOn = "2009-05-08" };

        (await application.PostAsync(api.Secretariat, "save-draft", new { content = Bodies.Application, effectiveOn = "2009-05-02" })).ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");
        (await application.PostAsync(api.Secretariat, "submit", new { content = Bodies.Application, effectiveOn = "2009-05-08" })).ShouldBeProblem(HttpStatusCode.Conflict, "sign-off-missing");
        (await application.PostAsync(api.Secretariat, "submit", Submit(ByNamed))).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "signatory-not-named");
        await application.DoneAsync(api.Secretariat, "submit", Submit(new { by = "named", function = "ordfører" }));

        ((string?)(await application.ShownAsync(api.Secretariat))["signOff"]!["function"]).ShouldBe("ordfører");
    }

    [Fact]
    public async Task After_the_deadline_the_municipality_asks_and_the_secretariat_accepts()
    {
        var application = await BegunAsync();
        var executive = await api.AsAsync("executive-hamar");
        var submit = new { content = Bodies.Application, signOff = ByChiefExecutive, effectiveOn = "2009-06-08" };

        (await application.PostAsync(executive, "submit", submit)).ShouldBeProblem(HttpStatusCode.Conflict, "deadline-passed");
        await application.DoneAsync(executive, "ask-late", new { reason = "Kommunestyret møttes 4. juni", effectiveOn = "2009-06-03" });
        (await WorkAsync(application)).ShouldContain("lateApplicationToAccept");
        ((string?)(await application.ShownAsync(api.Secretariat))["lateAskedBecause"]).ShouldBe("Kommunestyret møttes 4. juni");
        (await application.PostAsync(executive, "accept-late", new { reason = "x", effectiveOn = "2009-06-03" })).ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");
        await application.DoneAsync(api.Secretariat, "accept-late", new { reason = "Vedtaket ble utsatt", effectiveOn = "2009-06-04" });

        (await WorkAsync(application)).ShouldNotContain("lateApplicationToAccept");
        (await application.PostAsync(executive, "ask-late", new { reason = "Igjen", effectiveOn = "2009-06-05" })).ShouldBeProblem(HttpStatusCode.Conflict, "late-accepted-already");
        await application.DoneAsync(executive, "submit", submit);
        ((bool)(await application.ShownAsync(api.Secretariat))["isLate"]!).ShouldBeTrue();
    }

    [Fact]
    public async Task A_supplement_is_given_by_the_municipality_itself_and_marked_when_it_comes_late()
    {
        var application = await BegunAsync();
        var (hamar, executive) = (await api.AsAsync("municipality-hamar"), await api.AsAsync("executive-hamar"));
        await application.DoneAsync(executive, "submit", new { content = Bodies.Application, signOff = ByChiefExecutive, effectiveOn = "2009-05-08" });
        await application.DoneAsync(api.Secretariat, "request-supplement", new { what = "Tall", due = "2009-05-20", effectiveOn = "2009-05-10" });

        (await application.PostAsync(await api.AsAsync("municipality-lillehammer"), "receive-supplement", new { what = "Tall", effectiveOn = "2009-05-19" }))
            .ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");
        await application.DoneAsync(hamar, "receive-supplement", new { what = "Tall", effectiveOn = "2009-05-21" });
        await application.DoneAsync(api.Secretariat, "request-supplement", new { what = "Kart", due = "2009-06-20", effectiveOn = "2009-05-22" });
        await application.DoneAsync(hamar, "receive-supplement", new { what = "Kart", effectiveOn = "2009-06-20" });

        var supplements = (await application.ShownAsync(hamar))["supplements"]!.AsArray();
        supplements.Select(s => ((string?)s!["wanted"], (bool)s["isLate"]!)).ShouldBe([("Tall", true), ("Kart", false)]);
        await application.DoneAsync(hamar, "withdraw", new { reason = "Mangler egne midler", effectiveOn = "2009-06-21" });
        ((string?)(await application.ShownAsync(hamar))["state"]).ShouldBe("withdrawn");
    }

    [Fact]
    public async Task Who_does_not_give_what_is_wanted_in_time_can_be_declined_and_is_told_why()
    {
        var application = await BegunAsync();
        await application.DoneAsync(await api.AsAsync("executive-hamar"), "submit", new { content = Bodies.Application, signOff = ByChiefExecutive, effectiveOn = "2009-05-08" });
        await application.DoneAsync(api.Secretariat, "request-supplement", new { what = "Tall", due = "2009-05-20", effectiveOn = "2009-05-10" });
        object Decline(string on) => new { reason = "Tallene kom ikke", effectiveOn = on };

        (await application.PostAsync(api.Leadership, "decline", Decline("2009-05-20"))).ShouldBeProblem(HttpStatusCode.Conflict, "application-not-complete");
        (await api.Leadership.Http.PageAsync(application.Page)).QuerySelectorAll("nav.actions a").Select(a => a.GetAttribute("href")).ShouldContain(h => h!.StartsWith($"{application.Page}/vedtak"));
        await application.DoneAsync(api.Leadership, "decline", Decline("2009-05-21"));

        ((string?)(await application.ShownAsync(api.Secretariat))["state"]).ShouldBe("declined");
        var letters = (await api.Secretariat.GetAsync($"/api/v1/letters?round={application.Round}")).Value;
        letters.ToJsonString().ShouldContain("refusal");
    }

    private static IEnumerable<string> Codes(JsonNode codes) => codes.AsArray().Select(c => (string)c!);

    private async Task<IReadOnlyList<string>> WorkAsync(Begun application)
    {
        var items = (await api.Secretariat.GetAsync("/api/v1/work-list")).Value["items"]!.AsArray();
        return [.. items.Where(i => (string?)i!["round"] == application.Round).Select(i => (string)i!["kind"]!)];
    }

    private async Task<Begun> BegunAsync()
    {
        var round = await api.OpenRoundAsync(Interlocked.Increment(ref s_round));
        await (await api.AsAsync("municipality-hamar")).MakeAsync($"/api/v1/rounds/{round}/applications", new { municipality = ApiSite.Municipality, effectiveOn = "2009-05-01" });
        return new(round);
    }

    private sealed record Begun(string Round)
    {
        public string Address => $"/api/v1/rounds/{Round}/applications/{ApiSite.Municipality}";

        public string Page => $"/runder/{Round}/soknader/{ApiSite.Municipality}";

        public string Stream => $"application/{ApplicationId.Of(new(Guid.Parse(Round)), new(ApiSite.Municipality)).Value}";

        public async Task<JsonNode> ShownAsync(ApiClient who, string? asOf = null) => (await who.GetAsync(asOf is null ? Address : $"{Address}?asOf={asOf}")).Value;

        public async Task<ApiAnswer> PostAsync(ApiClient who, string step, object body) => await who.PostAsync($"{Address}/{step}", body, headers: ("If-Match", "*"));

        public async Task<ApiAnswer> DoneAsync(ApiClient who, string step, object body)
        {
            var answer = await PostAsync(who, step, body);
            answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
            return answer;
        }

        public Task<ApiAnswer> AttachAsync(ApiClient who, string name) => SomeFile.SendAsync(who, $"{Address}/attachments", SomeFile.Form(SomeFile.Pdf, name, "2009-05-02"));
    }
}
