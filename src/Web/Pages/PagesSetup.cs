using HousingBank.Web.Forms;
using HousingBank.Web.Languages;
using HousingBank.Web.Letters;
using HousingBank.Web.Pages.OneMeeting;
using HousingBank.Web.Persons;
using HousingBank.Web.Time;

namespace HousingBank.Web.Pages;

/// <summary>The pages: Blazor rendered on the server, no circuit.</summary>
public static class PagesSetup
{
    public static IServiceCollection AddPages(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddRazorComponents(pages => pages.MaxFormMappingErrorCount = 20);
        services.AddSingleton(TimeProvider.System);
        services.AddScoped(provider => new Texts(Language.Of(Request(provider))));
        services.AddScoped(provider => Here.Of(Request(provider), provider.GetRequiredService<TimeProvider>()));
        services.AddScoped(provider => provider.GetRequiredService<Here>().Point);
        services.AddScoped<FormEntries>();
        services.AddScoped<FormDesk>();
        services.AddScoped<PersonSealing>();
        services.AddScoped<PersonOpening>();
        services.AddScoped<PersonReports>();
        services.AddScoped<LetterFiles>();
        services.AddScoped<MinutesFiles>();
        services.Configure<TimeBarOptions>(configuration.GetSection("TimeBar"));
        return services;
    }

    public static void MapPages(this WebApplication app)
    {
        app.Use((context, next) =>
        {
            Language.Remember(context);
            return next(context);
        });
        app.MapStaticAssets().AllowAnonymous();
        app.MapLetterFiles();
        app.MapMinutesFiles();
        app.MapRazorComponents<App>();
    }

    private static HttpContext Request(IServiceProvider provider) =>
        provider.GetRequiredService<IHttpContextAccessor>().HttpContext
        ?? throw new InvalidOperationException("Texts and addresses belong to a request.");
}

/// <summary>Days the time bar offers beside today: those that the demo data has something to show for.</summary>
public sealed class TimeBarOptions
{
    public IList<DateOnly> Days { get; init; } = [];
}
