using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace HousingBank.Web.Tests;

/// <summary>Whatever goes wrong gets a readable answer.</summary>
public sealed class ProblemsTests(Site site) : IClassFixture<Site>
{
    [Theory]
    [InlineData("nb", "Siden finnes ikke")]
    [InlineData("nn", "Sida finst ikkje")]
    [InlineData("en", "There is no such page")]
    public async Task A_page_that_is_not_there_says_so_in_the_readers_language(string language, string heading)
    {
        var answer = await site.Stranger().GetAsync($"/ingensteds/i/det/hele?lang={language}");

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var page = await answer.PageAsync();
        page.Heading().ShouldBe(heading);
        page.DocumentElement.GetAttribute("lang").ShouldBe(language);
    }

    [Theory]
    [InlineData("en-US,en;q=0.9", "There is no such page")]
    [InlineData("nn;q=0.8,de;q=0.9", "Sida finst ikkje")]
    [InlineData("no", "Siden finnes ikke")]
    [InlineData("fr", "There is no such page")]
    public async Task A_program_gets_problem_details_in_the_language_it_accepts(string accepts, string title)
    {
        var client = site.Stranger();
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(accepts);
        var answer = await client.GetAsync("/api/v1/ingensteds");

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        problem.RootElement.GetProperty("type").GetString().ShouldBe("/problems/not-found");
        problem.RootElement.GetProperty("code").GetString().ShouldBe("not-found");
        problem.RootElement.GetProperty("title").GetString().ShouldBe(title);
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused_and_not_carried_out()
    {
        var client = site.Stranger();
        var answer = await client.PostAsync("/logg-inn/demo", new FormUrlEncodedContent([KeyValuePair.Create("person", "secretariat-region-ost")]));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Headers.TryGetValues("Set-Cookie", out _).ShouldBeFalse();
        (await answer.PageAsync()).Heading().ShouldBe("Forespørselen kan ikke forstås");
    }

    [Theory]
    [InlineData("/?asOf=2010-12-10&asOf=2011-01-01")]
    [InlineData("/?lang=xx&lang=nb")]
    [InlineData("/?asOf=%E0%A4%A&knownAt=%00")]
    [InlineData("/logg-inn?til=https://et.annet.sted/")]
    [InlineData("/?%00=%00")]
    [InlineData("/%2e%2e/%2e%2e/etc/passwd")]
    public async Task Nonsense_in_the_address_is_never_a_fault(string address) =>
        ((int)(await site.Stranger().GetAsync(address)).StatusCode).ShouldBeLessThan(500);

    [Fact]
    public async Task A_body_of_the_wrong_kind_is_never_a_fault()
    {
        var content = new ByteArrayContent([0xFF, 0x00, 0x80]) { Headers = { ContentType = new MediaTypeHeaderValue("multipart/form-data") } };

        ((int)(await site.Stranger().PostAsync("/logg-inn/demo", content)).StatusCode).ShouldBe(400);
        ((int)(await site.Stranger().PostAsync("/logg-ut", new StringContent("{", null, "application/json"))).StatusCode).ShouldBeInRange(400, 415);
    }
}
