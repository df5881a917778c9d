using System.Net;

namespace HousingBank.Web.Tests.Api;

/// <summary>A round with room for one, and two that the council would admit.</summary>
public sealed class DecideManyTests(ApiSite api) : IClassFixture<ApiSite>
{
    [Fact]
    public async Task Each_of_several_decisions_stands_alone_and_the_answer_says_how_it_ended()
    {
        await api.Secretariat.MakeAsync("/api/v1/municipalities", new { key = "moss", name = "Moss", kind = "municipality", county = "Østfold", effectiveOn = "2009-01-01" });
        var round = (await api.Secretariat.MakeAsync("/api/v1/rounds", new
        {
            programme = api.Programme,
            number = 41,
            deadline = "2009-06-01",
            capacity = 1,
            openToAll = true,
            criteria = new[] { new { code = "need", name = new { nb = "Behov" }, weight = 2 } },
            effectiveOn = "2009-03-15",
        })).Id;
        await RecommendedAsync(round, "hamar");
        await RecommendedAsync(round, "moss");
        var body = Decisions(new { municipality = "hamar", outcome = "admitted" }, new { municipality = "moss", outcome = "admitted" });

        (await api.Secretariat.PostAsync($"/api/v1/rounds/{round}/decide", body)).ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");
        var decided = await api.Leadership.PostAsync($"/api/v1/rounds/{round}/decide", body, key: "vedtak-1");
        Ended(decided).ShouldBe([("hamar", 200, null), ("moss", 409, "round-is-full")]);
        ((string?)decided.Json["decisions"]![1]!["detail"])!.ShouldContain("its capacity is 1");

        // Sent again nothing is done twice; what was refused is judged anew, and is still refused.
        Ended(await api.Leadership.PostAsync($"/api/v1/rounds/{round}/decide", body, key: "vedtak-1")).ShouldBe([("hamar", 200, null), ("moss", 409, "round-is-full")]);
        (await api.Leadership.GetAsync($"/api/v1/rounds/{round}")).Value["round"]!["left"]!.GetValue<int>().ShouldBe(0);

        (await api.Leadership.DecideAsync($"/api/v1/rounds/{round}/raise-capacity", $"round/{round}", new { capacity = 2, reason = "flere midler", effectiveOn = "2009-10-10" })).Status.ShouldBe(HttpStatusCode.OK);
        Ended(await api.Leadership.PostAsync($"/api/v1/rounds/{round}/decide", Decisions(new { municipality = "moss", outcome = "declined", reason = "fullt", deviationReason = "spares" })))
            .ShouldBe([("moss", 422, "criterion-reason-missing")]);
        Ended(await api.Leadership.PostAsync($"/api/v1/rounds/{round}/decide", Decisions(new { municipality = "moss", outcome = "declined", reason = "fullt" })))
            .ShouldBe([("moss", 409, "deviation-needs-reason")]);
        (await PublishAsync(round)).ShouldBeProblem(HttpStatusCode.Conflict, "decisions-outstanding");
        Ended(await api.Leadership.PostAsync($"/api/v1/rounds/{round}/decide", Decisions(
            new { municipality = "moss", outcome = "declined", reason = "fullt", deviationReason = "spares", criterionReasons = new[] { new { criterion = "need", reason = "mindre behov" } } })))
            .ShouldBe([("moss", 200, null)]);

        (await PublishAsync(round)).Status.ShouldBe(HttpStatusCode.OK);
        var intake = (await api.Leadership.GetAsync("/api/v1/intake")).Value["rounds"]!.AsArray().Single(r => (string?)r!["round"]!["id"] == round)!["round"]!;
        ((int?)intake["deviations"], (string?)intake["publishedOn"]!["on"]).ShouldBe((1, "2009-10-20"));
    }

