-- Adds whole streams to a tenant into which a history is carried over: thousands of events at once, each with its own recording moment.
--
--   $1 … $11   of each event: stream, version, type, type_version, body, effective_on, effective_first, effective_last, precision,
--              assumed_because, recorded_at
--   $12 … $22  actor, role, decided_by, basis_kind, basis, entry_reason, not_documented (as text), looked_at, replaces, command_id, correlation
--   $23        the tables the caller knows
--
-- Raises HB003 and HB004 as store.append_several does, HB005 when no moment can be carried over into the tenant, and unique_violation when one of
-- the streams is there already.
create function store.carry_in(
  text[], integer[], text[], integer[], jsonb[], date[], date[], date[], text[], text[], timestamptz[],
  text[], text[], text[], text[], text[], text[], text[], jsonb[], integer[], uuid[], uuid[], text) returns void
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  own_tenant constant text := current_setting('store.tenant', true);
begin
  perform store.check_ready();
  perform store.check_carried_moment((select max(m) from unnest($11) m));
  perform from (
    select f.version, f.recorded_at, row_number() over by_version as place, lag(f.recorded_at) over by_version as before
      from unnest($1, $2, $11) as f (stream, version, recorded_at)
    window by_version as (partition by f.stream order by f.version)) f
   where f.version <> f.place or f.recorded_at < f.before;
  if found then
    raise exception 'a stream has a version missing, or one recorded before the version before' using errcode = 'data_exception';
  end if;

  insert into store.streams (tenant, stream, version, recorded_at)
  select own_tenant, f.stream, max(f.version), max(f.recorded_at)
    from unnest($1, $2, $11) as f (stream, version, recorded_at)
   group by f.stream
   order by f.stream;

  insert into store.events (
    tenant, stream, version, type, type_version, body,
    effective_on, effective_first, effective_last, precision, assumed_because, recorded_at, transaction,
    actor, role, decided_by, basis_kind, basis, entry_reason, not_documented, looked_at, replaces, command_id, correlation)
  select
    own_tenant, f.stream, f.version, f.type, f.type_version, f.body,
    f.effective_on, f.effective_first, f.effective_last, f.precision, f.assumed_because, f.recorded_at, pg_current_xact_id(),
    f.actor, f.role, f.decided_by, f.basis_kind, f.basis, f.entry_reason, f.not_documented::text[], f.looked_at, f.replaces, f.command_id, f.correlation
    from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22) as f (
      stream, version, type, type_version, body, effective_on, effective_first, effective_last, precision, assumed_because, recorded_at,
      actor, role, decided_by, basis_kind, basis, entry_reason, not_documented, looked_at, replaces, command_id, correlation)
   order by f.recorded_at, f.stream, f.version;
  perform tables.hold($23);
end
$$;
