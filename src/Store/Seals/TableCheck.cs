using Npgsql;
using static HousingBank.Store.Sql;

namespace HousingBank.Store.Seals;

/// <summary>Looks whether the tables of the log are those that this program knows, and still protected.</summary>
internal static class TableCheck
{
    private static readonly string[] s_log = ["events", "streams", "ordinals", "attachments", "seals", "numbering", "receipts"];

    private static readonly string[] s_ofTenants = ["events", "streams", "attachments", "receipts"];

    private static readonly string[] s_readWhole = ["events", "streams", "attachments"];

    /// <summary>The policies that <c>store.protect</c> makes, as PostgreSQL writes them.</summary>
    private static readonly string[] s_protection =
    [
        """readable r programme_app,programme_reader using (tenant = ANY (( SELECT (NULLIF(current_setting('store.readable'::text, true), ''::text))::text[] AS "nullif")::text[]))""",
        "own r programme_owner using (tenant = current_setting('store.tenant'::text, true))",
        "added a public check (tenant = current_setting('store.tenant'::text, true))",
        "changed w public using (tenant = current_setting('store.tenant'::text, true))",
        "whole_log r programme_numbering,programme_subscriber using true",
        "rebuilt * programme_rebuild using true check true",
    ];

    private const string Sealed = "sealed r programme_sealer using true";

    public static async Task<List<Finding>> RunAsync(NpgsqlDataSource source, CancellationToken cancel)
    {
        var findings = new List<Finding>();
        var columns = await ListAsync(
            source,
            """
            select a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || case when a.attgenerated <> '' then ' generated' else '' end
                   || case when a.attcollation <> t.typcollation then format(' collate %I', c.collname) else '' end || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')
              from pg_attribute a
              join pg_type t on t.oid = a.atttypid
              left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
              left join pg_collation c on c.oid = a.attcollation
             where a.attrelid = 'store.events'::regclass and a.attnum > 0 and not a.attisdropped
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
            select t.name || case
                     when c.relkind is distinct from 'r' then ' is no table of its own'
                     when i.inhrelid is not null then ' has rows in another table, which inherits from it'
                     when g.tgname is not null then ' has a trigger: ' || g.tgname
                     else ' has a rule: ' || r.rulename end
              from unnest($1) t (name)
              left join pg_class c on c.relname = t.name and c.relnamespace = 'store'::regnamespace
              left join pg_inherits i on i.inhparent = c.oid
              left join pg_trigger g on g.tgrelid = c.oid and not g.tgisinternal
              left join pg_rewrite r on r.ev_class = c.oid
             where c.relkind is distinct from 'r' or i.inhrelid is not null or g.tgname is not null or r.rulename is not null
             order by t.name
            """,
            cancel,
            Texts(s_log))).Select(w => Finding.About("store." + w)));
        findings.AddRange((await ListAsync(
            source,
            """
            select c.relname || case when c.relname <> all ($2) then ' is under row-level security, which may hide rows' else ' is no longer under row-level security' end
              from pg_class c
             where c.relnamespace = 'store'::regnamespace and c.relname = any ($1) and case when c.relname = any ($2) then not (c.relrowsecurity and c.relforcerowsecurity) else c.relrowsecurity end
            """,
            cancel,
            Texts(s_log), Texts(s_ofTenants))).Select(w => Finding.About("store." + w)));
        findings.AddRange(await PoliciesAsync(source, cancel));
        findings.AddRange((await ListAsync(
            source,
            """
            select t.name from unnest($1) t (name)
             where has_table_privilege('programme_app', 'store.' || t.name, 'delete, truncate') or has_any_column_privilege('programme_app', 'store.' || t.name, 'update')
            """,
            cancel,
            Texts(s_log))).Select(t => Finding.About($"the application's role may change or remove rows of store.{t}")));
        return findings;
    }

    /// <summary>Rows that a policy hides from whoever verifies are not looked at, and whoever may read more than before has the rows of others.</summary>
    private static async Task<IEnumerable<Finding>> PoliciesAsync(NpgsqlDataSource source, CancellationToken cancel)
    {
        var found = await ListAsync(
            source,
            """
            select concat(c.relname, ' ', p.polname, ' ', p.polcmd, case when p.polpermissive then ' ' else ' restrictive ' end,
                          (select string_agg(coalesce(r.rolname, 'public'), ',' order by r.rolname) from unnest(p.polroles) u (role) left join pg_roles r on r.oid = u.role),
                          ' using ' || pg_get_expr(p.polqual, p.polrelid), ' check ' || pg_get_expr(p.polwithcheck, p.polrelid))
              from pg_policy p
              join pg_class c on c.oid = p.polrelid
             where c.relnamespace = 'store'::regnamespace and c.relname = any ($1)
             order by c.relname, p.polname
            """,
            cancel,
            Texts(s_log));
        var expected = s_ofTenants.SelectMany(t => s_protection.Select(p => $"{t} {p}")).Concat(s_readWhole.Select(t => $"{t} {Sealed}")).ToList();
        return found.Except(expected).Concat(expected.Except(found)).Select(p => p.Split(' ', 3)).GroupBy(p => p[0], p => p[1])
            .Select(t => Finding.About($"store.{t.Key} is under other policies than this program knows: {string.Join(", ", t.Distinct())}"));
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
