namespace HousingBank.Web.Shell;

/// <summary>What browsers are told not to do with our pages.</summary>
public static class SecurityHeaders
{
    private const string Common =
        "default-src 'none'; script-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'; ";

    private const string Pages = Common + "style-src 'self'";

    // Swagger UI writes styles into its elements; no page of ours does.
    private const string ApiExplorer = Common + "style-src 'self' 'unsafe-inline'";

    public static void UseSecurityHeaders(this WebApplication app)
    {
        if (app.Environment.IsProduction())
            app.UseHsts();

        app.Use(async (context, next) =>
        {
            // When the response starts, not now: the exception handler empties the headers.
            context.Response.OnStarting(static state =>
            {
                var (path, headers) = ((PathString, IHeaderDictionary))state;
                headers.ContentSecurityPolicy = path.StartsWithSegments("/swagger") ? ApiExplorer : Pages;
                headers.XContentTypeOptions = "nosniff";
                headers["Referrer-Policy"] = "same-origin";
                headers.XFrameOptions = "DENY";
                headers["Cross-Origin-Opener-Policy"] = "same-origin";
                headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
                return Task.CompletedTask;
            }, (context.Request.Path, context.Response.Headers));
            await next(context);
        });
    }
}
