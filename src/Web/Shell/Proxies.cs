using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace HousingBank.Web.Shell;

/// <summary>Balancers whose word on the reader's address and scheme is believed: those that are named, and nobody else.</summary>
public static class Proxies
{
    public static IServiceCollection AddProxies(this IServiceCollection services, IConfiguration configuration)
    {
        var networks = configuration.GetSection("Proxies").GetChildren().Select(c => Read(c.Value)).ToList();
        return services.Configure<ForwardedHeadersOptions>(forwarded =>
        {
            forwarded.ForwardedHeaders = networks.Count == 0 ? ForwardedHeaders.None : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            // As many balancers as are known may stand in a row: whoever is not known ends it.
            forwarded.ForwardLimit = null;
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            foreach (var network in networks)
                forwarded.KnownIPNetworks.Add(network);
        });
    }

    public static void UseProxies(this WebApplication app) => app.UseForwardedHeaders();

    private static System.Net.IPNetwork Read(string? text) =>
        System.Net.IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new(address, address.GetAddressBytes().Length * 8)
        : throw new InvalidOperationException($"Proxies has to name addresses or networks such as 10.0.0.0/8; {text} is neither.");
}
