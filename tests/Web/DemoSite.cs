using HousingBank.Support;

namespace HousingBank.Web.Tests;

/// <summary>The web process on a database of its own with the demo history.</summary>
public sealed class DemoSite(TestServer server) : IAsyncLifetime
{
    public Site Site { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var connection = await server.CopyOfAsync("demo", DemoHistory.LoadAsync);
        Site = new Site { Settings = new Dictionary<string, string> { ["ConnectionStrings:Programme"] = connection } };
    }

    public async ValueTask DisposeAsync() => await Site.DisposeAsync();
}
