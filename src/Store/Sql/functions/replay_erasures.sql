-- After a restore: destroys the key of everybody whose erasure is recorded in the tenant. Says how many there were left to destroy.
create function store.replay_erasures() returns integer
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  person uuid;
  destroyed integer := 0;
begin
  for person in
    select distinct substr(e.stream, length('person/') + 1)::uuid from store.events e
     where e.tenant = current_setting('store.tenant') and e.type = 'person-erased'
  loop
    if store.erase_person(person) then
      destroyed := destroyed + 1;
    end if;
  end loop;
  return destroyed;
end
$$;
