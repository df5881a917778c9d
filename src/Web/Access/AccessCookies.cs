namespace HousingBank.Web.Access;

/// <summary>What our cookies have in common. In production browsers take them from this host by https alone, and no neighbour can set them.</summary>
public sealed class AccessCookies(IHostEnvironment environment)
{
    /// <summary>From the sign-in on, however much one does: afterwards the roles are asked for anew.</summary>
    public static readonly TimeSpan LongestSignIn = TimeSpan.FromHours(8);

    public CookieSecurePolicy Secure => environment.IsProduction() ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;

    /// <summary>False where browsers would neither send nor take them: nobody is known there, and no form is ours.</summary>
    public bool Reach(HttpRequest request) => Secure != CookieSecurePolicy.Always || request.IsHttps;

    public string Name(string name) => environment.IsProduction() ? "__Host-" + name : name;

    /// <summary>For a cookie that goes to one address only, which "__Host-" does not allow.</summary>
    public string NameAtPath(string name) => environment.IsProduction() ? "__Secure-" + name : name;

    /// <param name="lifetime">Null to take a cookie away.</param>
    public CookieOptions Options(TimeSpan? lifetime) => new()
    {
        HttpOnly = true,
        Secure = environment.IsProduction(),
        SameSite = SameSiteMode.Lax,
        Path = "/",
        MaxAge = lifetime,
        IsEssential = true,
    };
}
