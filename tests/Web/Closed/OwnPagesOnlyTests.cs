using System.Net;
using System.Net.Http.Headers;
using System.Text;
using HousingBank.Web.Access;
using HousingBank.Web.Tests.Api;
using Microsoft.Extensions.DependencyInjection;

namespace HousingBank.Web.Tests.Closed;

/// <summary>A page of another site makes nobody's browser decide anything here.</summary>
public sealed class OwnPagesOnlyTests(ApiSite api) : IClassFixture<ApiSite>
{
    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Sec-Fetch-Site", "anything")]
    [InlineData("Origin", "https://another.example")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "http://localhost.another.example")]
    public async Task What_comes_from_elsewhere_is_refused_by_cookie_and_let_in_by_token(string header, string value)
    {
        var before = await api.CountAsync();
        (await SendAsync(api.Leadership.Http, header, value)).ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");
        (await api.CountAsync()).ShouldBe(before);

        (await SendAsync(await ProgramAsync(), header, value)).ShouldBeProblem(HttpStatusCode.PreconditionFailed, "stale");
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "same-origin")]
    [InlineData("Sec-Fetch-Site", "none")]
    [InlineData("Origin", "http://localhost")]
    [InlineData("Accept", "*/*")]
    public async Task What_comes_from_our_own_pages_or_from_no_page_is_let_in(string header, string value) =>
        (await SendAsync(api.Leadership.Http, header, value)).ShouldBeProblem(HttpStatusCode.PreconditionFailed, "stale");

    [Fact]
    public async Task Questions_may_come_from_anywhere_since_nobody_there_can_read_the_answer()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/board") { Headers = { { "Sec-Fetch-Site", "cross-site" } } };

        var answer = await api.Leadership.Http.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
    }

    [Fact]
    public async Task Nobody_is_signed_in_by_another_sites_page_even_with_a_token_of_the_form()
    {
        var client = api.Site.Stranger();
        var page = await client.PageAsync("/logg-inn");
        using var request = new HttpRequestMessage(HttpMethod.Post, SignIn.DemoAddress) { Content = Site.Form(page, ("person", "auditor-region-ost")), Headers = { { "Sec-Fetch-Site", "cross-site" } } };

        var answer = await client.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    private async Task<ApiAnswer> SendAsync(HttpClient http, string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/rounds/{api.Round}/raise-capacity")
        {
            Content = new StringContent("""{"capacity":9,"reason":"flere","effectiveOn":"2009-05-01"}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("If-Match", "\"99\"");
        request.Headers.TryAddWithoutValidation(header, value);
        return await ApiAnswer.OfAsync(await http.SendAsync(request));
    }

    private async Task<HttpClient> ProgramAsync()
    {
        var owner = new Viewer("demo:leadership-region-ost", Domain.Vocabulary.Role.Leadership, "region-ost", null, null);
        var token = await api.Site.Services.GetRequiredService<ServiceTokens>().MakeAsync(owner, Guid.CreateVersion7(), "program", [Scopes.Read, Scopes.Write], DateTimeOffset.UtcNow.AddDays(1), CancellationToken.None);
        var http = api.Site.Stranger();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return http;
    }
}
