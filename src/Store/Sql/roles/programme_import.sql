-- As the application, and may carry over recording moments into a tenant that has no other events.
-- Roles belong to the cluster: another database may have made this one, perhaps at this moment.
do $$
begin
  create role programme_import nologin nosuperuser nobypassrls;
exception
  when duplicate_object or unique_violation then null;
end
$$;
