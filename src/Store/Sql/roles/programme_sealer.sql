-- Seals the log, and checks it against the seals. Reads every tenant; adds seals and nothing else.
-- Roles belong to the cluster: another database may have made this one, perhaps at this moment.
do $$
begin
  create role programme_sealer nologin nosuperuser nobypassrls;
exception
  when duplicate_object or unique_violation then null;
end
$$;

-- Whoever migrates can act as it, as with the other roles.
do $$
begin
  if not (select rolsuper from pg_roles where rolname = current_user) then
    execute format('grant programme_sealer to %I', current_user);
  end if;
end
$$;
