using Npgsql;
using static HousingBank.Store.Sql;

namespace HousingBank.Store;

/// <summary>What of a table in the schema <c>tables</c> is otherwise than this program makes it: readers are answered by its form as well as by its rows.</summary>
internal static class TableForm
{
    /// <summary>In what a table, $1, differs, and whether that may hide its rows from whoever compares them.</summary>
    /// <remarks>
    /// It should have the columns $2, and nobody but its owner a privilege beside reading that is not among $3. In use, $4, its policies should be those of
    /// store.receipts, which are compared with what this program knows when the log is verified, and the view $5 should show its columns, $6, and nothing else:
    /// before version 16 PostgreSQL writes the table before each of them.
    /// </remarks>
    private const string Differences = """
        with looked_at as (
          select * from pg_class where relnamespace = to_regnamespace('tables') and relname = $1 and quote_ident($1) = $1),
        columns as (
          select concat(row_number() over (order by a.attnum), ', ', a.attname, ' ', replace(format_type(a.atttypid, a.atttypmod), 'timestamp with time zone', 'timestamptz'),
                        case when a.attcollation <> t.typcollation then concat(' collated by ', l.collname) end,
                        case when a.attgenerated <> '' or a.attidentity <> '' then ' generated' end,
                        ' default ' || pg_get_expr(d.adbin, d.adrelid)) as line, true as is_there
            from looked_at c
            join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            join pg_type t on t.oid = a.atttypid
            left join pg_collation l on l.oid = a.attcollation
            left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
          union all
          select concat(place, ', ', name_and_type), false from unnest($2) with ordinality u (name_and_type, place)),
        policies as (
          select p.polname, p.polcmd, p.polpermissive, (select array_agg(r order by r) from unnest(p.polroles) r) as roles,
                 pg_get_expr(p.polqual, p.polrelid) as used, pg_get_expr(p.polwithcheck, p.polrelid) as checked
            from pg_policy p
           where p.polrelid in (select oid from looked_at) or $4 and p.polrelid = to_regclass('store.receipts')),
        privileges as (
          select x.* from looked_at c, aclexplode(c.relacl) x where x.grantee <> c.relowner
          union
          select x.* from looked_at c join pg_attribute a on a.attrelid = c.oid, aclexplode(a.attacl) x where x.grantee <> c.relowner)
        select 'is no table of its own', true where not exists (select from looked_at where relkind = 'r')
        union all
        select 'has rows in another table, which inherits from it', true where exists (select from pg_inherits where inhparent in (select oid from looked_at))
        union all
        select 'inherits from another table', false where exists (select from pg_inherits where inhrelid in (select oid from looked_at))
        union all
        select concat(case when bool_or(is_there) then 'has' else 'lacks' end, ' the column ', line), true from columns group by line having count(*) = 1
        union all
        select case when $4 then 'is no longer under row-level security' else 'is under row-level security, which may hide rows' end, not $4
          from looked_at where case when $4 then not (relrowsecurity and relforcerowsecurity) else relrowsecurity end
        union all
        select distinct concat('is under another policy than it is made with: ', polname), true
          from (select polname from policies group by polname, polcmd, polpermissive, roles, used, checked having count(*) <> case when $4 then 2 else 0 end) other
        union all
        select concat('has a trigger: ', tgname), false from pg_trigger where tgrelid in (select oid from looked_at)
        union all
        select concat('has a rule: ', rulename), false from pg_rewrite where ev_class in (select oid from looked_at where relkind = 'r')
        union all
        select concat('belongs to ', pg_get_userbyid(relowner)), false from looked_at where pg_get_userbyid(relowner) <> 'programme_owner'
        union all
        select concat('gives ', grantee, ' the privilege ', privilege_type), false
          from (select coalesce(r.rolname, 'everybody') as grantee, p.privilege_type from privileges p left join pg_roles r on r.oid = p.grantee) given
         where privilege_type <> 'SELECT' and concat(grantee, ' ', privilege_type) <> all ($3)
        union all
        select concat('is not what read.', $5, ' shows'), false
         where $5 is not null and not exists (
           select from pg_class v
            where v.relnamespace = to_regnamespace('read') and v.relname = $5 and v.relkind = 'v' and v.reloptions = array['security_invoker=true']
              and replace(regexp_replace(pg_get_viewdef(v.oid), '\s+', ' ', 'g'), concat($1, '.'), '')
                  = format(' SELECT %s FROM tables.%s;', (select string_agg(quote_ident(name), ', ' order by place) from unnest($6) with ordinality u (name, place)), $1))
         order by 1
        """;

    private static readonly string[] s_registry =
        ["name text", "version integer", "physical text", "columns text[]", "shape text", "rebuilt_at timestamptz default clock_timestamp()"];

    private static readonly string[] s_rebuilds =
    [
        "name text", "version integer", "physical text", "shape text", "from_snapshot pg_snapshot",
        "to_tenant text default ''::text", "to_stream text default ''::text", "is_filled boolean default false",
    ];

    /// <summary>Of the tables that say where the others are.</summary>
    public static async Task<List<Difference>> OfRegistryAsync(NpgsqlDataSource source, CancellationToken cancel) =>
    [
        .. await FindAsync(source, "registry", s_registry, [], null, cancel),
        .. await FindAsync(source, "rebuilds", s_rebuilds, ["programme_rebuild UPDATE"], null, cancel),
    ];

    public static Task<List<Difference>> OfFilledAsync(NpgsqlDataSource source, TableSql sql, string physical, CancellationToken cancel) =>
        FindAsync(source, physical, sql.Columns, ["programme_rebuild INSERT", "programme_rebuild DELETE"], null, cancel);

    public static Task<List<Difference>> OfInUseAsync(NpgsqlDataSource source, TableSql sql, string physical, CancellationToken cancel) =>
        FindAsync(source, physical, sql.Columns, ["programme_import INSERT"], sql, cancel);

    /// <param name="inUse">What the table is in use as; null when it is not under row-level security and no view shows it.</param>
    private static async Task<List<Difference>> FindAsync(
        NpgsqlDataSource source, string table, IReadOnlyList<string> columns, IReadOnlyList<string> privileges, TableSql? inUse, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(Differences);
        command.Parameters.Add(Text(table));
        command.Parameters.Add(Texts(columns));
        command.Parameters.Add(Texts(privileges));
        command.Parameters.Add(new() { Value = inUse is not null });
        command.Parameters.Add(Text(inUse?.Table.Name));
        command.Parameters.Add(Texts(inUse?.Columns.Select(c => c.Split(' ')[0]) ?? []));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var found = new List<Difference>();
        while (await reader.ReadAsync(cancel))
            found.Add(new($"tables.{table} {reader.GetString(0)}", reader.GetBoolean(1)));
        return found;
    }

    /// <param name="HidesRows">Whoever compares may not see the rows that readers see.</param>
    public sealed record Difference(string What, bool HidesRows);
}
