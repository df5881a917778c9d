namespace HousingBank.Web.Shell;

/// <summary>How much a request may ask of the server.</summary>
public static class RequestLimits
{
    /// <summary>Bytes of a body; the largest form and the largest command stay far below.</summary>
    public const long LargestBody = 1024 * 1024;

    public static void LimitRequests(this IWebHostBuilder host) => host.ConfigureKestrel(kestrel =>
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = LargestBody;
    });
}
