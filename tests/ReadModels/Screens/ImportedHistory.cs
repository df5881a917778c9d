using HousingBank.Support;

namespace HousingBank.ReadModels.Tests.Screens;

/// <summary>Databases with the demo sources imported: the real programme as far as the interim report of December 2010 tells it.</summary>
public sealed class ImportedHistory(TestServer server) : IAsyncLifetime
{
    /// <summary>For tests that only read.</summary>
    public Screens Shared { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Shared = await CopyAsync();

    /// <summary>For a test that writes.</summary>
    public async Task<Screens> CopyAsync() => new(await server.CopyOfAsync("imported", DemoHistory.LoadAsync, TestContext.Current.CancellationToken));

    public ValueTask DisposeAsync() => Shared.DisposeAsync();
}
