-- Sign-ins as they began, for whoever they are of to see and to end. Rows are forgotten when their cookies have run out.
create table access.sign_ins (
  id         uuid primary key,
  person     text not null,                                      -- actor who signed in
  tenant     text not null,
  browser    text,                                               -- "Firefox"; never all that the browser says of itself, nor its address
  system     text,                                               -- "Linux"
  began_at   timestamptz not null default clock_timestamp(),
  good_until timestamptz not null
);

create index sign_ins_of_person on access.sign_ins (person, began_at);
create index sign_ins_by_age on access.sign_ins (good_until);
