using HousingBank.Web.Api;

namespace HousingBank.Web.Shell;

/// <summary>What browsers are told not to do with our pages.</summary>
public static class SecurityHeaders
{
    private const string Common =
        "default-src 'none'; script-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'; ";

    private const string Pages = Common + "style-src 'self'";

    // Swagger UI writes styles into its elements; no page of ours does.
    private const string ApiExplorer = Common + "style-src 'self' 'unsafe-inline'";

    // What others made is for the disk, not for the page: a browser that shows it all the same lets it do nothing.
    private const string Downloads = "sandbox; default-src 'none'; frame-ancestors 'none'";

    private const string OneYearOfHttps = "max-age=31536000; includeSubDomains";

    public static void UseSecurityHeaders(this WebApplication app)
    {
        var isProduction = app.Environment.IsProduction();
        app.Use((context, next) =>
        {
            // When the response starts, not now: the exception handler empties the headers.
            context.Response.OnStarting(() =>
            {
                Add(context, context.Response.Headers);
                if (isProduction && context.Request.IsHttps && !IsThisMachine(context.Request.Host))
                    context.Response.Headers.StrictTransportSecurity = OneYearOfHttps;
                return Task.CompletedTask;
            });
            return next(context);
        });
    }

    private static void Add(HttpContext context, IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = context.GetEndpoint()?.Metadata.GetMetadata<IsDownload>() is not null ? Downloads
            : context.Request.Path.StartsWithSegments("/swagger") ? ApiExplorer : Pages;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers.XFrameOptions = "DENY";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        // What says nothing of itself is kept by nobody: pages and errors are for the one who asked, at this moment.
        if (headers.CacheControl.Count == 0)
            headers.CacheControl = "no-store";
    }

    // Whoever tries the program on their own machine would else have every other program there moved to https for a year.
    private static bool IsThisMachine(HostString host) => host.Host is "localhost" or "127.0.0.1" or "[::1]";
}
