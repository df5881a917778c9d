using Npgsql;
using static HousingBank.Store.Sql;

namespace HousingBank.Store.Seals;

/// <summary>Looks whether the tables of the log are those that this program knows, and still protected.</summary>
internal static class TableCheck
{
    private static readonly string[] s_log = ["events", "streams", "ordinals", "attachments", "seals"];

    public static async Task<List<Finding>> RunAsync(NpgsqlDataSource source, CancellationToken cancel)
    {
        var findings = new List<Finding>();
        var columns = await ListAsync(
            source,
            """
            select a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
              from pg_class c
              join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
             where c.oid = 'store.events'::regclass and c.relkind = 'r'
             order by a.attnum
            """,
            cancel);
        if (!columns.Order(StringComparer.Ordinal).SequenceEqual(CanonicalEvent.Columns.Order(StringComparer.Ordinal)))
        {
            var differing = columns.Except(CanonicalEvent.Columns).Concat(CanonicalEvent.Columns.Except(columns)).ToList();
            findings.Add(Finding.About($"store.events has other columns than this program knows: {string.Join(", ", differing)}"));
        }

        findings.AddRange((await ListAsync(
            source,
            """
            select c.relname
              from pg_class c
             where c.relnamespace = 'store'::regnamespace and c.relname in ('events', 'streams', 'attachments', 'receipts')
               and not (c.relrowsecurity and c.relforcerowsecurity)
            """,
            cancel)).Select(t => Finding.About($"store.{t} is no longer under row-level security")));
        findings.AddRange((await ListAsync(
            source,
            """
            select t.name from unnest($1) t (name)
             where has_table_privilege('programme_app', 'store.' || t.name, 'update, delete, truncate')
            """,
            cancel,
            Texts(s_log))).Select(t => Finding.About($"the application's role may change or remove rows of store.{t}")));
        return findings;
    }

    private static async Task<List<string>> ListAsync(NpgsqlDataSource source, string sql, CancellationToken cancel, params NpgsqlParameter[] parameters)
    {
        await using var command = source.CreateCommand(sql);
        command.Parameters.AddRange(parameters);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var list = new List<string>();
        while (await reader.ReadAsync(cancel))
            list.Add(reader.GetString(0));
        return list;
    }
}
