using System.Diagnostics.Metrics;
using HousingBank.Web.Access;
using Microsoft.AspNetCore.Antiforgery;

namespace HousingBank.Web.Shell;

/// <summary>Why a request was refused that says nothing of it by its status alone.</summary>
/// <param name="Reason">One of <see cref="RefusedRequests"/>.</param>
public sealed record RefusedRequest(string Reason);

/// <summary>Tells who was refused, why and at which route: a line of the log with a number and name that stay, and a meter.</summary>
/// <remarks>The route is told as the program names it: an address may hold a secret. What is answered with 404 because it is another's cannot be told from a slip, and is not among them.</remarks>
public static class RefusedRequests
{
    /// <summary>A token that is unknown, revoked or past its time.</summary>
    public const string Token = "token";

    /// <summary>Nothing that signs anybody in, where only those who are signed in may ask.</summary>
    public const string NotSignedIn = "not-signed-in";

    /// <summary>A cookie of a sign-in that was ended: a copy of it, as a rule.</summary>
    public const string EndedSignIn = "ended-sign-in";

    /// <summary>What the provider answered lets nobody in.</summary>
    public const string SignIn = "sign-in";

    /// <summary>A form without its antiforgery token, or with a wrong one.</summary>
    public const string Form = "form";

    /// <summary>Sent by a page of another site.</summary>
    public const string OtherSite = "other-site";

    /// <summary>Somebody known, who may not.</summary>
    public const string NotAllowed = "not-allowed";

    /// <summary>More often than RateLimits allows.</summary>
    public const string TooOften = "too-often";

    /// <summary>What programs that read the log find it by.</summary>
    public static readonly EventId Event = new(7001, "request-refused");

    private static readonly Meter s_meter = new(Telemetry.Name);
    private static readonly Counter<long> s_refused = s_meter.CreateCounter<long>("programme.refused", "{request}", "Requests refused at the door, by reason and kind of asker.");

    public static void UseRefusedRequests(this WebApplication app)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(RefusedRequests));
        var watch = app.Services.GetRequiredService<Watch>();
        app.Use(async (context, next) =>
        {
            await next(context);
            if (ReasonOf(context) is { } reason)
                Tell(context, reason, log, watch);
        });
    }

    /// <summary>For what the status does not say.</summary>
    public static void Because(HttpContext context, string reason) => context.Features.Set(new RefusedRequest(reason));

    private static string? ReasonOf(HttpContext context) => context.Features.Get<RefusedRequest>()?.Reason ?? context.Response.StatusCode switch
    {
        StatusCodes.Status401Unauthorized => ServiceTokenScheme.IsMeant(context.Request) ? Token : NotSignedIn,
        StatusCodes.Status403Forbidden => NotAllowed,
        StatusCodes.Status429TooManyRequests => TooOften,
        StatusCodes.Status400BadRequest when context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false } => Form,
        _ => null,
    };

    private static void Tell(HttpContext context, string reason, ILogger log, Watch watch)
    {
        var viewer = Viewer.Of(context.User);
        s_refused.Add(1, new KeyValuePair<string, object?>("reason", reason), new("asker", KindOf(viewer)));
        log.LogWarning(
            Event, "Refused ({Reason}): {Asker}, {Role} in {Tenant}, at {Route}.",
            reason, viewer.IsSignedIn ? viewer.Actor : RateLimits.AddressOf(context), viewer.IsSignedIn ? viewer.RoleName : "nobody known", viewer.IsSignedIn ? viewer.Tenant : "no office", Routes.Of(context));
        watch.Refused(viewer.IsSignedIn ? viewer.Person : RateLimits.AddressOf(context));
    }

    private static string KindOf(Viewer viewer) => viewer switch
    {
        { IsSignedIn: false } => "nobody",
        { Scopes: null } => "person",
        _ => "program",
    };
}
