using System.Globalization;
using HousingBank.Web.Shell;

namespace HousingBank.Web.Languages;

/// <summary>A language of the pages.</summary>
/// <param name="Code">As in the html element, the address and the cookie: nb, nn, en.</param>
/// <param name="Name">What the language calls itself.</param>
/// <param name="Culture">How it writes days and numbers.</param>
public sealed record Language(string Code, string Name, CultureInfo Culture)
{
    private const string Cookie = "lang";

    public static Language Bokmal { get; } = new("nb", "Bokmål", CultureInfo.GetCultureInfo("nb-NO"));

    public static Language Nynorsk { get; } = new("nn", "Nynorsk", CultureInfo.GetCultureInfo("nn-NO"));

    public static Language English { get; } = new("en", "English", CultureInfo.GetCultureInfo("en-GB"));

    public static IReadOnlyList<Language> All { get; } = [Bokmal, Nynorsk, English];

    public static Language? Find(string? code) => All.FirstOrDefault(l => l.Code == code);

    /// <summary>The address says it first (and the choice is remembered), then the cookie; pages start in bokmål. Programs say it in Accept-Language and start in English.</summary>
    public static Language Of(HttpContext context) =>
        Find(context.Request.Query["lang"])
        ?? Find(context.Request.Cookies[Cookie])
        ?? (Problems.IsForPrograms(context) ? Accepted(context.Request) ?? English : Bokmal);

    /// <summary>Keeps the language that the address asks for.</summary>
    public static void Remember(HttpContext context)
    {
        if (Find(context.Request.Query["lang"]) is { } chosen)
        {
            context.Response.Cookies.Append(Cookie, chosen.Code, new CookieOptions
            {
                MaxAge = TimeSpan.FromDays(365),
                HttpOnly = true,
                SameSite = SameSiteMode.Lax,
                Secure = context.Request.IsHttps,
                IsEssential = true,
            });
        }
    }

    private static Language? Accepted(HttpRequest request) =>
        request.GetTypedHeaders().AcceptLanguage
            .Where(l => l.Quality is null or > 0)
            .OrderByDescending(l => l.Quality ?? 1)
            .Select(l => Spoken(l.Value.ToString().Split('-')[0]))
            .FirstOrDefault(l => l is not null);

    /// <param name="tag">The first part of a language tag, in capitals or not: nb of nb-NO.</param>
    private static Language? Spoken(string tag) =>
        tag.Equals("no", StringComparison.OrdinalIgnoreCase) ? Bokmal : All.FirstOrDefault(l => tag.Equals(l.Code, StringComparison.OrdinalIgnoreCase));
}
