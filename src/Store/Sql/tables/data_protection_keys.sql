-- The keys that protect cookies and form tokens, shared by all web processes.
create table access.data_protection_keys (
  name    text primary key,
  xml     text not null,
  made_at timestamptz not null default clock_timestamp()
);
