using HousingBank.Web.Access.OpenIdConnect;
using HousingBank.Web.Components;
using HousingBank.Web.Shell;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HousingBank.Web.Access;

/// <summary>Signing in as a demo person or at the provider, and out.</summary>
public static class SignIn
{
    public const string DemoAddress = "/logg-inn/demo";
    public const string SignOutAddress = "/logg-ut";

    public static void MapSignIn(this WebApplication app)
    {
        app.MapPost(DemoAddress, SignInAsync).AllowAnonymous().RequireRateLimiting(RateLimits.SignIn).WithMetadata(new RequireAntiforgeryTokenAttribute()).ExcludeFromDescription();
        app.MapPost(SignOutAddress, SignOutAsync).AllowAnonymous().WithMetadata(new RequireAntiforgeryTokenAttribute()).ExcludeFromDescription();
        ProviderSignIn.Map(app);
    }

    /// <summary>An address of another site is never followed, nor what cannot stand in a header: our own pages write addresses in ASCII.</summary>
    public static string WithinSite(string? address) =>
        address is ['/', not ('/' or '\\'), ..] && address.All(c => char.IsAscii(c) && !char.IsControl(c)) ? address : "/";

    /// <summary>A page of ours as others have to write it.</summary>
    public static string AddressHere(HttpContext context, string path) =>
        $"{context.Request.Scheme}://{context.Request.Host}{context.Request.PathBase}{path}";

    /// <summary>Lets the links of a page that is shown in place of another lead to the sign-in page: the address it is shown at holds a code, or is there for forms only.</summary>
    public static void ShowAsSignInPage(HttpContext context)
    {
        context.Request.Path = AccessSetup.SignInPage;
        context.Request.QueryString = QueryString.Empty;
    }

    private static async Task<IResult> SignInAsync(HttpContext context, DemoPeople people, BegunSignIns begun, TimeProvider clock)
    {
        if (await OwnFormAsync(context) is not { } form)
            return TypedResults.BadRequest();
        return people.Find(form["person"].ToString()) is { } demo
            ? TypedResults.SignIn(
                await begun.BeginAsync(context, demo.AsViewer() with { SignedInAt = clock.GetUtcNow() }),
                new() { RedirectUri = WithinSite(form["til"]) },
                CookieAuthenticationDefaults.AuthenticationScheme)
            : TypedResults.NotFound();
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, EndedSignIns ended)
    {
        if (await OwnFormAsync(context) is not { } form)
            return TypedResults.BadRequest();
        await ended.EndAsync(context.User, context.RequestAborted);
        if (context.RequestServices.GetService<ProviderSessions>() is not { } sessions
            || await sessions.EndAsync(context, AddressHere(context, AccessSetup.SignInPage)) is not { } address)
        {
            return TypedResults.SignOut(new() { RedirectUri = WithinSite(form["til"]) }, [CookieAuthenticationDefaults.AuthenticationScheme]);
        }

        await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        // Not by a redirect: browsers hold those of a form to the sites that the content security policy lets forms go to.
        context.Response.Headers["Refresh"] = $"0; url={address}";
        context.Response.Headers.CacheControl = "no-store";
        context.User = new();
        ShowAsSignInPage(context);
        return new RazorComponentResult<SigningOutPage>(new { Address = address });
    }

    /// <summary>What a form of ours sends; null for anything else. Read here, because delegates made at build time fault where there is no form.</summary>
    private static async Task<IFormCollection?> OwnFormAsync(HttpContext context) =>
        context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: true } && context.Request.HasFormContentType
            ? await context.Request.ReadFormAsync(context.RequestAborted)
            : null;
}
