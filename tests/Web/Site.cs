using System.Net;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using HousingBank.Support;
using HousingBank.Web.Access;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HousingBank.Web.Tests;

/// <summary>The whole web process in memory, and a browser of sorts.</summary>
public sealed class Site : WebApplicationFactory<Viewer>
{
    /// <summary>The same for every process, as in production: of two on one database each reads what the other sealed.</summary>
    public const string MasterKey = "test:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    /// <summary>Development, unless a test says otherwise.</summary>
    public string Environment { get; init; } = "Development";

    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets every line that is logged at any level; null for the usual log.</summary>
    public LogLines? Log { get; init; }

    /// <summary>What the process takes for the time.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(Environment);
        // All tests come from one address.
        builder.UseSetting("RateLimits:SignIn:Requests", "0");
        builder.UseSetting("PersonalData:MasterKey", MasterKey);
        builder.UseSetting("Start:ProfileFolder", "");
        if (Log is not null)
        {
            foreach (var category in new[] { "Default", "Microsoft", "Microsoft.AspNetCore", "Npgsql" })
                builder.UseSetting($"Logging:LogLevel:{category}", "Trace");
            builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(Log));
        }

        foreach (var (key, value) in Settings)
            builder.UseSetting(key, value);
        builder.ConfigureTestServices(services => services.AddSingleton(Clock));
    }

    public HttpClient Stranger() => CreateClient(new() { AllowAutoRedirect = false });

    public async Task<HttpClient> SignedInAsync(string person)
    {
        var client = Stranger();
        var page = await client.PageAsync("/logg-inn");
        var answer = await client.PostAsync(SignIn.DemoAddress, Form(page, ("person", person)));
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        return client;
    }

    /// <summary>What a form of the page would send.</summary>
    public static FormUrlEncodedContent Form(IDocument page, params (string Name, string Value)[] fields) =>
        new(fields.Append(("__RequestVerificationToken", page.QuerySelector<IHtmlInputElement>("input[name=__RequestVerificationToken]")!.Value))
            .Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
}

public static class Reading
{
    /// <inheritdoc cref="ReadyAsync(HttpClient)"/>
    public static async Task ReadyAsync(this WebApplicationFactory<Viewer> site)
    {
        using var visitor = site.CreateClient();
        await visitor.ReadyAsync();
    }

    /// <summary>Until migrations are known to be done and the tables follow the log.</summary>
    public static Task ReadyAsync(this HttpClient visitor) => visitor.HasAsync("/health/ready");

    /// <summary>Until there is an answer at the address.</summary>
    public static Task HasAsync(this HttpClient visitor, string address) =>
        Until.HoldsAsync($"{address} answers", async () => (await visitor.GetAsync(address)).IsSuccessStatusCode);

    public static async Task<IDocument> PageAsync(this HttpClient client, string address)
    {
        var answer = await client.GetAsync(address);
        return await answer.PageAsync();
    }

    public static async Task<IDocument> PageAsync(this HttpResponseMessage answer)
    {
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("text/html");
        var html = await answer.Content.ReadAsStringAsync();
        html.ShouldNotContain("⟦");
        html.ShouldNotContain("&#x27E6;");
        return await BrowsingContext.New().OpenAsync(r => r.Content(html));
    }

    public static string PathAndQuery(this Uri address) => address.IsAbsoluteUri ? address.PathAndQuery : address.ToString();

    public static string Heading(this IDocument page) => page.QuerySelector("h1")!.TextContent;
}
