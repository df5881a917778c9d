using Npgsql;
using static HousingBank.Store.Sql;

namespace HousingBank.Store.Seals;

/// <summary>Looks whether the tables of the log are those that this program knows, and still protected.</summary>
internal static class TableCheck
{
    /// <summary>The tables of the log with their columns, as PostgreSQL writes them.</summary>
    private static readonly Dictionary<string, string[]> s_columns = new()
    {
        ["events"] = CanonicalEvent.Columns,
        ["streams"] = ["tenant text", "stream text", "version integer", "recorded_at timestamp with time zone"],
        ["ordinals"] = ["ordinal bigint", "transaction xid8", "position bigint"],
        ["attachments"] = ["tenant text", "sha256 text", "content bytea", "stored_at timestamp with time zone default clock_timestamp()"],
        ["seals"] =
        [
            "number bigint", "form integer", "first_ordinal bigint", "last_ordinal bigint", "leaves bytea", "root bytea", "previous bytea",
            "sealed_at timestamp with time zone", "hash bytea", "tree bytea", "key text", "signature bytea",
        ],
        ["numbering"] =
        [
            "the_only boolean default true", "proposed timestamp with time zone default '-infinity'::timestamp with time zone", "boundary xid8",
            "settled timestamp with time zone default '-infinity'::timestamp with time zone", "last_ordinal bigint default 0", "last_transaction xid8 default '0'::xid8",
            "last_position bigint default 0", "system_identifier bigint", "restored_up_to bigint default 0", "server_started_at timestamp with time zone",
            "lease_owner uuid", "lease_until timestamp with time zone default '-infinity'::timestamp with time zone", "tables text default ''::text", "swaps bigint default 0",
        ],
        ["receipts"] = ["tenant text", "actor text", "command_id uuid", "request_hash bytea", "answer jsonb", "recorded_at timestamp with time zone"],
        ["carried_over"] = ["tenant text", "stream text", "since timestamp with time zone"],
    };

    private static readonly string[] s_log = [.. s_columns.Keys];

    private static readonly string[] s_ofTenants = ["events", "streams", "attachments", "receipts", "carried_over"];

    private static readonly string[] s_readWhole = ["events", "streams", "attachments", "carried_over"];

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
        findings.AddRange(await ColumnsAsync(source, cancel));
        findings.AddRange((await ListAsync(
            source,
            """
            select t.name || case
                     when c.relkind is distinct from 'r' then ' is no table of its own'
                     when i.inhrelid is not null then ' has rows in another table, which inherits from it'
                     when g.tgname is not null then ' has a trigger: ' || g.tgname
                     when r.rulename is not null then ' has a rule: ' || r.rulename
                     when c.relpersistence <> 'p' then ' is not kept when the server crashes'
                     else ' belongs to another role than programme_owner: ' || pg_get_userbyid(c.relowner) end
              from unnest($1) t (name)
              left join pg_class c on c.relname = t.name and c.relnamespace = 'store'::regnamespace
              left join pg_inherits i on i.inhparent = c.oid
              left join pg_trigger g on g.tgrelid = c.oid and (not g.tgisinternal or g.tgfoid >= 16384)
              left join pg_rewrite r on r.ev_class = c.oid
             where c.relkind is distinct from 'r' or i.inhrelid is not null or g.tgname is not null or r.rulename is not null
                or c.relpersistence <> 'p' or pg_get_userbyid(c.relowner) <> 'programme_owner'
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
        findings.AddRange(await OwnCodeAsync(source, cancel));
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

    private static async Task<IEnumerable<Finding>> ColumnsAsync(NpgsqlDataSource source, CancellationToken cancel)
    {
        var found = await ListAsync(
            source,
            """
            select concat(c.relname, ' ', a.attname, ' ', format_type(a.atttypid, a.atttypmod), case when a.attgenerated <> '' then ' generated' end,
                          case when a.attcollation <> t.typcollation then format(' collate %I', l.collname) end, ' default ' || pg_get_expr(d.adbin, d.adrelid))
              from pg_class c
              join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
              join pg_type t on t.oid = a.atttypid
              left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
              left join pg_collation l on l.oid = a.attcollation
             where c.relnamespace = 'store'::regnamespace and c.relkind = 'r' and c.relname = any ($1)
             order by c.relname, a.attnum
            """,
            cancel,
            Texts(s_log));
        var there = found.Select(c => c.Split(' ', 2)).GroupBy(c => c[0], c => c[1]);
        return there.Select(t => (Table: t.Key, Other: t.Except(s_columns[t.Key]).Concat(s_columns[t.Key].Except(t)).ToList())).Where(t => t.Other.Count > 0)
            .Select(t => Finding.About($"store.{t.Table} has other columns than this program knows: {string.Join(", ", t.Other)}"));
    }

    /// <summary>
    /// Functions of the database that PostgreSQL calls by itself when a table is read, already while it plans how: each could answer in another's place, or lead
    /// the connection to others. The schema needs none. What is PostgreSQL's own has a number below 16384.
    /// </summary>
    private static async Task<IEnumerable<Finding>> OwnCodeAsync(NpgsqlDataSource source, CancellationToken cancel) => (await ListAsync(
        source,
        """
        select format('%s.%s has %s that calls a function of the database: %s', n.nspname, c.relname, x.kind, x.name)
          from (select i.indrelid, 'an index', format('%s', i.indexrelid::regclass), concat(i.indexprs, i.indpred, ' :opclass ', i.indclass, ' :collation ', i.indcollation) from pg_index i
                union all select s.stxrelid, 'statistics', format('%s', s.stxname), format('%s', s.stxexprs) from pg_statistic_ext s
                union all select k.conrelid, 'a constraint', format('%s', k.conname), format('%s', k.conbin) from pg_constraint k
                union all select p.polrelid, 'a policy', format('%s', p.polname), concat(p.polqual, p.polwithcheck) from pg_policy p
                union all select d.adrelid, 'a default', format('of column %s', d.adnum), format('%s', d.adbin) from pg_attrdef d) x (relation, kind, name, tree)
          join pg_class c on c.oid = x.relation
          join pg_namespace n on n.oid = c.relnamespace
         where n.nspname in ('store', 'tables')
           and exists (
             select from regexp_matches(x.tree, ':(?:funcid|opfuncid|opno|opnos [(]o|eqop|sortop|aggfnoid|winfnoid|resulttype|consttype|vartype|elemtype|funcresulttype|opresulttype|opclass|collation) ([0-9 ]+)', 'g') m,
                         string_to_table(btrim(m[1]), ' ') number
              where int8in(textout(number)) >= 16384)
         union all
        select format('the event trigger %s runs functions of the database whenever something is done to it', t.evtname) from pg_event_trigger t where t.evtenabled <> 'D'
         union all
        select format('the schema store belongs to another role than programme_owner: %s', pg_get_userbyid(n.nspowner)) from pg_namespace n
         where n.nspname = 'store' and pg_get_userbyid(n.nspowner) <> 'programme_owner'
        """,
        cancel)).Select(Finding.About);

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
