-- What is attached to events, as ciphertext, under its own hash. Rows are only added, each before the event that names it.
create table store.attachments (
  tenant    text        not null,
  sha256    text        not null check (sha256 = encode(sha256(content), 'hex')),
  content   bytea       not null,
  stored_at timestamptz not null default clock_timestamp(),
  primary key (tenant, sha256)
);

-- Ciphertext does not get smaller by compressing.
alter table store.attachments alter column content set storage external;
