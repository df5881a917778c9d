-- Events that a subscription could not handle, and the later ones of the same stream, which wait behind them.
create table store.parked (
  subscription text        not null references store.subscriptions (name),
  ordinal      bigint      not null references store.ordinals (ordinal),
  tenant       text        not null,
  stream       text        not null,
  reason       text,                            -- what the handler said; null for one that only waits
  attempts     integer     not null default 0,
  parked_at    timestamptz not null default clock_timestamp(),
  retry        boolean     not null default false,
  primary key (subscription, ordinal)
);

create index parked_by_stream on store.parked (subscription, tenant, stream, ordinal);
