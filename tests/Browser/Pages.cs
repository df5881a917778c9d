namespace HousingBank.Browser.Tests;

/// <summary>A page that every general test visits.</summary>
/// <param name="Name">Of its pictures.</param>
/// <param name="Person">Key of the demo person who looks at it; null for somebody who is not signed in.</param>
public sealed record SitePage(string Name, string Address, string? Person = null, int Status = 200)
{
    public string In(string language) => $"{Address}{(Address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}lang={language}";
}

/// <summary>Every page there is: a new page is added here and is then tested like the others.</summary>
public static class Pages
{
    private const string Secretariat = "secretariat-region-ost";

    public static IReadOnlyList<SitePage> All { get; } =
    [
        new("front-before-sign-in", "/"),
        new("sign-in", "/logg-inn"),
        new("front", "/", Secretariat),
        new("front-simulated", "/", "secretariat-simulert"),
        new("problem-type", "/problems/gate-not-met"),
        new("my-access", "/tilganger", "evaluator-region-ost"),
        new("board", "/tavle?asOf=2010-12-10", Secretariat),
        new("board-of-candidates", "/tavle?asOf=2009-06-01", Secretariat),
        new("board-of-nobody", "/tavle?knownAt=2010-12-10", Secretariat),
        new("municipalities", "/kommuner", Secretariat),
        new("municipality", "/kommuner/hamar?asOf=2010-12-10", Secretariat),
        new("municipality-unknown", "/kommuner/ukjent", Secretariat),
        new("programme", "/programmet?asOf=2010-12-10", Secretariat),
        new("matrix", "/oversiktsmatrise?asOf=2010-12-10", Secretariat),
        new("not-found", "/finnes-ikke", Secretariat, Status: 404),
    ];

    public static SitePage Named(string name) => All.Single(page => page.Name == name);
}
