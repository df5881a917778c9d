-- Destroys a person's key, in the transaction of the event that says so or after it; without such an event nothing can be destroyed (HB020).
-- Leaves a row behind in any case, so that no new key is ever made for the person.
create function store.erase_person(erased uuid) returns boolean
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  own_tenant constant text := current_setting('store.tenant');
  decision store.events;
begin
  select e.* into decision from store.events e
   where e.tenant = own_tenant and e.stream = 'person/' || erased and e.type = 'person-erased'
   order by e.version limit 1;
  if not found then
    raise exception 'no event of tenant % says that person % is erased', own_tenant, erased using errcode = 'HB020';
  end if;
  insert into store.person_keys as k (tenant, person, kind, erased_at, erased_by)
  values (own_tenant, erased, 'person', decision.recorded_at, decision.actor)
  on conflict (tenant, person) do update
     set wrapped_key = null, master_key = null, erased_at = excluded.erased_at, erased_by = excluded.erased_by
   where k.wrapped_key is not null;
  return found;
end
$$;
