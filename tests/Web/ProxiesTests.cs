using System.Net;
using HousingBank.Support;
using HousingBank.Web.Tests.OpenIdConnect;
using Microsoft.AspNetCore.Http;

namespace HousingBank.Web.Tests;

/// <summary>A balancer's word on scheme and address is believed when the balancer is named, and nobody else's is.</summary>
public sealed class ProxiesTests(TestServer server, HostileAnswers.Given given) : IClassFixture<HostileAnswers.Given>
{
    [Theory]
    [InlineData("10.0.3.7", "10.0.3.0/24", "https")]
    [InlineData("10.0.3.7", "10.0.3.7", "https")]
    [InlineData("::ffff:10.0.3.7", "10.0.3.7", "https")]
    [InlineData("10.0.4.7", "10.0.3.0/24", "http")]
    [InlineData("127.0.0.1", "10.0.3.0/24", "http")]
    [InlineData("127.0.0.1", null, "http")]
    public async Task The_scheme_is_taken_from_known_balancers_only(string from, string? known, string scheme)
    {
        await using var site = await ProductionSite.StartAsync(server, given.Provider.Issuer, known is null ? [] : [("Proxies:0", known)]);

        var answer = await AskAsync(site, from, "192.0.2.1", "https", "/logg-inn/start");

        answer.Response.Headers.Location.ToString().ShouldContain($"redirect_uri={scheme}%3A%2F%2Fprogrammet.test%2Flogg-inn%2Fsvar");
    }

    [Theory]
    [InlineData("10.0.3.7", new[] { 302, 302, 302 })]
    [InlineData("10.0.4.7", new[] { 302, 302, 429 })]
    public async Task Limits_count_the_readers_behind_a_known_balancer_and_not_what_others_make_up(string from, int[] expected)
    {
        await using var site = await ProductionSite.StartAsync(
            server, given.Provider.Issuer, ("Proxies:0", "10.0.3.0/24"), ("RateLimits:SignIn:Requests", "2"));
        var statuses = new List<int>();
        foreach (var reader in new[] { "192.0.2.1", "192.0.2.2", "192.0.2.3" })
            statuses.Add((await AskAsync(site, from, reader, "https", "/logg-inn/start")).Response.StatusCode);

        statuses.ShouldBe(expected);
    }

    [Fact]
    public async Task What_a_reader_claims_to_the_balancer_is_not_believed()
    {
        await using var site = await ProductionSite.StartAsync(
            server, given.Provider.Issuer, ("Proxies:0", "10.0.3.0/24"), ("RateLimits:SignIn:Requests", "2"));
        var statuses = new List<int>();
        foreach (var claimed in new[] { "192.0.2.1", "192.0.2.2", "192.0.2.3" })
            statuses.Add((await AskAsync(site, "10.0.3.7", $"{claimed}, 198.51.100.9", "https", "/logg-inn/start")).Response.StatusCode);

        statuses.ShouldBe([302, 302, 429]);
    }

    [Fact]
    public void A_balancer_that_is_no_address_stops_the_process_with_a_plain_sentence()
    {
        using var site = new Site { Settings = new Dictionary<string, string> { ["Proxies:0"] = "the balancer" } };

        Should.Throw<InvalidOperationException>(() => site.CreateClient()).Message.ShouldContain("the balancer is neither");
    }

    private static Task<HttpContext> AskAsync(ProductionSite site, string from, string forwardedFor, string scheme, string path) =>
        site.Process.Server.SendAsync(context =>
        {
            context.Connection.RemoteIpAddress = IPAddress.Parse(from);
            context.Request.Method = "GET";
            context.Request.Scheme = "http";
            context.Request.Host = new("programmet.test");
            context.Request.Path = path;
            context.Request.Headers["X-Forwarded-For"] = forwardedFor;
            context.Request.Headers["X-Forwarded-Proto"] = scheme;
        });
}
