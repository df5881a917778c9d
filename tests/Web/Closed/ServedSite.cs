using System.Net;
using HousingBank.Support;
using HousingBank.Web.Access;

namespace HousingBank.Web.Tests.Closed;

/// <summary>The web process on a port of its own, as it is in production: limits of the server hold.</summary>
public sealed class ServedSite(TestServer server) : IAsyncLifetime
{
    /// <summary>Seconds: enough for an answer that takes long because the machine is slow.</summary>
    public const int LongestAnswer = 6;

    private readonly Dictionary<HttpClient, CookieContainer> _cookies = [];
    private Site _site = null!;

    public string ConnectionString { get; private set; } = "";

    public Uri Address { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        ConnectionString = await EmptyHistory.CopyAsync(server);
        _site = new Site
        {
            Settings = new Dictionary<string, string>
            {
                ["ConnectionStrings:Programme"] = ConnectionString,
                ["Limits:RequestSeconds"] = $"{LongestAnswer}",
            },
        };
        _site.UseKestrel(0);
        _site.StartServer();
        Address = _site.ClientOptions.BaseAddress;
        using var visitor = new HttpClient { BaseAddress = Address };
        await visitor.ReadyAsync();
    }

    public async Task<HttpClient> SignedInAsync(string person)
    {
        var cookies = new CookieContainer();
        var client = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false }) { BaseAddress = Address };
        _cookies[client] = cookies;
        var answer = await client.PostAsync(SignIn.DemoAddress, Site.Form(await client.PageAsync("/logg-inn"), ("person", person)));
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        return client;
    }

    public string CookieOf(HttpClient client) => _cookies[client].GetCookieHeader(Address);

    public async ValueTask DisposeAsync() => await _site.DisposeAsync();
}
