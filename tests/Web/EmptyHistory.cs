using HousingBank.Support;

namespace HousingBank.Web.Tests;

/// <summary>A database with schema and tables, as the operator makes them, and no history in it.</summary>
internal static class EmptyHistory
{
    /// <returns>The connection string of a copy, as superuser.</returns>
    public static Task<string> CopyAsync(TestServer server) => server.CopyOfAsync("empty_history", connection => DemoHistory.RunCliAsync(connection, "migrate"));
}
