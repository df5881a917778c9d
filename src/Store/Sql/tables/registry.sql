-- The two-clock tables in use.
create table tables.registry (
  name       text        primary key,
  version    integer     not null check (version > 0),  -- of the projection
  physical   text        not null,                      -- name of the table in this schema: <name>_v<version>, with a number when it was built again
  columns    text[]      not null,                      -- of its rows, "name type", in their order
  shape      text        not null,                      -- the same as they were declared: a row of another shape needs another version
  rebuilt_at timestamptz not null default clock_timestamp()
);
