using Microsoft.AspNetCore.Http.Features;

namespace HousingBank.Web.Calendars;

/// <summary>Takes the secret out of a calendar's address before a request begins: what is told of requests, in logs and traces, tells their address.</summary>
internal sealed class SecretsOutOfAddresses(IServiceProvider services) : IHttpContextFactory
{
    private readonly DefaultHttpContextFactory _contexts = new(services);

    public HttpContext Create(IFeatureCollection featureCollection)
    {
        var request = featureCollection.GetRequiredFeature<IHttpRequestFeature>();
        if (CalendarFeed.WithoutSecret(request.Path) is var (secret, address))
        {
            featureCollection.Set(new SecretOfAddress(secret));
            request.Path = request.RawTarget = address;
        }

        return _contexts.Create(featureCollection);
    }

    public void Dispose(HttpContext httpContext) => _contexts.Dispose(httpContext);
}

/// <summary>What stood in the address of a request for a calendar.</summary>
internal sealed record SecretOfAddress(string Secret)
{
    /// <summary>No log of a request holds what it says.</summary>
    public override string ToString() => nameof(SecretOfAddress);
}
