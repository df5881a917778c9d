using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace HousingBank.Web.Access.OpenIdConnect;

/// <summary>Remembers that somebody signed in at the provider, so that signing out here signs out there too.</summary>
/// <remarks>
/// The provider wants its id token back as a sign of who is leaving, or else it asks the person. It is kept sealed in a cookie that the browser
/// sends to the sign-out address alone; nothing else of the provider's is kept.
/// </remarks>
public sealed class ProviderSessions(Provider provider, IDataProtectionProvider protection, AccessCookies cookies, ILogger<ProviderSessions> log)
{
    // Browsers take 4096 bytes with name and attributes.
    private const int LongestCookie = 3800;

    private readonly ITimeLimitedDataProtector _seal = protection.CreateProtector("provider-session").ToTimeLimitedDataProtector();

    private string Name => cookies.NameAtPath("provider-session");

    public void Keep(HttpResponse response, string idToken)
    {
        var whole = _seal.Protect(idToken, AccessCookies.LongestSignIn);
        response.Cookies.Append(Name, whole.Length <= LongestCookie ? whole : _seal.Protect("", AccessCookies.LongestSignIn), Options(AccessCookies.LongestSignIn));
    }

    /// <summary>Ends the memory of it.</summary>
    /// <returns>Where the browser has to go to sign out at the provider as well; null when nobody signed in there or one cannot.</returns>
    public async Task<string?> EndAsync(HttpContext context, string returnTo)
    {
        if (context.Request.Cookies[Name] is not { } kept)
            return null;
        context.Response.Cookies.Delete(Name, Options(lifetime: null));
        try
        {
            var idToken = _seal.Unprotect(kept);
            return (await provider.AddressesAsync(context.RequestAborted)).EndSession is { } address
                ? QueryHelpers.AddQueryString(address, new Dictionary<string, string?>
                {
                    ["id_token_hint"] = idToken.Length > 0 ? idToken : null,
                    ["client_id"] = provider.Settings.ClientId,
                    ["post_logout_redirect_uri"] = returnTo,
                })
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
        catch (SignInRefusedException refused)
        {
            log.LogWarning("Signed out here, and not at the provider: {Reason}.", refused.Message);
            return null;
        }
    }

    private CookieOptions Options(TimeSpan? lifetime)
    {
        var options = cookies.Options(lifetime);
        options.Path = SignIn.SignOutAddress;
        return options;
    }
}
