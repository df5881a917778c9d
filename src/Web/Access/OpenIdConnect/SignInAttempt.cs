using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace HousingBank.Web.Access.OpenIdConnect;

/// <summary>A sign-in that has been begun: what the browser keeps, sealed, until the provider has answered.</summary>
/// <param name="State">Comes back in the answer, and finds the cookie of this attempt.</param>
/// <param name="Nonce">Comes back in the id token.</param>
/// <param name="Verifier">Proves at the provider that whoever brings the code has begun the attempt (PKCE).</param>
/// <param name="AnswerTo">Where the provider sends the browser back to.</param>
/// <param name="ReturnTo">The page that was asked for.</param>
/// <param name="Anew">The provider has to see the person, whoever is signed in there already.</param>
public sealed record SignInAttempt(string State, string Nonce, string Verifier, string AnswerTo, string ReturnTo, bool Anew, DateTimeOffset BegunAt)
{
    public static SignInAttempt Begin(string answerTo, string returnTo, bool anew, DateTimeOffset now) => new(Random(), Random(), Random(), answerTo, returnTo, anew, now);

    /// <summary>What the provider is shown of the verifier.</summary>
    public string Challenge => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    private static string Random() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}

/// <summary>Keeps attempts in the browser that began them: a cookie for each, so that two tabs do not disturb each other.</summary>
public sealed class SignInAttempts(IDataProtectionProvider protection, AccessCookies cookies)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private const string Prefix = "signing-in-";

    private const int MostAtOnce = 5;

    private readonly ITimeLimitedDataProtector _seal = protection.CreateProtector("sign-in-attempt").ToTimeLimitedDataProtector();

    public void Keep(HttpContext context, SignInAttempt attempt)
    {
        ForgetIfMany(context);
        context.Response.Cookies.Append(NameFor(attempt.State), _seal.Protect(JsonSerializer.Serialize(attempt), Lifetime), cookies.Options(Lifetime));
    }

    /// <summary>Takes the attempt out of the browser: it is there once.</summary>
    /// <returns>Null when this browser has begun none with that state, or too long ago.</returns>
    public SignInAttempt? Take(HttpContext context, string state)
    {
        var name = NameFor(state);
        if (context.Request.Cookies[name] is not { } kept)
            return null;
        context.Response.Cookies.Delete(name, cookies.Options(lifetime: null));
        try
        {
            return JsonSerializer.Deserialize<SignInAttempt>(_seal.Unprotect(kept)) is { } attempt && attempt.State == state ? attempt : null;
        }
        catch (Exception e) when (e is CryptographicException or FormatException or JsonException)
        {
            return null;
        }
    }

    /// <summary>A site that opens our sign-in again and again must not fill a reader's requests with cookies until none is accepted.</summary>
    private void ForgetIfMany(HttpContext context)
    {
        var kept = context.Request.Cookies.Keys.Where(name => name.StartsWith(cookies.Name(Prefix), StringComparison.Ordinal)).ToList();
        if (kept.Count < MostAtOnce)
            return;
        foreach (var name in kept)
            context.Response.Cookies.Delete(name, cookies.Options(lifetime: null));
    }

    private string NameFor(string state) => cookies.Name(Prefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(state)).AsSpan(0, 8)));
}
