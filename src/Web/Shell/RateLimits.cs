using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using HousingBank.Web.Access;

namespace HousingBank.Web.Shell;

/// <summary>How often the same reader may ask, counted in each web process by itself. Beyond that: 429, and when to come back.</summary>
public static class RateLimits
{
    /// <summary>What signs somebody in, for each address it comes from.</summary>
    public const string SignIn = "sign-in";

    /// <summary>The API and calendars, for each token or person; for each address when nobody is known.</summary>
    public const string Api = "api";

    // Whoever has an IPv6 address has all those that share its first 64 bits.
    private const int BytesOfOneNetwork = 8;

    public static IServiceCollection AddRateLimits(this IServiceCollection services, IConfiguration configuration)
    {
        var signIn = Limit.Read(configuration, "SignIn", requests: 120);
        var api = Limit.Read(configuration, "Api", requests: 1200);
        return services.AddRateLimiter(limits =>
        {
            limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limits.OnRejected = SayWhenToComeBack;
            limits.AddPolicy(SignIn, context => signIn.For(AddressOf(context)));
            limits.AddPolicy(Api, context => api.For(Viewer.Of(context.User) is { IsSignedIn: true } viewer ? viewer.Actor : AddressOf(context)));
        });
    }

    /// <summary>Where a request comes from, as its limits and the log know it.</summary>
    public static string AddressOf(HttpContext context) => context.Connection.RemoteIpAddress switch
    {
        null => "unknown",
        { IsIPv4MappedToIPv6: true } address => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } address => new IPAddress([.. address.GetAddressBytes()[..BytesOfOneNetwork], .. new byte[BytesOfOneNetwork]]).ToString(),
        { } address => address.ToString(),
    };

    private static ValueTask SayWhenToComeBack(Microsoft.AspNetCore.RateLimiting.OnRejectedContext rejected, CancellationToken cancel)
    {
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var left) ? left : TimeSpan.FromSeconds(1);
        rejected.HttpContext.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return ValueTask.CompletedTask;
    }

    /// <param name="Requests">How many within the seconds; 0 for as many as come.</param>
    private sealed record Limit(int Requests, int Seconds)
    {
        public static Limit Read(IConfiguration configuration, string name, int requests)
        {
            var settings = configuration.GetSection($"RateLimits:{name}");
            var limit = new Limit(settings.GetValue("Requests", requests), settings.GetValue("Seconds", 60));
            return limit is { Requests: >= 0, Seconds: >= 1 }
                ? limit
                : throw new InvalidOperationException($"RateLimits:{name} cannot be kept: Requests has to be 0 (no limit) or more, Seconds 1 or more.");
        }

        public RateLimitPartition<string> For(string who) => Requests == 0
            ? RateLimitPartition.GetNoLimiter(who)
            : RateLimitPartition.GetFixedWindowLimiter(who, _ => new() { PermitLimit = Requests, Window = TimeSpan.FromSeconds(Seconds), QueueLimit = 0 });
    }
}
