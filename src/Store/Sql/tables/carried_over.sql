-- Tenants whose history was recorded elsewhere, or never was, and came with its recording moments: by migration or simulation.
create table store.carried_over (
  tenant text        primary key,
  stream text        not null,  -- holds the one event that was recorded here: that a history is carried over
  since  timestamptz not null   -- its moment; every moment carried over lies before it
);
