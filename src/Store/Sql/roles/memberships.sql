-- Whoever migrates can act as each role; a login of its own for the web process is granted programme_app by the operator.
do $$
declare
  name text;
begin
  if not pg_has_role('programme_import', 'programme_app', 'member') then
    grant programme_app to programme_import;
  end if;
  if (select rolsuper from pg_roles where rolname = current_user) then
    return;
  end if;
  foreach name in array array['owner', 'app', 'numbering', 'subscriber', 'import', 'rebuild'] loop
    execute format('grant programme_%s to %I', name, current_user);
  end loop;
end
$$;
