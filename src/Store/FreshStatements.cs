using Npgsql;

namespace HousingBank.Store;

/// <summary>Asks again on new connections when the one that was used has forgotten its statements.</summary>
/// <remarks>
/// A batch that fails or is broken off while the rows of one statement are read leaves the later ones, if they were to be prepared by it, as prepared in
/// Npgsql 10.0.0 although PostgreSQL never came to them. That connection then answers those statements with state 26000 for as long as it lives.
/// </remarks>
public static class FreshStatements
{
    /// <param name="ask">One batch or one command: failing so has undone all of it, so that writing is repeated safely too.</param>
    public static async Task<T> AskAsync<T>(this NpgsqlDataSource source, Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InvalidSqlStatementName)
        {
            source.Clear();
            return await ask();
        }
    }
}
