-- One row: how far the log is numbered, and up to which moment it is settled.
create table store.numbering (
  the_only          boolean     primary key default true check (the_only),
  proposed          timestamptz not null default '-infinity',  -- every write that sees it takes a later moment
  boundary          xid8,                                      -- the first transaction sure to have seen it; null until known
  settled           timestamptz not null default '-infinity',  -- nothing can commit at or before it any more
  last_ordinal      bigint      not null default 0,
  last_transaction  xid8        not null default '0',
  last_position     bigint      not null default 0,
  system_identifier bigint      not null,                      -- of the cluster that gave the transaction numbers after restored_up_to
  restored_up_to    bigint      not null default 0,            -- events up to this position were written in an earlier cluster
  server_started_at timestamptz not null,                      -- of the server whose identifier was last compared
  lease_owner       uuid,
  lease_until       timestamptz not null default '-infinity'
) with (fillfactor = 10);

insert into store.numbering (system_identifier, server_started_at)
select system_identifier, pg_postmaster_start_time() from pg_control_system();
