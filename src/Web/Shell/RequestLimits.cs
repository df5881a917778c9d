using HousingBank.Web.Access;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace HousingBank.Web.Shell;

/// <summary>How much a request may ask of the server, and for how long.</summary>
public static class RequestLimits
{
    /// <summary>Bytes of a body; the largest form and the largest command stay far below.</summary>
    public const long LargestBody = 1024 * 1024;

    /// <summary>Bytes of all headers together.</summary>
    public const int LargestHeaders = 32 * 1024;

    public const int MostHeaders = 64;

    private const string Unpacked = "identity";

    /// <summary>Seconds an answer may take when Limits:RequestSeconds does not say it.</summary>
    public const int LongestAnswer = 60;

    /// <summary>Who has not sent all headers by then is cut off.</summary>
    public static TimeSpan SlowestHeaders { get; } = TimeSpan.FromSeconds(10);

    /// <summary>Bytes a second of a body, after a few seconds' grace.</summary>
    public static MinDataRate SlowestBody { get; } = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));

    public static void LimitRequests(this IWebHostBuilder host) => host.ConfigureKestrel(kestrel =>
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = LargestBody;
        kestrel.Limits.MaxRequestHeadersTotalSize = LargestHeaders;
        kestrel.Limits.MaxRequestHeaderCount = MostHeaders;
        kestrel.Limits.RequestHeadersTimeout = SlowestHeaders;
        kestrel.Limits.MinRequestBodyDataRate = SlowestBody;
    });

    /// <exception cref="InvalidOperationException">Limits:RequestSeconds is less than 1.</exception>
    public static IServiceCollection AddRequestLimits(this IServiceCollection services, IConfiguration configuration)
    {
        var seconds = configuration.GetValue("Limits:RequestSeconds", LongestAnswer);
        if (seconds < 1)
            throw new InvalidOperationException("Limits:RequestSeconds has to be 1 or more.");
        // Told as "not ready", which says to come back: the database is busy, and the request itself is in order.
        return services.AddRequestTimeouts(timeouts => timeouts.DefaultPolicy = new RequestTimeoutPolicy
        {
            Timeout = TimeSpan.FromSeconds(seconds),
            TimeoutStatusCode = StatusCodes.Status503ServiceUnavailable,
        });
    }

    /// <summary>What says that it is too large is not read at all: a form's reader would take it for a form without its token.</summary>
    /// <remarks>After the route is known: one that takes files says how much it takes.</remarks>
    public static void UseBodyLimits(this WebApplication app) => app.Use((context, next) =>
    {
        if (context.Request.ContentLength <= LargestBodyOf(context) || context.Request.ContentLength is null)
            return next(context);
        context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
        return Task.CompletedTask;
    });

    /// <summary>An address with a zero character names nothing that can be stored, and what is sent is written in UTF-8 and not packed: a body that says otherwise has no reader.</summary>
    public static void UseReadableRequests(this WebApplication app) => app.Use((context, next) =>
    {
        var request = context.Request;
        if (!HasReadableHost(request) || request.Path.Value!.Contains('\0') || request.QueryString.Value!.Contains("%00", StringComparison.Ordinal) || request.QueryString.Value.Contains('\0'))
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
        else if (!IsUtf8(request))
            context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
        else if (IsPacked(request))
            RefusePacked(context.Response);
        else
            return next(context);
        return Task.CompletedTask;
    });

    /// <summary>Reads forms before their tokens are looked for, which takes what it cannot read for a fault of ours.</summary>
    public static void UseReadableForms(this WebApplication app)
    {
        var cookies = app.Services.GetRequiredService<AccessCookies>();
        app.Use(async (context, next) =>
        {
            if (context.GetEndpoint()?.Metadata.GetMetadata<IAntiforgeryMetadata>() is not { RequiresValidation: true } || HttpMethods.IsGet(context.Request.Method))
                await next(context);
            else if (!cookies.Reach(context.Request))
                context.Response.StatusCode = StatusCodes.Status400BadRequest;
            else if (!await HasReadableFormAsync(context))
                context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            else
                await next(context);
        });
    }

    /// <summary>Pages write their own address. Who names no host, as HTTP/1.0 allows, asks this machine; who names what none can be is told so, by a page as well.</summary>
    private static bool HasReadableHost(HttpRequest request)
    {
        var isNamed = !StringValues.IsNullOrEmpty(request.Headers.Host);
        if (CanBeHost(request))
            return true;
        request.Host = new("localhost");
        return !isNamed;
    }

    private static bool CanBeHost(HttpRequest request)
    {
        try
        {
            return Uri.TryCreate($"{request.Scheme}://{request.Host.ToUriComponent()}/", UriKind.Absolute, out _);
        }
        catch (ArgumentException)
        {
            // What begins with "xn--" is read as Punycode as soon as anybody asks for the host, and need not be any.
            return false;
        }
    }

    private static bool IsPacked(HttpRequest request) =>
        request.Headers.ContentEncoding.Count > 0 && request.Headers.ContentEncoding != Unpacked;

    private static void RefusePacked(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
        response.Headers.AcceptEncoding = Unpacked;
    }

    /// <summary>A part may say an encoding of its own.</summary>
    private static async Task<bool> HasReadableFormAsync(HttpContext context)
    {
        try
        {
            if (context.Request.HasFormContentType)
                await context.Request.ReadFormAsync(context.RequestAborted);
            return true;
        }
        catch (NotSupportedException)
        {
            return false;
        }
        catch (Exception e) when (e is (IOException and not Microsoft.AspNetCore.Http.BadHttpRequestException) or InvalidDataException)
        {
            // Told as a form without its token. What the server itself refuses, as too large or too slow, says so.
            return true;
        }
    }

    private static bool IsUtf8(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.Charset.HasValue)
            return true;
        if (!HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            return false;
        // In quotes it is the same, and the reader of JSON does not know it.
        type.Charset = "utf-8";
        request.ContentType = type.ToString();
        return true;
    }

    private static long LargestBodyOf(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize ?? LargestBody;
}

/// <summary>The answer took too long and nobody waits for it any more.</summary>
public sealed class AnswerGivenUpException() : Exception("The answer took longer than Limits:RequestSeconds allows.")
{
    public static void ThrowIf(HttpContext? context)
    {
        if (context?.Features.Get<IHttpRequestTimeoutFeature>()?.RequestTimeoutToken.IsCancellationRequested == true)
            throw new AnswerGivenUpException();
    }
}