    [Fact]
    public async Task A_list_of_decisions_is_of_a_round_that_is_there_is_not_empty_and_names_each_municipality_once()
    {
        var address = $"/api/v1/rounds/{api.Round}/decide";
        (await api.Leadership.PostAsync(address, Decisions())).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "field-missing");
        (await api.Leadership.PostAsync(address, Decisions(new { municipality = "hamar", outcome = "admitted" }, new { municipality = "hamar", outcome = "deferred", reason = "senere" })))
            .ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "field-repeated");
        Ended(await api.Leadership.PostAsync(address, Decisions(new { municipality = "ingensteds", outcome = "admitted" }))).ShouldBe([("ingensteds", 404, "application-unknown")]);
        (await api.Leadership.PostAsync($"/api/v1/rounds/{Guid.NewGuid()}/decide", Decisions(new { municipality = "hamar", outcome = "admitted" })))
            .ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task Criteria_window_and_figures_of_a_round_are_kept_in_versions()
    {
        var round = await api.OpenRoundAsync(42);
        await api.Leadership.DecideAsync($"/api/v1/rounds/{round}/revise-criteria", $"round/{round}", new
        {
            criteria = new[] { new { code = "need", name = new { nb = "Behov" }, weight = 60 }, new { code = "will", name = new { nb = "Vilje" }, weight = 40 } },
            givenReviews = "doneAnew",
            reason = "Viljen teller også",
            effectiveOn = "2009-05-01",
        });
        await api.Secretariat.DecideAsync($"/api/v1/rounds/{round}/set-application-window", $"round/{round}", new
        {
            from = "2009-05-01",
            deadline = "2009-06-15",
            reason = "Påsken falt sent",
            effectiveOn = "2009-04-01",
        });
        await api.Secretariat.DecideAsync($"/api/v1/rounds/{round}/keep-selection-figures", $"round/{round}", new
        {
            municipality = "hamar",
            source = "KOSTRA, tabell 1",
            figures = new[] { new { code = "households", name = new { nb = "Husstander med bostøtte" }, unit = "husstander", period = "2008", value = (decimal?)null, note = "trykkfeil i kilden" } },
            effectiveOn = "2009-03-20",
        });

        var page = (await api.Secretariat.GetAsync($"/api/v1/rounds/{round}")).Value;
        page["criteriaVersions"]!.AsArray().Select(v => ((int?)v!["version"], (string?)v["givenReviews"])).ShouldBe([(2, "doneAnew"), (1, null)]);
        page["timeline"]!.AsArray().Select(m => (string?)m!["kind"]).ShouldBe(["opened", "windowOpens", "deadline"]);
        ((string?)page["figures"]!["municipalities"]![0]!["figures"]![0]!["note"]).ShouldBe("trykkfeil i kilden");
        (await api.Secretariat.GetAsync($"/api/v1/rounds/{round}/selection-figures?format=csv")).Text.ShouldContain("trykkfeil i kilden");
        var last = await api.Secretariat.PostAsync($"/api/v1/rounds/{round}/keep-selection-figures", new
        {
            municipality = "hamar",
            source = "KOSTRA, tabell 1",
            figures = new[] { new { code = "households", name = new { nb = "Husstander med bostøtte" }, unit = "husstander", period = "2008", value = (decimal?)null, note = (string?)null } },
            effectiveOn = "2009-03-20",
        }, 4);
        last.ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "field-missing");
    }

    private async Task<ApiAnswer> PublishAsync(string round)
    {
        var version = (await api.Leadership.GetAsync($"/api/v1/facts/round/{round}")).Value.AsArray().Count;
        return await api.Leadership.PostAsync($"/api/v1/rounds/{round}/publish-decisions", new { effectiveOn = "2009-10-20" }, version);
    }

    private async Task RecommendedAsync(string round, string municipality)
    {
        var application = $"/api/v1/rounds/{round}/applications/{municipality}";
        await api.Secretariat.MakeAsync($"/api/v1/rounds/{round}/applications", new { municipality, effectiveOn = "2009-04-10" });
        async Task DoAsync(string what, object body, int version) =>
            (await api.Secretariat.PostAsync($"{application}/{what}", body, version)).Status.ShouldBe(HttpStatusCode.OK, what);
        await DoAsync("submit", new
        {
            content = new
            {
                resolution = new { body = "kommunestyret", on = "2009-04-20", caseNumber = "09/12" },
                needsAssessment = "Mangler egnede boliger.",
                focusAreas = new[] { "Bosetting" },
                proposedOrganisation = "Styringsgruppe.",
                contact = "Servicekontoret",
            },
            signOff = new { by = "chiefExecutive" },
            effectiveOn = "2009-05-01",
        }, 1);
        await DoAsync("declare-complete", new { effectiveOn = "2009-06-10" }, 2);
        await DoAsync("start-review", new { effectiveOn = "2009-06-15" }, 3);
        await api.Site.ToldToAdmitAsync(round, municipality, new DateOnly(2009, 9, 1));
    }

    private static object Decisions(params object[] decisions) => new { decisions, decidedBy = "ledergruppen", effectiveOn = "2009-10-15" };

    private static IEnumerable<(string Municipality, int Status, string? Code)> Ended(ApiAnswer answer)
    {
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        return answer.Json["decisions"]!.AsArray().Select(d => ((string)d!["municipality"]!, (int)d["status"]!, (string?)d["code"]));
    }
}
