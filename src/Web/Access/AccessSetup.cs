using HousingBank.Web.Access.OpenIdConnect;
using HousingBank.Web.Shell;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;

namespace HousingBank.Web.Access;

/// <summary>Who is asking, and what they may do.</summary>
public static class AccessSetup
{
    public const string SignInPage = "/logg-inn";

    private const string Either = "either";

    public static IServiceCollection AddAccess(this IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        services.AddSingleton(DemoPeople.For(configuration, environment));
        services.AddHttpContextAccessor();
        services.AddScoped(provider => Viewer.Of(provider.GetRequiredService<IHttpContextAccessor>().HttpContext?.User ?? new()));
        services.AddScoped<ViewerDesk>();

        services.AddSingleton<ServiceTokens>();
        services.AddSingleton<CalendarAddresses>();
        var cookies = new AccessCookies(environment);
        services.AddSingleton(cookies);
        services.AddSingleton<EndedSignIns>();
        services.AddSingleton<BegunSignIns>();
        if (ProviderSettings.Read(configuration) is { } provider)
        {
            services.AddSingleton(provider);
            services.AddSingleton<Provider>();
            services.AddSingleton<SignInAttempts>();
            services.AddSingleton<UsedAttempts>();
            services.AddSingleton<ProviderSessions>();
            services.AddSingleton<ProviderSignIn>();
        }

        services.AddDataProtection().SetApplicationName("HousingBank.Programme");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>, KeysInDatabase.Setup>();

        // People come by cookie, which the sign-in page gives them, programs by token.
        var authentication = services.AddAuthentication(Either).AddPolicyScheme(Either, null, either =>
            either.ForwardDefaultSelector = context => ServiceTokenScheme.IsMeant(context.Request) ? ServiceTokenScheme.Name : CookieAuthenticationDefaults.AuthenticationScheme);
        authentication.AddScheme<AuthenticationSchemeOptions, ServiceTokenScheme>(ServiceTokenScheme.Name, null);
        authentication.AddCookie(cookie =>
        {
            cookie.Cookie.Name = cookies.Name("viewer");
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.SecurePolicy = cookies.Secure;
            cookie.Cookie.Path = "/";
            cookie.ExpireTimeSpan = AccessCookies.LongestSignIn;
            cookie.SlidingExpiration = false;
            cookie.Events.OnValidatePrincipal = RefuseTheEnded;
            cookie.Events.OnRedirectToLogin = AskToSignIn;
            cookie.Events.OnRedirectToAccessDenied = Say(StatusCodes.Status403Forbidden);
        });
        Policies.AddTo(services.AddAuthorizationBuilder());
        services.AddAntiforgery(forgery =>
        {
            forgery.Cookie.Name = cookies.Name("forgery");
            forgery.Cookie.Path = "/";
            forgery.Cookie.SecurePolicy = cookies.Secure;
        });
        return services;
    }

    public static void UseAccess(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseReadableForms();
        app.UseAntiforgery();
    }

    /// <summary>Refuses forms whose token was found wrong. Left to the page they would be answered in Development by a sentence for programmers.</summary>
    public static void UseUnforgedForms(this WebApplication app) => app.Use((context, next) =>
    {
        if (context.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: false })
            return next(context);
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    });

    private static async Task RefuseTheEnded(CookieValidatePrincipalContext context)
    {
        if (!context.HttpContext.RequestServices.GetRequiredService<AccessCookies>().Reach(context.Request))
        {
            context.RejectPrincipal();
        }
        else if (context.Principal?.FindFirst(ClaimNames.SignIn) is not { } signIn || await context.HttpContext.RequestServices.GetRequiredService<EndedSignIns>().HasEndedAsync(signIn.Value))
        {
            RefusedRequests.Because(context.HttpContext, RefusedRequests.EndedSignIn);
            context.RejectPrincipal();
        }
    }

    private static Task AskToSignIn(RedirectContext<CookieAuthenticationOptions> context)
    {
        var request = context.Request;
        if (Problems.IsForPrograms(context.HttpContext))
            ServiceTokenScheme.AskForToken(context.Response);
        else
            context.Response.Redirect(SignInPage + QueryString.Create("til", HttpMethods.IsGet(request.Method) ? request.PathBase + request.Path + request.QueryString : "/"));
        return Task.CompletedTask;
    }

    private static Func<RedirectContext<CookieAuthenticationOptions>, Task> Say(int status) => context =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    };
}
