-- What has happened. Rows are added by the functions that write and never change.
create table store.events (
  position        bigint      not null generated always as identity,  -- order of insertion, which is not the order of commits
  tenant          text        not null,
  stream          text        not null,
  version         integer     not null check (version > 0),           -- 1, 2, 3 … within the stream
  type            text        not null,
  type_version    integer     not null,                               -- of the shape of the body
  body            jsonb       not null,
  effective_on    date        not null,                               -- first clock: the day that folds and questions use
  effective_first date        not null,                               -- the earliest day it can have been
  effective_last  date        not null,                               -- the latest
  precision       text        not null,
  assumed_because text,                                               -- null when the source gives the day
  recorded_at     timestamptz not null,                               -- second clock: one moment for each transaction
  transaction     xid8        not null,                               -- (transaction, position) is the order of the log
  actor           text        not null,                               -- a reference, never a name
  role            text        not null,
  decided_by      text,
  basis_kind      text        not null,
  basis           text,
  entry_reason    text,
  not_documented  text[]      not null,
  looked_at       jsonb       not null,                               -- stream: version, for each that the decision looked at
  replaces        integer     check (replaces < version),
  command_id      uuid        not null,
  correlation     uuid        not null,
  salt            bytea       not null default uuid_send(gen_random_uuid()),
  check (effective_first <= effective_on and effective_on <= effective_last),
  primary key (tenant, stream, version)
);

-- For numbering, and from an ordinal to its event.
create unique index events_in_log_order on store.events (transaction, position);

-- For the decision log of a tenant, newest first.
create index events_of_tenant_by_moment on store.events (tenant, recorded_at, position);
