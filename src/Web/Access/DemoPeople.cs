using HousingBank.Domain.Vocabulary;

namespace HousingBank.Web.Access;

/// <summary>Somebody to sign in as by a click. Obviously not a real person.</summary>
/// <param name="Key">"leadership-region-ost".</param>
public sealed record DemoPerson(string Key, Role Role, string Tenant, string? Municipality)
{
    public Viewer AsViewer() => new(DemoPeople.Prefix + Key, Role, Tenant, Municipality is { } key ? new MunicipalityId(key) : null, null);
}

/// <summary>Demo mode: everybody one can be. Never in production.</summary>
public sealed class DemoPeople(bool enabled)
{
    public const string Prefix = "demo:";

    private const string RegionEast = "region-ost";

    private static readonly IReadOnlyList<DemoPerson> Everybody =
    [
        .. Office(RegionEast),
        new("municipality-hamar", Role.Municipality, RegionEast, "hamar"),
        .. Office(Viewer.SimulatedTenant),
    ];

    public bool Enabled => enabled;

    public IReadOnlyList<DemoPerson> All => enabled ? Everybody : [];

    public static bool Knows(Viewer viewer) => viewer.Actor.StartsWith(Prefix, StringComparison.Ordinal);

    public DemoPerson? Find(string key) => All.FirstOrDefault(p => p.Key == key);

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
        new[] { Role.Secretariat, Role.Leadership, Role.Council, Role.Evaluator, Role.Auditor }
            .Select(role => new DemoPerson($"{role.ToString().ToLowerInvariant()}-{tenant}", role, tenant, null));
}
