-- Sign-ins that were ended by signing out, until their cookies would have run out anyway.
create table access.ended_sign_ins (
  id       uuid primary key,
  ended_at timestamptz not null default clock_timestamp()
);

create index ended_sign_ins_by_age on access.ended_sign_ins (ended_at);
