-- Tells readers and writers which tables are in use from now on.
create function tables.renew_edition() returns void
language sql
set search_path = pg_catalog, pg_temp
as $$
  update tables.edition
     set tables = coalesce((select string_agg(r.name || ':' || r.version, ' ' order by r.name collate "C") from tables.registry r), ''),
         swaps = swaps + 1;
$$;
