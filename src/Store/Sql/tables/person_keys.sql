-- A key for each person, and for each case with free text or files. What is sealed under it stands in events and attachments as ciphertext;
-- without the key nobody reads it, wherever copies of it are.
create table store.person_keys (
  tenant      text        not null,
  person      uuid        not null,
  kind        text        not null check (kind in ('person', 'case')),
  wrapped_key bytea,                                              -- encrypted under a master key that the database never sees; null once erased
  master_key  text,                                               -- the id of that master key
  made_at     timestamptz not null default clock_timestamp(),
  erased_at   timestamptz,
  erased_by   text,                                               -- the actor of the erasure's event
  primary key (tenant, person),
  check ((wrapped_key is null) = (erased_at is not null)),
  check ((wrapped_key is null) = (master_key is null)),
  check ((erased_at is null) = (erased_by is null))
);
select store.protect('store.person_keys');
create policy kept on store.person_keys to programme_keys using (true) with check (true);
