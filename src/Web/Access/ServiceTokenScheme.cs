using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace HousingBank.Web.Access;

/// <summary>Signs in programs by an opaque bearer token.</summary>
public sealed class ServiceTokenScheme(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ServiceTokens tokens)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "serviceToken";

    private const string Bearer = "Bearer";

    /// <summary>True for a request that brings a token, right or wrong: its cookie is then not looked at.</summary>
    public static bool IsMeant(HttpRequest request) => request.Headers.Authorization.ToString().StartsWith(Bearer, StringComparison.OrdinalIgnoreCase);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!IsMeant(Request))
            return AuthenticateResult.NoResult();
        return await tokens.FindAsync(Request.Headers.Authorization.ToString()[Bearer.Length..].Trim(), Context.RequestAborted) is { } viewer
            ? AuthenticateResult.Success(new(viewer.ToPrincipal(Name), Name))
            : AuthenticateResult.Fail("The token is unknown, revoked or past its time.");
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        AskForToken(Response);
        return Task.CompletedTask;
    }

    /// <summary>Tells a program how it can say who it is.</summary>
    public static void AskForToken(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status401Unauthorized;
        response.Headers.WWWAuthenticate = Bearer;
    }
}
