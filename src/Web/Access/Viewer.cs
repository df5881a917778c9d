using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using HousingBank.Domain.Vocabulary;
using HousingBank.Processes;
using HousingBank.ReadModels;
using HousingBank.Store;
using HousingBank.Web.Time;

namespace HousingBank.Web.Access;

/// <summary>Who asks. Part of every query and every command.</summary>
/// <param name="Actor">A reference, never a name: what events keep.</param>
/// <param name="Role">Null when nobody is signed in.</param>
/// <param name="Tenant">The regional office whose history is looked at; empty when nobody is signed in.</param>
/// <param name="Municipality">The municipality one speaks for; null for those who speak for none.</param>
/// <param name="Scopes">What a service token may do; null for a person, who may do what the role may.</param>
public sealed record Viewer(string Actor, Role? Role, string Tenant, MunicipalityId? Municipality, ValueList<string>? Scopes)
{
    public const string SimulatedTenant = "simulert";

    public static Viewer Nobody { get; } = new("", null, "", null, null);

    /// <summary>Whose token a program came with; null for a person, who comes in the own name.</summary>
    public string? Owner { get; init; }

    /// <summary>True for a municipality's chief executive (kommunedirektør), who signs off what leaves it.</summary>
    public bool Signs { get; init; }

    /// <summary>Which of the own sign-ins the person came by; null for a program.</summary>
    public Guid? SignIn { get; init; }

    /// <summary>When the person last showed who they are; null for a program, and where the provider did not say.</summary>
    public DateTimeOffset? SignedInAt { get; init; }

    /// <summary>The person who acts, also by a program: what appointments and recusals name.</summary>
    public string Person => Owner ?? Actor;

    public bool IsSignedIn => Role is not null;

    /// <summary>Nothing in this tenant is real, and every page says so.</summary>
    public bool SeesSimulation => Tenant == SimulatedTenant;

    /// <summary>What the store is asked with.</summary>
    public Scope Scope => Scope.Of(Tenant);

    /// <summary>Who carries out a command.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in.</exception>
    public Caller Caller => new(Actor, Role ?? throw new InvalidOperationException("Nobody is signed in."), Tenant);

    /// <summary>A question as this viewer may ask it: a municipality sees its own course and what is open to all, a council member nothing of what it is recused from.</summary>
    public Question Asks(PointInTime point) => new(
        point.AsOf,
        point.KnownAt,
        Is(Domain.Vocabulary.Role.Municipality) ? Municipality : null,
        Is(Domain.Vocabulary.Role.Council) ? Person : null);

    public bool Is(params ReadOnlySpan<Role> roles) => Role is { } own && roles.Contains(own);

    /// <summary>Decides about the other members in a meeting: of the council's members only the chair; the secretariat does in the chair's name.</summary>
    /// <param name="chair">By reference; null until the meeting is opened.</param>
    public bool Leads(string? chair) => !Is(Domain.Vocabulary.Role.Council) || Person == chair;

    public bool MayUse(string scope) => Scopes is not { } given || given.Contains(scope);

    public static Viewer Of(ClaimsPrincipal user)
    {
        if (user.Identity?.IsAuthenticated != true || !Enum.TryParse<Role>(user.FindFirstValue(ClaimNames.Role), ignoreCase: true, out var role))
            return Nobody;
        return new(
            user.FindFirstValue(ClaimNames.Actor) ?? "",
            role,
            user.FindFirstValue(ClaimNames.Tenant) ?? "",
            user.FindFirstValue(ClaimNames.Municipality) is { } key ? new MunicipalityId(key) : null,
            user.Identity.AuthenticationType == ServiceTokenScheme.Name ? user.FindAll(ClaimNames.Scope).Select(c => c.Value).ToValueList() : null)
        {
            Owner = user.FindFirstValue(ClaimNames.Owner),
            Signs = user.HasClaim(c => c.Type == ClaimNames.Signs),
            SignIn = Guid.TryParse(user.FindFirstValue(ClaimNames.SignIn), out var signIn) ? signIn : null,
            SignedInAt = long.TryParse(user.FindFirstValue(ClaimNames.SignedInAt), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
                ? DateTimeOffset.FromUnixTimeSeconds(seconds)
                : null,
        };
    }

    /// <param name="authenticationType">The scheme that vouches for it.</param>
    public ClaimsPrincipal ToPrincipal(string authenticationType)
    {
        var claims = new List<Claim> { new(ClaimNames.Actor, Actor), new(ClaimNames.Role, RoleName), new(ClaimNames.Tenant, Tenant) };
        if (Municipality is { } municipality)
            claims.Add(new(ClaimNames.Municipality, municipality.Key));
        if (Owner is { } owner)
            claims.Add(new(ClaimNames.Owner, owner));
        if (Signs)
            claims.Add(new(ClaimNames.Signs, bool.TrueString));
        if (SignIn is { } signIn)
            claims.Add(new(ClaimNames.SignIn, signIn.ToString()));
        if (SignedInAt is { } at)
            claims.Add(new(ClaimNames.SignedInAt, at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)));
        claims.AddRange((Scopes ?? []).Select(s => new Claim(ClaimNames.Scope, s)));
        return new(new ClaimsIdentity(claims, authenticationType, ClaimNames.Actor, ClaimNames.Role));
    }

    /// <summary>The role as events and addresses write it.</summary>
    public string RoleName => JsonNamingPolicy.CamelCase.ConvertName(Role?.ToString() ?? "");
}

/// <summary>What a signed-in viewer's cookie or token says.</summary>
public static class ClaimNames
{
    public const string Actor = "actor";
    public const string Role = "role";
    public const string Tenant = "tenant";
    public const string Municipality = "municipality";
    public const string Scope = "scope";

    /// <summary>Who made the token that a program came with.</summary>
    public const string Owner = "owner";

    /// <summary>Held by the chief executive of a municipality.</summary>
    public const string Signs = "signs";

    /// <summary>Which sign-in a cookie is from, so that it can be ended.</summary>
    public const string SignIn = "sign-in";

    /// <summary>When the person last showed who they are, in seconds since 1970.</summary>
    public const string SignedInAt = "signed-in-at";
}
