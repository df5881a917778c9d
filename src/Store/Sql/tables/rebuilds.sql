-- Tables that are being filled: where to go on after an interruption.
create table tables.rebuilds (
  name          text        not null,
  version       integer     not null,
  physical      text        not null,             -- name of the table in this schema
  shape         text        not null,             -- as in tables.registry
  from_snapshot pg_snapshot not null,             -- what it shows was there before the filling began; the rest is caught up with
  to_tenant     text        not null default '',  -- the last stream that was filled in
  to_stream     text        not null default '',
  is_filled     boolean     not null default false,
  primary key (name, version)
);
