-- What writes for the application looks at its own tenant and at no other. That is a policy of its own: the one for all tenants that a transaction may read costs
-- each statement of a writer a question more. Made a way in for writers too, as 0020 had.
set local role programme_owner;
do $$
declare
  target regclass;
begin
  for target in select polrelid from pg_policy where polname = 'readable' loop
    execute format('alter policy readable on %s to programme_app, programme_reader', target);
    execute format('drop policy if exists own on %s', target);
    execute format('create policy own on %s for select to programme_owner using (tenant = current_setting(''store.tenant'', true))', target);
  end loop;
end
$$;
drop function store.protect(regclass);
\ir ../functions/protect.sql
