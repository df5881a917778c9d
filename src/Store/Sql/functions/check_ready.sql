-- Ends a write that comes without a tenant, with an isolation that would hide the proposed moment, or before the log of a restored cluster is numbered.
create function store.check_ready() returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if coalesce(current_setting('store.tenant', true), '') = '' then
    raise exception 'store.tenant is not set' using errcode = 'insufficient_privilege';
  end if;
  -- With one snapshot for the whole transaction the proposal could be read as it was before the transaction got its number.
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'appending needs the isolation level read committed' using errcode = 'invalid_transaction_state';
  end if;
  -- The cluster is compared with the one that numbered the log only once for each start of the server: numbering then notes the start.
  if not (select n.system_identifier = c.system_identifier from store.numbering n, pg_control_system() c) then
    raise exception 'the log has to be numbered before this cluster accepts writes' using errcode = 'HB003';
  end if;
end
$$;
