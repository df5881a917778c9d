-- The answer to each accepted command, kept as long as the events: the same command again gets it again.
create table store.receipts (
  tenant       text        not null,
  actor        text        not null,
  command_id   uuid        not null,
  request_hash bytea       not null,
  answer       jsonb       not null,
  recorded_at  timestamptz not null,
  primary key (tenant, actor, command_id)
);
