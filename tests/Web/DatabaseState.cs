using HousingBank.Support;
using Npgsql;

namespace HousingBank.Web.Tests;

/// <summary>All that requests can change in a database, as one figure for each table: what a refused request must leave as it was.</summary>
public static class DatabaseState
{
    // Written in the background, by whoever starts a process, or of who has read what.
    private static readonly string[] NotByRequests =
        ["ordinals", "numbering", "subscriptions", "edition", "registry", "rebuilds", "schema_versions", "data_protection_keys", "seals", "person_readings"];

    /// <summary>Taken when the running program has followed the log to its end: what follows from earlier decisions leaves receipts.</summary>
    /// <returns>"schema.table count hash" for each table.</returns>
    public static async Task<string> OfAsync(NpgsqlDataSource source)
    {
        await FollowedAsync(source);
        var tables = new List<string>();
        await using (var command = source.CreateCommand("select schemaname || '.' || tablename from pg_tables where schemaname in ('store', 'tables', 'access') and not tablename = any($1) order by 1"))
        {
            command.Parameters.Add(new() { Value = NotByRequests });
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                tables.Add(reader.GetString(0));
        }

        await using var figures = source.CreateCommand(string.Join(" union all ", tables.Select(t => $"select '{t} ' || count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) from {t} t")));
        await using var rows = await figures.ExecuteReaderAsync();
        var state = new List<string>();
        while (await rows.ReadAsync())
            state.Add(rows.GetString(0));
        return string.Join('\n', state);
    }

    /// <summary>Until every event has its ordinal, what follows from it has followed, and there is a settled moment: a program begins with all that after its first pages.</summary>
    public static async Task FollowedAsync(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand(
            """
            select n.last_ordinal = (select count(*) from store.events) and isfinite(n.settled)
               and exists (select from store.subscriptions) and not exists (select from store.subscriptions s where s.checkpoint < n.last_ordinal)
              from store.numbering n
            """);
        await Until.HoldsAsync("the log is followed to its end", async () => (bool)(await command.ExecuteScalarAsync())!);
    }
}
