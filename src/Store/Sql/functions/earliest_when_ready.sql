-- The earliest moment that a write may have, for one that has not found everything as it must be: something of it is in the way and raised (HB003, HB004 or what
-- store.check_ready says), or numbering has not noted yet that the server was started, which is in nobody's way.
create or replace function store.earliest_when_ready(known_tables text) returns timestamptz
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  perform store.check_ready();
  perform tables.hold(known_tables);
  return (select n.proposed + interval '1 microsecond' from store.numbering n);
end
$$;
