using HousingBank.Web.Shell;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace HousingBank.Web.Access;

/// <summary>Signing in as a demo person, and out.</summary>
public static class SignIn
{
    public const string DemoAddress = "/logg-inn/demo";
    public const string SignOutAddress = "/logg-ut";

    public static void MapSignIn(this WebApplication app)
    {
        app.MapPost(DemoAddress, SignInAs).AllowAnonymous().RequireRateLimiting(RateLimits.SignIn).ExcludeFromDescription();
        app.MapPost(SignOutAddress, SignOut).AllowAnonymous().ExcludeFromDescription();
    }

    private static Results<SignInHttpResult, NotFound> SignInAs([FromForm] string person, [FromForm] string? til, DemoPeople people) =>
        people.Find(person) is { } demo
            ? TypedResults.SignIn(
                demo.AsViewer().ToPrincipal(CookieAuthenticationDefaults.AuthenticationScheme),
                new() { RedirectUri = WithinSite(til) },
                CookieAuthenticationDefaults.AuthenticationScheme)
            : TypedResults.NotFound();

    private static SignOutHttpResult SignOut([FromForm] string til) =>
        TypedResults.SignOut(new() { RedirectUri = WithinSite(til) }, [CookieAuthenticationDefaults.AuthenticationScheme]);

    /// <summary>An address of another site is never followed.</summary>
    private static string WithinSite(string? address) =>
        address is ['/', not ('/' or '\\'), ..] ? address : "/";
}
