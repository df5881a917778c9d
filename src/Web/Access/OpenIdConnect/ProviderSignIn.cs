using HousingBank.Web.Components;
using HousingBank.Web.Shell;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;

namespace HousingBank.Web.Access.OpenIdConnect;

/// <summary>Signing in at the organisation's provider: by code and PKCE, and everything it answers is checked before anybody is let in.</summary>
public sealed class ProviderSignIn(
    Provider provider, SignInAttempts attempts, UsedAttempts used, ProviderSessions sessions, BegunSignIns begun, AccessCookies cookies, TimeProvider clock, ILogger<ProviderSignIn> log)
{
    public const string BeginAddress = "/logg-inn/start";
    public const string AnswerAddress = "/logg-inn/svar";

    public static void Map(WebApplication app)
    {
        // By GET: a form that leads to another site would have to be allowed in the content security policy.
        app.MapGet(BeginAddress, (HttpContext context, IServiceProvider services) => StepAsync(context, services, signIn => signIn.BeginAsync)).AllowAnonymous().RequireRateLimiting(RateLimits.SignIn).ExcludeFromDescription();
        app.MapGet(AnswerAddress, (HttpContext context, IServiceProvider services) => StepAsync(context, services, signIn => signIn.FinishAsync)).AllowAnonymous().RequireRateLimiting(RateLimits.SignIn).ExcludeFromDescription();
    }

    private static async Task<IResult> StepAsync(HttpContext context, IServiceProvider services, Func<ProviderSignIn, Func<HttpContext, Task<IResult>>> step) =>
        services.GetService<ProviderSignIn>() is { } signIn
            ? await signIn.AnsweredAsync(context, step(signIn))
            : TypedResults.NotFound();

    private async Task<IResult> BeginAsync(HttpContext context)
    {
        var addresses = await provider.AddressesAsync(context.RequestAborted);
        var attempt = SignInAttempt.Begin(
            SignIn.AddressHere(context, AnswerAddress), SignIn.WithinSite(context.Request.Query["til"]), context.Request.Query.ContainsKey(SecondSignIn.Anew), clock.GetUtcNow());
        attempts.Keep(context, attempt);
        return TypedResults.Redirect(QueryHelpers.AddQueryString(addresses.Authorization, new Dictionary<string, string?>
        {
            ["response_type"] = "code",
            ["client_id"] = provider.Settings.ClientId,
            ["redirect_uri"] = attempt.AnswerTo,
            ["scope"] = provider.Settings.Scopes,
            ["state"] = attempt.State,
            ["nonce"] = attempt.Nonce,
            ["code_challenge"] = attempt.Challenge,
            ["code_challenge_method"] = "S256",
            // Two words for the same: by the first the person is asked, by the second the answer has to say when.
            ["prompt"] = attempt.Anew ? "login" : null,
            ["max_age"] = attempt.Anew ? "0" : null,
        }));
    }

    private async Task<IResult> FinishAsync(HttpContext context)
    {
        // Let in here, nobody would be known by the next page.
        if (!cookies.Reach(context.Request))
            throw new SignInRefusedException(SignInRefusal.PlainHttp, "the answer came over plain http, and cookies go over https only; where a balancer ends TLS, name it in Proxies");
        var answer = context.Request.Query;
        var attempt = await BegunHereAsync(context, One(answer, "state"));
        var addresses = await provider.AddressesAsync(context.RequestAborted);
        if (answer.ContainsKey("iss") ? One(answer, "iss") != provider.Settings.Authority : addresses.NamesItself)
            throw SignInRefusedException.NotTrusted("the answer is from another provider, or does not say from which");
        if (answer.ContainsKey("error"))
            throw new SignInRefusedException(SignInRefusal.Denied, "the provider answered with an error");
        var code = One(answer, "code") ?? throw SignInRefusedException.NotTrusted("the answer has no code");

        var (text, accessToken) = await provider.RedeemAsync(code, attempt, context.RequestAborted);
        var token = IdToken.Parse(text);
        token.Check(
            await provider.KeysForAsync(token, context.RequestAborted),
            new(provider.Settings.Authority, provider.Settings.ClientId, attempt.Nonce, attempt.BegunAt, attempt.Anew, accessToken),
            clock.GetUtcNow());
        var viewer = Admission.Of(token.Claims, provider.Settings) with { SignedInAt = token.PersonSeenAt };

        sessions.Keep(context.Response, text);
        log.LogInformation("{Actor} signed in as {Role} in {Tenant}.", viewer.Actor, viewer.RoleName, viewer.Tenant);
        return TypedResults.SignIn(
            await begun.BeginAsync(context, viewer),
            new() { RedirectUri = attempt.ReturnTo },
            CookieAuthenticationDefaults.AuthenticationScheme);
    }

    private async Task<SignInAttempt> BegunHereAsync(HttpContext context, string? state)
    {
        var attempt = state is null ? null : attempts.Take(context, state);
        if (attempt is null)
            throw new SignInRefusedException(SignInRefusal.NotBegunHere, "no such attempt was begun in this browser, or it has run out");
        return await used.UseAsync(attempt, context.RequestAborted)
            ? attempt
            : throw new SignInRefusedException(SignInRefusal.NotBegunHere, "the attempt has been used before");
    }

    private async Task<IResult> AnsweredAsync(HttpContext context, Func<HttpContext, Task<IResult>> step)
    {
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            return await step(context);
        }
        catch (SignInRefusedException refused)
        {
            log.LogWarning("A sign-in was refused ({Kind}): {Reason}.", refused.Kind, refused.Message);
            if (refused.Kind is not (SignInRefusal.Unavailable or SignInRefusal.PlainHttp))
                RefusedRequests.Because(context, RefusedRequests.SignIn);
            var status = StatusOf(refused.Kind);
            if (status == StatusCodes.Status503ServiceUnavailable)
                context.Response.Headers.RetryAfter = "5";
            SignIn.ShowAsSignInPage(context);
            return new RazorComponentResult<SignInRefusedPage>(new { refused.Kind }) { StatusCode = status };
        }
    }

    private static int StatusOf(SignInRefusal kind) => kind switch
    {
        SignInRefusal.NotBegunHere or SignInRefusal.NotTrusted or SignInRefusal.PlainHttp => StatusCodes.Status400BadRequest,
        SignInRefusal.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status403Forbidden,
    };

    /// <returns>Null when it is missing or there are several, which could be read in two ways.</returns>
    private static string? One(IQueryCollection query, string name) => query[name] is [{ Length: > 0 } only] ? only : null;
}
