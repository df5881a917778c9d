using HousingBank.Web.Access;

namespace HousingBank.Web.Shell;

/// <summary>
/// Refuses what a page of another site makes somebody's browser send. Forms have a token of their own as well; the API, when asked by cookie, has this.
/// </summary>
/// <remarks>Browsers say where a request comes from by Sec-Fetch-Site, older ones by Origin. A program says neither, and nobody else's page can make it send anything.</remarks>
public static class OwnPagesOnly
{
    public static void UseOwnPagesOnly(this WebApplication app) => app.Use((context, next) =>
    {
        if (IsSafe(context.Request.Method) || ServiceTokenScheme.IsMeant(context.Request) || ComesFromOurselves(context.Request))
            return next(context);
        RefusedRequests.Because(context, RefusedRequests.OtherSite);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    });

    private static bool IsSafe(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method);

    private static bool ComesFromOurselves(HttpRequest request)
    {
        // "none": typed or chosen by the reader, by no page.
        if (request.Headers["Sec-Fetch-Site"] is { Count: > 0 } site)
            return site is ["same-origin" or "none"];
        if (request.Headers.Origin is { Count: > 0 } origin)
            return origin is [{ } only] && only.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
        return true;
    }
}
