-- Refuses a recording moment from outside unless the import role carries over a history, and nothing else has been recorded in the tenant.
create function store.check_carried_moment(moment timestamptz) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  own_tenant constant text := current_setting('store.tenant');
  carried store.carried_over;
begin
  if current_setting('role') <> 'programme_import' then
    raise exception 'only the import role may carry over recording moments' using errcode = 'insufficient_privilege';
  end if;
  select * into carried from store.carried_over c where c.tenant = own_tenant;
  if not found
    or moment >= carried.since
    or exists (
      select from store.events e where e.tenant = own_tenant and e.recorded_at >= carried.since and e.stream <> carried.stream) then
    raise exception 'recording moments cannot be carried over into tenant % (any more)', own_tenant using errcode = 'HB005';
  end if;
end
$$;
