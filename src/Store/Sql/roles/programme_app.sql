-- The web process and commands: reads, and adds through the functions. Changes and removes nothing in the history.
-- Roles belong to the cluster: another database may have made this one, perhaps at this moment.
do $$
begin
  create role programme_app nologin nosuperuser nobypassrls;
exception
  when duplicate_object or unique_violation then null;
end
$$;
