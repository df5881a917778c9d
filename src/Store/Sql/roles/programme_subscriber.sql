-- Follows the log of every tenant by ordinal and keeps its own place in it.
-- Roles belong to the cluster: another database may have made this one, perhaps at this moment.
do $$
begin
  create role programme_subscriber nologin nosuperuser nobypassrls;
exception
  when duplicate_object or unique_violation then null;
end
$$;
