-- Answers of the sign-in provider that have been used: none is good twice, whichever web process it comes to. Rows are forgotten when their attempt has run out.
create table access.used_sign_ins (
  state_hash bytea primary key check (octet_length(state_hash) = 32),  -- SHA-256
  used_at    timestamptz not null default clock_timestamp()
);

create index used_sign_ins_by_age on access.used_sign_ins (used_at);
