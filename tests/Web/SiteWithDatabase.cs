using HousingBank.Support;

namespace HousingBank.Web.Tests;

/// <summary>The web process on a database of its own with an empty history.</summary>
public sealed class SiteWithDatabase(TestServer server) : IAsyncLifetime
{
    private readonly List<Site> _processes = [];

    public string ConnectionString { get; private set; } = "";

    public Site Site { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        ConnectionString = await EmptyHistory.CopyAsync(server);
        Site = NewProcess();
    }

    /// <summary>Another web process on the same database.</summary>
    public Site NewProcess()
    {
        var process = new Site { Settings = new Dictionary<string, string> { ["ConnectionStrings:Programme"] = ConnectionString } };
        _processes.Add(process);
        return process;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
            await process.DisposeAsync();
    }
}
