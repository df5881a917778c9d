using HousingBank.Processes;
using HousingBank.ReadModels;
using HousingBank.Store;
using HousingBank.Support;

namespace HousingBank.Web.Tests;

/// <summary>A database with schema and tables, and no history in it.</summary>
internal static class EmptyHistory
{
    /// <returns>The connection string of a copy, as superuser.</returns>
    public static Task<string> CopyAsync(TestServer server) => server.CopyOfAsync("empty_history", MakeAsync);

    private static async Task MakeAsync(string connection)
    {
        await new SchemaMigrator(connection).MigrateAsync(_ => { }, CancellationToken.None);
        await new TableBuilder(connection, new TwoClockTables(ReadModelTables.All), FactCodec.OfDomain()).BuildAsync(_ => { }, CancellationToken.None);
    }
}
