namespace HousingBank.Web.Shell;

/// <summary>A setting of the web process.</summary>
/// <param name="Name">With ":" between its parts; a section of several names ends with ":…".</param>
/// <param name="Default">What holds when it is not set.</param>
public sealed record Setting(string Name, string Default, string Meaning)
{
    private const string Open = "…";

    public string Section => Name.Split(':')[0];

    public bool Names(string key) => Name.EndsWith(Open, StringComparison.Ordinal)
        ? key.StartsWith(Name[..^Open.Length], StringComparison.OrdinalIgnoreCase)
        : key.Equals(Name, StringComparison.OrdinalIgnoreCase) || key.StartsWith(Name + ":", StringComparison.OrdinalIgnoreCase);
}

/// <summary>Every setting the web process reads: what docs/reference/configuration.md is made of, and what misspelt names are noticed by.</summary>
public static class Settings
{
    /// <summary>Ours, by name.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        new("Attachments:Scanner", "none", "ClamAV's daemon, which is asked about each file that is sent in: the path of its socket (`/run/clamav/clamd.ctl`), or host and port (`clamd:3310`). What it knows to be harmful is refused (`file-infected`), and while it does not answer no file is taken (503, `file-not-scanned`). Without one files are told apart by what they hold and not scanned"),
        new("ConnectionStrings:Programme", "none", "the database, as an Npgsql connection string. Without one the process runs and its log says that none is configured, `/health/ready` answers 503, and there is nothing to see. Requests wait three seconds for a connection and ten for an answer unless it says `Timeout` and `Command Timeout`"),
        new("Demo:Enabled", "true in Development, otherwise false", "demo people can sign in by a click. In Production the process refuses to start when it is true"),
        new("Limits:RequestSeconds", "60", "how long an answer may take; then it is given up and the reader is told to come back (503)"),
        new("OTEL_EXPORTER_OTLP_ENDPOINT", "none", "where traces and meters go, by OTLP; without it none are made. The other `OTEL_EXPORTER_OTLP_…` variables of OpenTelemetry hold as well"),
        new("PersonalData:MasterKey", "none; `ops/Start` makes one in its `.data` folder", "the key that wraps the keys of persons: an id, a colon, and the base64 of 32 random bytes, as `personal-data new-master-key` writes it. Without one nothing about persons can be recorded or read (503, `personal-data-unavailable`), and everything else works"),
        new("PersonalData:OlderMasterKeys:…", "none", "master keys that were in use before, until `personal-data rotate` has wrapped all keys anew"),
        new("Printing:Chromium", "the first of `chromium`, `chromium-browser`, `google-chrome`, `google-chrome-stable`, `chrome` and `msedge` on the path of programs", "the browser that prints letters and minutes to PDF, as a path. Without one, or with a path where nothing is (`none`), they are given as HTML files that print well"),
        new("Proxies", "none", "balancers whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed, as addresses or networks (`Proxies:0` = `10.0.0.0/8`); from all others those headers are passed over"),
        new("RateLimits:Api:Requests", "1200; 0 in Development", "how many requests to the API each token or person may make within the seconds, and each address (of IPv6, each network of 64 bits) when nobody is known; 0 for no limit. Beyond it: 429 with `Retry-After`. Each web process counts for itself"),
        new("RateLimits:Api:Seconds", "60", "the seconds they are counted in"),
        new("RateLimits:SignIn:Requests", "120", "how many requests that sign somebody in may come from one address within the seconds; an attempt by a provider is two of them; 0 for no limit"),
        new("RateLimits:SignIn:Seconds", "60", "the seconds they are counted in"),
        new("Seals:PublishTo", "none", "a file that gets each new head of the seals as a line, outside the database; best where lines can be added and not changed"),
        new("Seals:SigningKey", "none", "the private key that heads of the seals are signed with, on the curve P-256: PEM, or the path of a file that holds it. Without it heads are not signed. With one that cannot be read the process does not start"),
        new("SignIn:OpenIdConnect:ActorClaim", "sub", "the claim by which the provider tells persons apart for ever; only a UUID made of it is kept"),
        new("SignIn:OpenIdConnect:Authority", "none", "the organisation's sign-in provider: its issuer, exactly as it writes it. https, or http on the same machine. Without one nobody signs in by a provider"),
        new("SignIn:OpenIdConnect:ClientId", "none; needed with an authority", "what the provider calls this system"),
        new("SignIn:OpenIdConnect:ClientSecret", "none", "the secret that the provider has given; from the environment only. A client without one proves itself by PKCE alone"),
        new("SignIn:OpenIdConnect:ExecutiveClaim", "chief-executive", "the claim that says `true` of a municipality's chief executive, who signs off what leaves it"),
        new("SignIn:OpenIdConnect:MunicipalityClaim", "municipality", "the claim that says for which municipality somebody speaks, by its key (`hamar`)"),
        new("SignIn:OpenIdConnect:RoleClaim", "role", "the claim that says what somebody may do; one value or a list"),
        new("SignIn:OpenIdConnect:Roles:…", "none; needed with an authority", "which value of that claim is which of our roles, role by role: `SignIn:OpenIdConnect:Roles:leadership` = `programme-leadership`, or a list of values. Roles: secretariat, council, leadership, municipality, evaluator, auditor"),
        new("SignIn:OpenIdConnect:Scopes", "openid", "what the provider is asked for, with spaces between; `openid` has to be among it"),
        new("SignIn:OpenIdConnect:TenantClaim", "tenant", "the claim that says to which office somebody belongs"),
        new("SignIn:OpenIdConnect:Tenants", "none; needed with an authority", "the offices that may be signed in to (`SignIn:OpenIdConnect:Tenants:0` = `region-ost`)"),
        new("SignIn:OpenIdConnect:TimeoutSeconds", "10", "how long one answer of the provider is waited for"),
        new("Start:ProfileFolder", "`housing-bank-programme` in the local application data of the user it runs as (`~/.local/share`)", "where the runtime notes what it compiled in one start, so that the next one has it compiled on an idle core and is ready sooner; what was [rehearsed](../how-to/operate.md#rehearse-what-is-deployed) is taken rather than what the last start has noted. Only in Production. Empty: nothing is noted, and nothing rehearsed is taken"),
        new("TimeBar:Days", "none; 2009-06-01 and 2010-12-10 in Development", "days that the time bar offers beside today"),
        new("Watch:DecisionsInTenMinutes", "300", "how many decisions of one person, by hand or by the person's tokens, are told in the log as unusual (event 7002); 0 for never. Nobody is held up"),
        new("Watch:PersonsReadInTenMinutes", "1000", "the same for how many times what a person is called was opened for one reader"),
        new("Watch:RefusalsInTenMinutes", "50", "the same for requests that were refused (event 7001), by person, or by address where nobody is known"),
    ];

    /// <summary>Says which names in our sections are none of ours: a setting that is misspelt would otherwise be left at its default without a word.</summary>
    public static void WarnOfUnknown(this WebApplication app)
    {
        foreach (var key in Unknown(app.Configuration))
            app.Logger.LogWarning("The setting {Setting} is not known; docs/reference/configuration.md lists those that are.", key);
    }

    /// <summary>Names in our sections that are none of ours.</summary>
    public static IEnumerable<string> Unknown(IConfiguration configuration)
    {
        var sections = All.Select(s => s.Section).Distinct().Where(s => s != "ConnectionStrings").ToArray();
        return configuration.AsEnumerable()
            .Where(pair => pair.Value is not null)
            .Select(pair => pair.Key)
            .Where(key => sections.Contains(key.Split(':')[0], StringComparer.OrdinalIgnoreCase) && !All.Any(s => s.Names(key)));
    }
}
