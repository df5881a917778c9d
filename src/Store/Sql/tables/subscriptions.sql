-- Who follows the log, and how far each has come.
create table store.subscriptions (
  name        text        primary key,
  checkpoint  bigint      not null default 0,  -- ordinal of the last event that was handled or parked
  owner       uuid,                            -- holder of the lease
  epoch       bigint      not null default 0,  -- one more with each new holder; only the newest may move the checkpoint
  lease_until timestamptz not null default '-infinity'
);
