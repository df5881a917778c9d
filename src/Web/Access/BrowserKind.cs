namespace HousingBank.Web.Access;

/// <summary>What somebody came with: enough to know one's own again by, too little to tell people apart by.</summary>
/// <param name="Browser">"Firefox"; null when it is none we know.</param>
/// <param name="System">"Linux"; null when it is none we know.</param>
public sealed record BrowserKind(string? Browser, string? System)
{
    // Most also say the names of others, which sites once asked for: the first one found holds.
    private static readonly (string Said, string Name)[] s_browsers =
    [
        ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"),
        ("Chrome/", "Chrome"), ("CriOS/", "Chrome"), ("Safari/", "Safari"),
    ];

    private static readonly (string Said, string Name)[] s_systems =
        [("Android", "Android"), ("iPhone", "iOS"), ("iPad", "iPadOS"), ("Windows", "Windows"), ("CrOS", "ChromeOS"), ("Mac OS X", "macOS"), ("Linux", "Linux")];

    public static BrowserKind Of(string userAgent) => new(First(s_browsers, userAgent), First(s_systems, userAgent));

    private static string? First((string Said, string Name)[] known, string userAgent) =>
        known.FirstOrDefault(k => userAgent.Contains(k.Said, StringComparison.Ordinal)).Name;
}
