-- Lets the import role carry recording moments over into a tenant that holds nothing but the event that says so.
-- Ends by itself as soon as anything else is recorded there.
create function store.begin_carrying_over(told_in text) returns void
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  own_tenant constant text := current_setting('store.tenant');
begin
  if not exists (select from store.events e where e.tenant = own_tenant and e.stream = told_in)
    or exists (select from store.events e where e.tenant = own_tenant and e.stream <> told_in) then
    raise exception 'tenant % must hold the events of stream % and no others', own_tenant, told_in using errcode = 'HB005';
  end if;
  insert into store.carried_over (tenant, stream, since)
  select own_tenant, told_in, min(e.recorded_at) from store.events e where e.tenant = own_tenant;
end
$$;
