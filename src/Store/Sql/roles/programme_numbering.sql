-- Gives events their ordinals and keeps the settled moment. Reads the log of every tenant.
-- Roles belong to the cluster: another database may have made this one, perhaps at this moment.
do $$
begin
  create role programme_numbering nologin nosuperuser nobypassrls;
exception
  when duplicate_object or unique_violation then null;
end
$$;
