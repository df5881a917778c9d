using HousingBank.Web.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

namespace HousingBank.Rules.Tests;

/// <summary>A route without a rule is a hole: each names a policy, or stands in the list of those open to all.</summary>
public sealed class RouteRules(WebApplicationFactory<Viewer> site) : IClassFixture<WebApplicationFactory<Viewer>>
{
    private static readonly string[] OpenToAll =
    [
        "/",
        "/logg-inn",
        "/logg-inn/demo",
        "/logg-inn/start",
        "/logg-inn/svar",
        "/logg-ut",
        "/health/live",
        "/health/ready",
        "/kalender/{secret}.ics",
        "/openapi/v1.json",
        "/problems/{Code}",
        "/seals",
        "/seals/head",
        "/seals/key",
    ];

    /// <summary>Routes that the framework adds by itself, for what our pages do not use; the fallback policy closes them to strangers.</summary>
    private static readonly string[] OfTheFramework = ["/{**path:file}", "/_framework/opaque-redirect"];

    [Fact]
    public void Every_route_names_its_rule()
    {
        var routes = Routes();

        routes.Count.ShouldBeGreaterThanOrEqualTo(OpenToAll.Length);
        routes.Where(r => !IsOpen(r) && !NamesPolicy(r)).Select(Address).Except(OfTheFramework).ShouldBeEmpty();
    }

    [Fact]
    public void Only_the_listed_routes_are_open_to_all() =>
        Routes().Where(IsOpen).Select(Address).Distinct().Except(OpenToAll).ShouldBeEmpty();

    private List<RouteEndpoint> Routes() =>
        [.. site.Services.GetRequiredService<IEnumerable<EndpointDataSource>>()
            .SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<StaticAssetDescriptor>() is null)];

    private static bool IsOpen(RouteEndpoint route) => route.Metadata.GetMetadata<IAllowAnonymous>() is not null;

    private static bool NamesPolicy(RouteEndpoint route) =>
        route.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(a => Policies.All.Any(p => p.Name == a.Policy));

    private static string Address(RouteEndpoint route) => "/" + route.RoutePattern.RawText?.TrimStart('/');
}
