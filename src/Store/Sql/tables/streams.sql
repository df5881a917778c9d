-- One row for each stream: what a write is guarded by.
create table store.streams (
  tenant      text        not null,
  stream      text        not null check (position('/' in stream) > 1),  -- kind/id
  version     integer     not null check (version > 0),                   -- of its last event
  recorded_at timestamptz not null,                                       -- of its last event
  primary key (tenant, stream)
) with (fillfactor = 85);
