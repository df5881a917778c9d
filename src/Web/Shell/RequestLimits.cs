namespace HousingBank.Web.Shell;

/// <summary>How much a request may ask of the server.</summary>
public static class RequestLimits
{
    /// <summary>Bytes of a body; the largest form and the largest command stay far below.</summary>
    public const long LargestBody = 1024 * 1024;

    /// <summary>An address with a zero character names nothing that can be stored: it is refused before anybody reads it.</summary>
    public static void UseReadableAddresses(this WebApplication app) => app.Use((context, next) =>
    {
        var request = context.Request;
        if (!request.Path.Value!.Contains('\0') && !request.QueryString.Value!.Contains("%00", StringComparison.Ordinal) && !request.QueryString.Value.Contains('\0'))
            return next(context);
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    });

    public static void LimitRequests(this IWebHostBuilder host) => host.ConfigureKestrel(kestrel =>
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = LargestBody;
    });
}
