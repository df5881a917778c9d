-- Tokens by which programs come in. A token is found before its tenant is known: no row-level security, and nobody reads another's by name.
create table access.service_tokens (
  id           uuid primary key,
  secret_hash  bytea not null unique check (octet_length(secret_hash) = 32),  -- SHA-256; the secret itself is kept nowhere
  owner        text not null,                                                 -- actor who made it
  role         text not null,                                                 -- the owner's, when it was made
  tenant       text not null,
  municipality text,
  name         text not null,                                                 -- what the owner calls it
  scopes       text[] not null check (cardinality(scopes) > 0),
  made_at      timestamptz not null default clock_timestamp(),
  expires_at   timestamptz not null,
  revoked_at   timestamptz
);

create index service_tokens_of_owner on access.service_tokens (owner, made_at);
