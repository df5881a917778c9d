-- Puts a table with a column "tenant" under row-level security, its owner included.
-- A transaction says whose rows it may read (store.readable, a text array) and add or change (store.tenant);
-- both settings end with the transaction, and without them there is not one row. The owner's functions, which write for the application, read their tenant only.
-- Programs that follow the whole log read every tenant; a rebuild also writes every tenant. What a role may do at all is said by its privileges.
create function store.protect(target regclass) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  -- The sub-select makes the setting be read once for each statement instead of once for each row.
  execute format(
    'create policy readable on %s for select to programme_app, programme_reader using (tenant = any ((select nullif(current_setting(''store.readable'', true), '''')::text[])::text[]))',
    target);
  execute format('create policy own on %s for select to programme_owner using (tenant = current_setting(''store.tenant'', true))', target);
  execute format('create policy added on %s for insert with check (tenant = current_setting(''store.tenant'', true))', target);
  execute format('create policy changed on %s for update using (tenant = current_setting(''store.tenant'', true))', target);
  execute format('create policy whole_log on %s for select to programme_numbering, programme_subscriber using (true)', target);
  execute format('create policy rebuilt on %s to programme_rebuild using (true) with check (true)', target);
end
$$;
