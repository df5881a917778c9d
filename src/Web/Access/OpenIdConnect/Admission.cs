using System.Text.Json;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Web.Access.OpenIdConnect;

/// <summary>From the provider's claims to a viewer of ours.</summary>
public static class Admission
{
    /// <param name="claims">Of an id token that has been checked.</param>
    /// <exception cref="SignInRefusedException">There is no place here for whom they describe.</exception>
    public static Viewer Of(JsonElement claims, ProviderSettings settings)
    {
        var role = RoleOf(claims, settings);
        if (claims.Texts(settings.TenantClaim) is not [var tenant] || !settings.Tenants.Contains(tenant))
            throw new SignInRefusedException(SignInRefusal.NoOffice, "the person belongs to no office that may be signed in to, or to several");
        return new(ActorOf(claims, settings), role, tenant, role == Role.Municipality ? MunicipalityOf(claims, settings) : null, null)
        {
            Signs = role == Role.Municipality && IsExecutive(claims, settings),
        };
    }

    private static Role RoleOf(JsonElement claims, ProviderSettings settings)
    {
        var roles = claims.Texts(settings.RoleClaim).Where(settings.Roles.ContainsKey).Select(value => settings.Roles[value]).Distinct().ToList();
        return roles switch
        {
            [var only] => only,
            [] => throw new SignInRefusedException(SignInRefusal.NoRole, "the person has no role here"),
            _ => throw new SignInRefusedException(SignInRefusal.SeveralRoles, "the person has several roles here"),
        };
    }

    private static MunicipalityId MunicipalityOf(JsonElement claims, ProviderSettings settings) =>
        claims.Texts(settings.MunicipalityClaim) is [var key] && MunicipalityId.IsWellFormed(key)
            ? new(key)
            : throw new SignInRefusedException(SignInRefusal.NoMunicipality, "the person speaks for a municipality, and it is not said for which");

    private static bool IsExecutive(JsonElement claims, ProviderSettings settings) =>
        claims.IsTrue(settings.ExecutiveClaim) || claims.Texts(settings.ExecutiveClaim) is ["true"];

    /// <summary>The same person of the same provider is always the same actor; neither name nor reference can be read out of it.</summary>
    private static string ActorOf(JsonElement claims, ProviderSettings settings) => claims.Text(settings.ActorClaim) is { Length: > 0 } reference
        ? $"person:{NamedUuid.Make(NamedUuid.Make(NamedUuid.Root, "issuer:" + settings.Authority), reference)}"
        : throw SignInRefusedException.NotTrusted("the id token lacks the claim that tells persons apart");
}
