using System.Net;
using System.Net.Http.Headers;
using AngleSharp.Dom;
using HousingBank.Domain.Vocabulary;
using HousingBank.Web.Access;
using HousingBank.Web.Tests.Api;
using Microsoft.Extensions.DependencyInjection;

namespace HousingBank.Web.Tests;

/// <summary>What stands for good is decided only by somebody who has just signed in.</summary>
public sealed class SecondSignInTests(ApiSite api) : IClassFixture<ApiSite>, IAsyncLifetime
{
    private static readonly object Erasure = new { reason = "requested", basis = new { kind = "case", reference = "10/55" }, effectiveOn = "2009-06-01" };

    private readonly ClockAhead _clock = new();
    private Site _site = null!;

    public async ValueTask InitializeAsync()
    {
        _site = new Site { Settings = new Dictionary<string, string> { ["ConnectionStrings:Programme"] = api.ConnectionString }, Clock = _clock };
        await _site.ReadyAsync();
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task An_erasure_is_refused_to_an_older_sign_in_by_page_and_by_API_and_taken_from_a_new_one()
    {
        var (person, leader) = (await NamedAsync(), new FormFiller(await _site.SignedInAsync("leadership-region-ost")));
        var address = $"/personer/{person}/slett";
        var typed = new[] { ("reason", "requested"), ("caseNumber", "10/56"), ("confirmed", "yes"), ("on", "2009-06-01") };
        Notice(await leader.OpenAsync(address)).ShouldBeNull();
        _clock.By = SecondSignIn.GoodFor;

        var page = await leader.OpenAsync(address);
        var again = Notice(page)!.QuerySelector("a")!.GetAttribute("href")!;
        again.ShouldBe($"/logg-inn?til=%2Fpersoner%2F{person}%2Fslett");
        var before = await api.StateAsync();
        var refused = await (await leader.SendAsync(address, page, typed)).PageAsync();
        refused.Problems().ShouldBe(["Dette krever en innlogging fra de siste ti minuttene; et tilgangstoken er ikke nok. Ingenting er endret."]);
        Notice(refused).ShouldNotBeNull();
        refused.Typed("caseNumber").ShouldBe("10/56");
        (await new ApiClient(leader.Client).PostAsync($"/api/v1/persons/{person}/erase", Erasure)).ShouldBeProblem(HttpStatusCode.Forbidden, "sign-in-again");
        (await api.StateAsync()).ShouldBe(before);

        var signIn = await leader.Client.PageAsync(again);
        var back = await leader.Client.PostAsync(SignIn.DemoAddress, Site.Form(signIn, ("person", "leadership-region-ost"), ("til", signIn.QuerySelector("main input[name=til]")!.GetAttribute("value")!)));
        back.Headers.Location!.ToString().ShouldBe(address);
        Notice(await leader.OpenAsync(address)).ShouldBeNull();
        await leader.DoneAsync(address, typed);
    }

    [Fact]
    public async Task Ten_minutes_are_enough_to_fill_the_form_in()
    {
        var (person, leader) = (await NamedAsync(), new ApiClient(await _site.SignedInAsync("leadership-region-ost")));
        _clock.By = SecondSignIn.GoodFor - TimeSpan.FromMinutes(1);

        (await leader.PostAsync($"/api/v1/persons/{person}/erase", Erasure)).Status.ShouldBe(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData("nb", "Logg inn på nytt", "Dette krever en innlogging")]
    [InlineData("nn", "Logg inn på nytt", "Dette krev ei innlogging")]
    [InlineData("en", "Sign in again", "This demands a sign-in")]
    public async Task It_is_told_in_the_askers_language(string language, string title, string detail)
    {
        var (person, leader) = (await NamedAsync(), new ApiClient(await _site.SignedInAsync("leadership-region-ost")));
        _clock.By = SecondSignIn.GoodFor;

        var refused = await leader.PostAsync($"/api/v1/persons/{person}/erase", Erasure, headers: ("Accept-Language", language));

        ((string?)refused.Json["title"]).ShouldBe(title);
        ((string?)refused.Json["detail"]).ShouldStartWith(detail);
        (await leader.Http.PageAsync($"{(string?)refused.Json["type"]}?lang={language}")).Heading().ShouldBe(title);
    }

    [Fact]
    public async Task A_program_reads_what_is_held_and_erases_nobody()
    {
        var person = await NamedAsync();
        var owner = new Viewer("demo:leadership-region-ost", Role.Leadership, "region-ost", null, null);
        var token = await _site.Services.GetRequiredService<ServiceTokens>().MakeAsync(owner, Guid.CreateVersion7(), "program", Scopes.All, DateTimeOffset.UtcNow.AddDays(1), CancellationToken.None);
        var http = _site.Stranger();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var program = new ApiClient(http);

        (await program.GetAsync($"/api/v1/persons/{person}")).Status.ShouldBe(HttpStatusCode.OK);
        (await program.PostAsync($"/api/v1/persons/{person}/erase", Erasure)).ShouldBeProblem(HttpStatusCode.Forbidden, "sign-in-again");
        ((string?)(await program.GetAsync($"/api/v1/persons/{person}")).Value["readability"]).ShouldBe("readable");
    }

    [Fact]
    public async Task A_token_that_outlives_the_sign_in_is_made_by_a_new_one_only()
    {
        var evaluator = await _site.SignedInAsync("evaluator-region-ost");
        _clock.By = SecondSignIn.GoodFor;
        var page = await evaluator.PageAsync("/tilganger");
        Notice(page)!.QuerySelector("a")!.GetAttribute("href").ShouldBe("/logg-inn?til=%2Ftilganger");
        var before = await api.StateAsync();

        var refused = await (await evaluator.PostAsync("/tilganger", Site.Form(page, ("_handler", "token"), ("name", "Uttrekk"), ("scopes", Scopes.Read), ("days", "30")))).PageAsync();

        refused.QuerySelector("code.token").ShouldBeNull();
        refused.Problems().ShouldHaveSingleItem().ShouldStartWith("Dette krever en innlogging fra de siste ti minuttene");
        (await api.StateAsync()).ShouldBe(before);
    }

    private static IElement? Notice(IDocument page) => page.QuerySelector("main [role=note]");

    private async Task<Guid> NamedAsync()
    {
        var person = Guid.CreateVersion7();
        await api.Leadership.DecideAsync($"/api/v1/programmes/{api.Programme}/appoint-council-member", $"programme/{api.Programme}", new
        {
            member = person.ToString(),
            affiliation = "x",
            inside = true,
            person = new { name = "Navn", person },
            effectiveOn = "2009-05-01",
        });
        return person;
    }
}
