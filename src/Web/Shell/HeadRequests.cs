using Microsoft.AspNetCore.Http.Features;

namespace HousingBank.Web.Shell;

/// <summary>Whatever can be fetched can be asked about: HEAD is answered as GET would be, without the body.</summary>
public static class HeadRequests
{
    /// <summary>Must stand before routing, which looks at the method.</summary>
    public static void UseHeadRequests(this WebApplication app) => app.Use((context, next) => HttpMethods.IsHead(context.Request.Method) ? AsGetAsync(context, next) : next(context));

    private static async Task AsGetAsync(HttpContext context, RequestDelegate next)
    {
        var body = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        context.Request.Method = HttpMethods.Get;
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
        try
        {
            await next(context);
        }
        finally
        {
            context.Features.Set(body);
            context.Request.Method = HttpMethods.Head;
        }
    }
}
