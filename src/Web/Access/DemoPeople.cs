using System.Globalization;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Web.Access;

/// <summary>Somebody to sign in as by a click. Obviously not a real person.</summary>
/// <param name="Key">"leadership-region-ost", "council-2-region-ost", "executive-hamar".</param>
/// <param name="Number">Which of several in the same role, 2 or more; null for the first and for those who are the only one.</param>
/// <param name="Signs">True for the chief executive of a municipality.</param>
public sealed record DemoPerson(string Key, Role Role, string Tenant, string? Municipality = null, int? Number = null, bool Signs = false)
{
    public Viewer AsViewer() => new(DemoPeople.Prefix + Key, Role, Tenant, Municipality is { } key ? new MunicipalityId(key) : null, null) { Signs = Signs };

    /// <summary>Offered by a button of its own; the others are chosen from a list.</summary>
    public bool IsUsual => Number is null && Municipality is null or "hamar";
}

/// <summary>Demo mode: everybody one can be. Never in production.</summary>
public sealed class DemoPeople(bool enabled)
{
    public const string Prefix = "demo:";

    private const string RegionEast = "region-ost";
    private const string SimulatedMunicipality = "simulert-";
    private const int Members = 7;
    private const int SimulatedMunicipalities = 35;

    private static readonly string[] s_realMunicipalities =
    [
        "hamar", "lillehammer", "lorenskog", "barum", "moss", "asker", "gjovik", "kongsvinger", "halden", "oslo",
        "molde", "malvik", "stjordal", "levanger", "steinkjer", "volda", "naroysund", "oppdal", "indre-fosen", "orland", "tromso", "kristiansand", "trondheim",
    ];

    private static readonly IReadOnlyList<DemoPerson> Everybody =
    [
        .. Office(RegionEast),
        .. s_realMunicipalities.SelectMany(Municipality),
        .. Office(Viewer.SimulatedTenant),
        .. Enumerable.Range(1, SimulatedMunicipalities).SelectMany(n => Municipality(SimulatedMunicipality + n.ToString("D2", CultureInfo.InvariantCulture))),
    ];

    public bool Enabled => enabled;

    public IReadOnlyList<DemoPerson> All => enabled ? Everybody : [];

    public static bool Knows(Viewer viewer) => viewer.Actor.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Which of several in the same role; null for anybody else.</summary>
    public static int? NumberOf(Viewer viewer) => Knows(viewer) ? Everybody.FirstOrDefault(p => Prefix + p.Key == viewer.Actor)?.Number : null;

    /// <summary>Who has this key; any municipality has its programme leader and its chief executive, also those that are not listed.</summary>
    public DemoPerson? Find(string key) => All.FirstOrDefault(p => p.Key == key) ?? (enabled ? OfMunicipality(key) : null);

    /// <summary>On in development, elsewhere when "Demo:Enabled" says so.</summary>
    /// <exception cref="InvalidOperationException">It is asked for in production.</exception>
    public static DemoPeople For(IConfiguration configuration, IHostEnvironment environment)
    {
        var asked = configuration.GetValue<bool?>("Demo:Enabled");
        if (asked == true && environment.IsProduction())
            throw new InvalidOperationException("Demo:Enabled is true in production, where nobody may sign in by a click. Take it away, or run in another environment than Production.");
        return new(asked ?? environment.IsDevelopment());
    }

    private static IEnumerable<DemoPerson> Office(string tenant) =>
    [
        .. new[] { Role.Secretariat, Role.Leadership, Role.Council, Role.Evaluator, Role.Auditor }
            .Select(role => new DemoPerson($"{role.ToString().ToLowerInvariant()}-{tenant}", role, tenant)),
        .. Enumerable.Range(2, Members - 1).Select(n => new DemoPerson($"council-{n}-{tenant}", Role.Council, tenant, Number: n)),
    ];

    private static IEnumerable<DemoPerson> Municipality(string key)
    {
        var tenant = key.StartsWith(SimulatedMunicipality, StringComparison.Ordinal) ? Viewer.SimulatedTenant : RegionEast;
        yield return new($"municipality-{key}", Role.Municipality, tenant, key);
        yield return new($"executive-{key}", Role.Municipality, tenant, key, Signs: true);
    }

    private static DemoPerson? OfMunicipality(string key) =>
        key.Split('-', 2) is ["municipality" or "executive", var municipality] && MunicipalityId.IsWellFormed(municipality)
            ? Municipality(municipality).Single(p => p.Key == key)
            : null;
}
