-- Wraps the keys of persons anew when the master key changes, and destroys again what a restored copy brought back. Cannot read what they open.
-- Roles belong to the cluster: another database may have made this one, perhaps at this moment.
do $$
begin
  create role programme_keys nologin nosuperuser nobypassrls;
exception
  when duplicate_object or unique_violation then null;
end
$$;
do $$
begin
  if not (select rolsuper from pg_roles where rolname = current_user) then
    execute format('grant programme_keys to %I', current_user);
  end if;
end
$$;
