-- Owns every object and runs what the others may not do themselves. Nobody logs in as it; row-level security binds it too.
-- Roles belong to the cluster: another database may have made this one, perhaps at this moment.
do $$
begin
  create role programme_owner nologin nosuperuser nobypassrls;
exception
  when duplicate_object or unique_violation then null;
end
$$;
