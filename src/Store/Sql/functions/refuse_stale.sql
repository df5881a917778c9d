-- Ends a write whose stream has another version than expected. When the reason is that the same command was just accepted,
-- it says that instead.
create function store.refuse_stale(name text, expected integer, by_actor text, by_command uuid) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  own_tenant constant text := current_setting('store.tenant');
  actual constant integer := coalesce((select s.version from store.streams s where s.tenant = own_tenant and s.stream = name), 0);
begin
  perform from store.receipts r where r.tenant = own_tenant and r.actor = by_actor and r.command_id = by_command;
  if found then
    raise exception 'command % has a receipt already', by_command using errcode = 'HB002';
  end if;
  raise exception 'stream % has version %, not %', name, actual, expected
    using errcode = 'HB001', hint = json_build_object('stream', name, 'expected', expected, 'actual', actual)::text;
end
$$;
