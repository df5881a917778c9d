-- Who had what is sealed about persons opened: a row for each time, with all whose it was. It names nobody, and the application only adds.
create table store.person_readings (
  tenant  text        not null,
  reading bigint      generated always as identity primary key,
  read_at timestamptz not null default clock_timestamp(),
  actor   text        not null,                                    -- a reference, as events keep it
  owner   text,                                                    -- whose token it was; null for a person
  role    text        not null,
  route   text        not null,                                    -- as the program names it: "/personer/{Person:guid}"
  persons uuid[]      not null check (cardinality(persons) > 0)    -- references: what stands in events, and stays when a person is erased
);

create index person_readings_by_moment on store.person_readings (tenant, read_at);
create index person_readings_of_person on store.person_readings using gin (persons);
