using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels;

namespace HousingBank.Web.Access.OpenIdConnect;

/// <summary>The organisation's OpenID Connect provider, and how its claims become our viewers.</summary>
/// <param name="Authority">The provider's issuer, character by character as it writes it.</param>
/// <param name="ClientSecret">Null for a client that proves itself by PKCE alone.</param>
/// <param name="Scopes">With spaces between them, "openid" among them.</param>
/// <param name="ActorClaim">What the provider never gives to anybody else. Only a UUID made of it is kept.</param>
/// <param name="ExecutiveClaim">Says true of a municipality's chief executive, who signs off what leaves it.</param>
/// <param name="Roles">Role by the value that the provider's role claim has for it.</param>
/// <param name="Tenants">Regional offices that may be signed in to here.</param>
/// <param name="Timeout">How long one answer of the provider is waited for.</param>
public sealed record ProviderSettings(
    string Authority,
    string ClientId,
    string? ClientSecret,
    string Scopes,
    string ActorClaim,
    string RoleClaim,
    string TenantClaim,
    string MunicipalityClaim,
    string ExecutiveClaim,
    IReadOnlyDictionary<string, Role> Roles,
    IReadOnlySet<string> Tenants,
    TimeSpan Timeout)
{
    private const string Section = "SignIn:OpenIdConnect";

    /// <returns>Null when no provider is set up.</returns>
    /// <exception cref="InvalidOperationException">One is, but not so that anybody could sign in safely.</exception>
    public static ProviderSettings? Read(IConfiguration configuration)
    {
        var section = configuration.GetSection("SignIn:OpenIdConnect");
        if (section["Authority"] is not { Length: > 0 } authority)
            return null;
        Demand(IsSafe(authority), "Authority has to be an https address.");
        return new(
            authority,
            Needed(section, "ClientId"),
            section["ClientSecret"] is { Length: > 0 } secret ? secret : null,
            ScopesOf(section),
            section["ActorClaim"] ?? "sub",
            section["RoleClaim"] ?? "role",
            section["TenantClaim"] ?? "tenant",
            section["MunicipalityClaim"] ?? "municipality",
            section["ExecutiveClaim"] ?? "chief-executive",
            RolesOf(section.GetSection(nameof(Roles))),
            TenantsOf(section.GetSection(nameof(Tenants))),
            TimeSpan.FromSeconds(section.GetValue("TimeoutSeconds", 10)));
    }

    /// <summary>Whether secrets may travel there: by https, or without leaving the machine. And whether it can stand in a header.</summary>
    public static bool IsSafe(string? address) =>
        address?.All(c => c is > ' ' and <= '~') == true && Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri is { UserInfo: "", Fragment: "" }
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));

    private static string ScopesOf(IConfigurationSection section)
    {
        var scopes = section["Scopes"] ?? "openid";
        Demand(scopes.Split(' ').Contains("openid"), "Scopes has to hold openid.");
        return scopes;
    }

    private static Dictionary<string, Role> RolesOf(IConfigurationSection roles)
    {
        var byValue = new Dictionary<string, Role>(StringComparer.Ordinal);
        foreach (var named in roles.GetChildren())
        {
            Demand(Policies.Everybody.Any(r => Codes.Of(r) == named.Key), $"Roles:{named.Key} is no role of ours: {string.Join(", ", Policies.Everybody.Select(r => Codes.Of(r)))}.");
            foreach (var value in ValuesOf(named))
                Demand(byValue.TryAdd(value, Codes.Read<Role>(named.Key)), $"Roles gives {value} to two roles.");
        }

        Demand(byValue.Count > 0, "Roles has to say which values of the role claim are which roles.");
        return byValue;
    }

    private static HashSet<string> TenantsOf(IConfigurationSection tenants)
    {
        var named = ValuesOf(tenants).ToHashSet(StringComparer.Ordinal);
        Demand(named.Count > 0, "Tenants has to name the offices that may be signed in to.");
        return named;
    }

    /// <summary>One value, or a list of them.</summary>
    private static IEnumerable<string> ValuesOf(IConfigurationSection section) =>
        section.GetChildren().Select(c => c.Value).Prepend(section.Value).OfType<string>().Where(v => v.Length > 0);

    private static string Needed(IConfigurationSection section, string name)
    {
        Demand(section[name] is { Length: > 0 }, $"{name} is missing.");
        return section[name]!;
    }

    private static void Demand(bool holds, string otherwise)
    {
        if (!holds)
            throw new InvalidOperationException($"{Section} cannot be used: {otherwise}");
    }
}
