using System.Collections.Concurrent;
using HousingBank.Support;
using HousingBank.Web.Access;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HousingBank.Web.Tests.OpenIdConnect;

/// <summary>The web process as in production, with a provider to sign in at and a database of its own.</summary>
public sealed class ProductionSite : IAsyncDisposable
{
    public const string Address = "https://programmet.test";
    public const string AnswerAddress = Address + "/logg-inn/svar";
    public const string ClientId = "programme";
    public const string ClientSecret = "a secret: with+odd/characters&more";

    private readonly Site _site;

    private ProductionSite(Site site)
    {
        _site = site;
        ConnectionString = site.Settings["ConnectionStrings:Programme"];
        Process = site.WithWebHostBuilder(web => web.ConfigureServices(services => services.AddSingleton<ILoggerProvider>(Log)));
    }

    public WebApplicationFactory<Viewer> Process { get; }

    public string ConnectionString { get; }

    public Log Log { get; } = new();

    public static async Task<ProductionSite> StartAsync(TestServer server, string authority, params (string Key, string Value)[] more)
    {
        var connection = await EmptyHistory.CopyAsync(server);
        return On(connection, authority, more);
    }

    /// <summary>One more process on a database.</summary>
    public static ProductionSite On(string connection, string authority, params (string Key, string Value)[] more)
    {
        var settings = new Dictionary<string, string>
        {
            ["ConnectionStrings:Programme"] = connection,
            ["SignIn:OpenIdConnect:Authority"] = authority,
            ["SignIn:OpenIdConnect:ClientId"] = ClientId,
            ["SignIn:OpenIdConnect:ClientSecret"] = ClientSecret,
            ["SignIn:OpenIdConnect:Tenants:0"] = "region-ost",
            ["SignIn:OpenIdConnect:Tenants:1"] = "region-vest",
            ["SignIn:OpenIdConnect:Roles:leadership"] = "urn:programme:leader",
            ["SignIn:OpenIdConnect:Roles:secretariat:0"] = "programme-secretary",
            ["SignIn:OpenIdConnect:Roles:secretariat:1"] = "programme-assistant",
            ["SignIn:OpenIdConnect:Roles:municipality"] = "programme-municipality",
        };
        foreach (var (key, value) in more)
            settings[key] = value;
        return new(new Site { Environment = "Production", Settings = settings });
    }

    public HttpClient Browser() => Process.CreateClient(new() { AllowAutoRedirect = false, BaseAddress = new(Address) });

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        await _site.DisposeAsync();
    }
}

/// <summary>All that a process logs, with what it would print of exceptions.</summary>
public sealed class Log : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyList<string> Lines => [.. _lines];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue($"{logLevel}: {formatter(state, exception)} {exception}");

    public void Dispose()
    {
    }
}
