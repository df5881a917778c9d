using HousingBank.Cli.Importing;
using HousingBank.Cli.Sources;
using HousingBank.Cli.Terminal;
using HousingBank.Processes;
using HousingBank.Store;
using HousingBank.Support;

namespace HousingBank.ReadModels.Tests.Screens;

/// <summary>Databases with the demo sources imported: the real programme as far as the interim report of December 2010 tells it.</summary>
public sealed class ImportedHistory(TestServer server) : IAsyncLifetime
{
    /// <summary>For tests that only read.</summary>
    public Screens Shared { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Shared = await CopyAsync();

    /// <summary>For a test that writes.</summary>
    public async Task<Screens> CopyAsync() => new(await server.CopyOfAsync("imported", ImportAsync, TestContext.Current.CancellationToken));

    public ValueTask DisposeAsync() => Shared.DisposeAsync();

    private static async Task ImportAsync(string connectionString)
    {
        var cancel = TestContext.Current.CancellationToken;
        await new SchemaMigrator(connectionString).MigrateAsync(_ => { }, cancel);
        await new TableBuilder(connectionString, new TwoClockTables(ReadModelTables.All), FactCodec.OfDomain()).BuildAsync(_ => { }, cancel);
        var demo = Path.Combine(Checkout.Root, "ops", "demo");
        var sources = await SourceFiles.ReadAsync([new FileInfo(Path.Combine(demo, "municipalities.csv")), new FileInfo(Path.Combine(demo, "boso-ost-2009-2010.json"))], cancel);
        await using var screens = new Screens(connectionString);
        var summary = await new ImportRun(screens.Desk, new Progress(TextWriter.Null, rewriting: false, TimeProvider.System)).RunAsync(ImportPlan.Of(sources, Screens.Tenant), cancel);
        summary.NotImported.ShouldBeEmpty();
    }
}
