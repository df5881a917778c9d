-- The migrations that have been run.
create table store.schema_versions (
  version    integer     primary key,
  name       text        not null,
  applied_at timestamptz not null default clock_timestamp()
);
