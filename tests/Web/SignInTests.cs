using System.Net;
using HousingBank.Domain.Vocabulary;
using HousingBank.Web.Access;

namespace HousingBank.Web.Tests;

/// <summary>Who is let in, as whom, and what they then see.</summary>
public sealed class SignInTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task Every_demo_person_can_sign_in_by_a_click()
    {
        var people = (await site.Stranger().PageAsync("/logg-inn")).QuerySelectorAll("input[name=person]").Select(i => i.GetAttribute("value")!).ToList();

        people.ShouldContain("evaluator-region-ost");
        people.ShouldContain("secretariat-simulert");
        people.ShouldContain("municipality-hamar");
        foreach (var person in people)
        {
            var page = await (await site.SignedInAsync(person)).PageAsync("/");
            page.QuerySelector(".signed-in")!.TextContent.ShouldContain("Demo");
            page.QuerySelectorAll("#menu a").Length.ShouldBeGreaterThan(5);
        }
    }

    [Fact]
    public async Task Everybody_sees_their_tasks_and_only_some_the_persons()
    {
        foreach (var person in new[] { "secretariat-region-ost", "leadership-region-ost", "council-region-ost", "evaluator-region-ost", "municipality-hamar" })
            (await MenuOf(person)).ShouldContain("Oppgaver");
        (await MenuOf("secretariat-region-ost")).ShouldContain("Personer");
        (await MenuOf("evaluator-region-ost")).ShouldNotContain("Personer");
    }

    [Fact]
    public async Task Every_page_of_the_simulated_programme_says_so()
    {
        (await (await site.SignedInAsync("evaluator-simulert")).PageAsync("/")).QuerySelector(".simulation-notice")!.TextContent.ShouldContain("Simulert program.");
        (await (await site.SignedInAsync("evaluator-region-ost")).PageAsync("/")).QuerySelector(".simulation-notice").ShouldBeNull();
    }

    [Fact]
    public async Task Signing_out_ends_it()
    {
        var client = await site.SignedInAsync("evaluator-region-ost");
        await client.PostAsync(SignIn.SignOutAddress, Site.Form(await client.PageAsync("/"), ("til", "/")));

        (await client.PageAsync("/")).QuerySelector(".signed-in").ShouldBeNull();
    }

    [Theory]
    [InlineData("/kommuner?asOf=2010-12-10", "/kommuner?asOf=2010-12-10")]
    [InlineData("https://et.annet.sted/", "/")]
    [InlineData("//et.annet.sted/", "/")]
    [InlineData("/\\et.annet.sted/", "/")]
    [InlineData("/\t/et.annet.sted/", "/")]
    [InlineData("/kommuner?omr\u00e5de=1", "/")]
    [InlineData("", "/")]
    public async Task Signing_in_leads_back_within_the_site_only(string wanted, string ledTo)
    {
        var client = site.Stranger();
        var page = await client.PageAsync("/logg-inn");
        var answer = await client.PostAsync(SignIn.DemoAddress, Site.Form(page, ("person", "evaluator-region-ost"), ("til", wanted)));

        answer.Headers.Location!.ToString().ShouldBe(ledTo);
    }

    [Fact]
    public async Task Nobody_unknown_is_let_in()
    {
        var client = site.Stranger();
        var page = await client.PageAsync("/logg-inn");

        (await client.PostAsync(SignIn.DemoAddress, Site.Form(page, ("person", "leadership-nowhere")))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task In_production_nobody_signs_in_by_a_click()
    {
        await using var production = new Site { Environment = "Production" };
        var client = production.CreateClient(new() { AllowAutoRedirect = false, BaseAddress = new("https://programmet.test") });
        var page = await client.PageAsync("/logg-inn");

        page.QuerySelectorAll("input[name=person]").ShouldBeEmpty();
        var forged = await site.Stranger().PageAsync("/logg-inn");
        ((int)(await client.PostAsync(SignIn.DemoAddress, Site.Form(forged, ("person", "leadership-region-ost")))).StatusCode).ShouldBeOneOf(400, 404);
    }

    [Fact]
    public void Demo_mode_in_production_stops_the_process_with_a_plain_sentence()
    {
        using var production = new Site { Environment = "Production", Settings = new Dictionary<string, string> { ["Demo:Enabled"] = "true" } };

        Should.Throw<InvalidOperationException>(() => production.CreateClient()).Message.ShouldContain("nobody may sign in by a click");
    }

    [Theory]
    [InlineData(Role.Leadership, Policies.Decide, true)]
    [InlineData(Role.Secretariat, Policies.Decide, false)]
    [InlineData(Role.Secretariat, Policies.Register, true)]
    [InlineData(Role.Council, Policies.Register, false)]
    [InlineData(Role.Council, Policies.Read, true)]
    [InlineData(Role.Evaluator, Policies.WriteLearning, true)]
    [InlineData(Role.Auditor, Policies.WriteLearning, false)]
    [InlineData(Role.Municipality, Policies.WriteForMunicipality, true)]
    public void Roles_may_what_domain_says(Role role, string policy, bool may) =>
        Policies.Lets(policy, new Viewer("x", role, "region-ost", null, null)).ShouldBe(may);

    [Fact]
    public void A_token_may_no_more_than_its_scopes()
    {
        var token = new Viewer("x", Role.Leadership, "region-ost", null, [Scopes.Read]);

        Policies.Lets(Policies.Read, token).ShouldBeTrue();
        Policies.Lets(Policies.Decide, token).ShouldBeFalse();
        Policies.Lets(Policies.OwnTokens, token with { Scopes = [Scopes.Read, Scopes.Write] }).ShouldBeFalse();
        Policies.All.Any(p => p.Lets(Viewer.Nobody)).ShouldBeFalse();
    }

    private async Task<string[]> MenuOf(string person) =>
        [.. (await (await site.SignedInAsync(person)).PageAsync("/")).QuerySelectorAll("#menu a").Select(a => a.TextContent)];
}
