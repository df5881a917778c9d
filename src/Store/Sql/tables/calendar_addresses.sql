-- Secret addresses at which calendars fetch the due dates of whoever made them. One is found before its tenant is known, as service tokens are.
create table access.calendar_addresses (
  id           uuid primary key,
  secret_hash  bytea not null unique check (octet_length(secret_hash) = 32),  -- SHA-256; the secret itself is kept nowhere
  owner        text not null,                                                 -- actor who made it
  role         text not null,                                                 -- the owner's, when it was made
  tenant       text not null,
  municipality text,
  language     text not null,                                                 -- of what the calendar says
  made_at      timestamptz not null default clock_timestamp(),
  expires_at   timestamptz not null,
  revoked_at   timestamptz
);

-- Nobody has two that stand.
create unique index calendar_address_of_owner on access.calendar_addresses (owner) where revoked_at is null;
