-- Writes the whole numbered history, in the order of the log, in the shape of Marten 9's event tables (string stream
-- identity, one tenant, metadata switched on), in a schema of its own. Nothing of the store is touched.
-- Run it in one transaction, by a login that sees every tenant (the database's superuser), while no program writes:
--   psql --single-transaction --set ON_ERROR_STOP=1 --file ops/marten/move-to-marten.sql …
-- How the Marten side must be set up: docs/how-to/move-to-marten.md.

create schema marten;

create table marten.mt_streams (
  id          varchar     not null constraint pkey_mt_streams_id primary key,
  type        varchar,
  version     bigint,
  timestamp   timestamptz not null default now(),
  created     timestamptz not null default now(),
  tenant_id   varchar     default '*DEFAULT*',
  is_archived boolean     default false
);

create table marten.mt_events (
  seq_id         bigint       not null constraint pkey_mt_events_seq_id primary key,
  id             uuid         not null,
  stream_id      varchar      constraint fkey_mt_events_stream_id references marten.mt_streams (id) on delete cascade,
  version        bigint       not null,
  data           jsonb        not null,
  bdata          bytea,
  type           varchar(500) not null,
  timestamp      timestamptz  not null default now(),
  tenant_id      varchar      default '*DEFAULT*',
  mt_dotnet_type varchar,
  correlation_id varchar,
  causation_id   varchar,
  headers        jsonb,
  user_name      varchar,
  is_archived    boolean      default false
);
create unique index pk_mt_events_stream_and_version on marten.mt_events (stream_id, version);

create sequence marten.mt_events_sequence owned by marten.mt_events.seq_id;

create temporary table log on commit drop as
select
  o.ordinal,
  e.tenant || '/' || e.stream as stream_id,  -- two tenants may use the same name
  e.*
from store.ordinals o
join store.events e using (transaction, position);

insert into marten.mt_streams (id, type, version, timestamp, created)
select
  stream_id,
  -- The aggregate's class as Marten would name it: "round" is kept by IntakeRound.
  replace(split_part(min(stream), '/', 1), '-', '_'),
  max(version),
  max(recorded_at),
  min(recorded_at)
from log
group by stream_id;

insert into marten.mt_events (
  seq_id, id, stream_id, version, data, type, timestamp, mt_dotnet_type, correlation_id, causation_id, headers, user_name)
select
  ordinal,
  md5(stream_id || '/' || version)::uuid,   -- the same event gets the same id whenever the script is run
  stream_id,
  version,
  body,
  replace(type, '-', '_'),
  recorded_at,
  null,                                     -- found by the alias: the reading store registers the types
  correlation::text,
  command_id::text,
  -- What Marten has no column for: the first clock, the grounds, the version of the body's shape, what was replaced.
  jsonb_strip_nulls(jsonb_build_object(
    'tenant', tenant,
    'typeVersion', type_version,
    'effectiveOn', effective_on,
    'effectiveFirst', effective_first,
    'effectiveLast', effective_last,
    'precision', precision,
    'assumedBecause', assumed_because,
    'role', role,
    'decidedBy', decided_by,
    'basisKind', basis_kind,
    'basis', basis,
    'entryReason', entry_reason,
    'notDocumented', to_jsonb(not_documented),
    'replaces', replaces)),
  actor
from log
order by ordinal;

-- Marten draws the next number from here: it must never be behind.
select setval('marten.mt_events_sequence', coalesce(max(seq_id), 1), count(*) > 0) from marten.mt_events;
