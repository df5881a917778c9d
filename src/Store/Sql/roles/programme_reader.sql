-- For tools that read the views: reports, business intelligence. A login is granted it by the operator, who also says whose rows it sees:
--   alter role some_login set store.readable = '{region-ost,national}'
-- Roles belong to the cluster: another database may have made this one, perhaps at this moment.
do $$
begin
  create role programme_reader nologin nosuperuser nobypassrls;
exception
  when duplicate_object or unique_violation then null;
end
$$;
