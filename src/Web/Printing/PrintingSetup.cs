using Microsoft.AspNetCore.Components.Web;

namespace HousingBank.Web.Printing;

/// <summary>Documents on paper: written as a page of their own, printed by a browser where there is one.</summary>
public static class PrintingSetup
{
    public static IServiceCollection AddPrinting(this IServiceCollection services, IConfiguration configuration)
    {
        var browser = PrintingBrowser.Find(configuration["Printing:Chromium"]);
        return services
            .AddSingleton(provider => new Printer(browser, provider.GetRequiredService<ILogger<Printer>>()))
            .AddScoped<HtmlRenderer>()
            .AddScoped<Paper>();
    }
}
