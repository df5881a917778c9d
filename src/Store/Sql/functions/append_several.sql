-- Writes what a decision gave: facts of one or several streams, and the receipt, all at one moment.
--
--   for_tenant                 whose they are; the transaction's setting from now on
--   streams, expected, added   every stream written or looked at, in the order of their names; the version each is expected
--                              to have (0: it is not there yet); how many facts it gets (0: only looked at)
--   request_hash, answer       of the receipt; null for none
--   carried_over               the moment, when a history is carried over; null in the ordinary course
--   known_tables               the two-clock tables the writer knows; they stay in use until the transaction ends
--   facts                      in order of insertion, an array of objects: place in that order 1, 2, 3 …, stream as index into streams, and
--                              columns of store.events
--
-- Answers with the moment, in microseconds since 1970, and the position of each fact in the order given.
--
-- The moment is the greatest of the clock, one microsecond after the last moment of each stream written, and one after the
-- proposed settled moment.
--
-- Raises HB001 when a stream has another version than expected (hint: stream, expected and actual as JSON), HB002 when the
-- command has a receipt already, HB003 when the log has to be numbered first because the cluster was restored from a dump,
-- HB004 when the tables in use are not those the writer knows, HB005 when no moment can be carried over into the tenant.
create function store.append_several(
  for_tenant text, streams text[], expected integer[], added integer[],
  actor text, role text, decided_by text, basis_kind text, basis text, entry_reason text, not_documented text[],
  looked_at jsonb, command_id uuid, correlation uuid,
  request_hash bytea, answer jsonb, carried_over timestamptz, known_tables text, facts jsonb)
returns bigint[]
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  -- As in on_day.sql.
  own_transaction constant xid8 := case
    when set_config('store.tenant', for_tenant, true) <> '' and set_config('store.readable', array[for_tenant]::text, true) <> ''
      and pg_advisory_xact_lock_shared(4801201010) is not null then pg_current_xact_id() end;
  moment timestamptz;
  first_moment timestamptz;
  is_held boolean;
  total integer := 0;
  written integer := 0;
  result bigint[];
begin
  perform store.check_ready();
  select coalesce(carried_over, greatest(store.clock(), n.proposed + interval '1 microsecond')) into moment from store.numbering n;
  first_moment := moment;

  for i in 1 .. cardinality(streams) loop
    if added[i] > 0 then
      total := total + added[i];
      if expected[i] > 0 then
        update store.streams s
           set version = s.version + added[i], recorded_at = greatest(moment, s.recorded_at + interval '1 microsecond')
         where s.tenant = for_tenant and s.stream = streams[i] and s.version = expected[i]
        returning s.recorded_at into moment;
      else
        is_held := pg_advisory_xact_lock(hashtextextended(streams[i], hashtextextended(for_tenant, 0))) is not null;
        insert into store.streams (tenant, stream, version, recorded_at) values (for_tenant, streams[i], added[i], moment) on conflict do nothing;
      end if;
    elsif expected[i] > 0 then
      perform from store.streams s where s.tenant = for_tenant and s.stream = streams[i] and s.version = expected[i] for share;
    else
      is_held := pg_advisory_xact_lock_shared(hashtextextended(streams[i], hashtextextended(for_tenant, 0))) is not null;
      perform where not exists (select from store.streams s where s.tenant = for_tenant and s.stream = streams[i]);
    end if;
    if not found then
      perform store.refuse_stale(streams[i], expected[i], actor, command_id);
    end if;
  end loop;

  if moment > first_moment and cardinality(streams) > 1 then
    -- A stream had a later moment than the clock: those written before it get the same.
    for i in 1 .. cardinality(streams) loop
      if added[i] > 0 then
        update store.streams s set recorded_at = moment
         where s.tenant = for_tenant and s.stream = streams[i] and s.recorded_at <> moment;
      end if;
    end loop;
  end if;

  if carried_over is not null then
    perform store.check_carried_moment(moment);
  end if;

  if request_hash is not null then
    insert into store.receipts (tenant, actor, command_id, request_hash, answer, recorded_at)
    values (for_tenant, append_several.actor, append_several.command_id, append_several.request_hash, append_several.answer, moment)
    on conflict do nothing;
    if not found then
      raise exception 'command % has a receipt already', append_several.command_id using errcode = 'HB002';
    end if;
  end if;

  result[1] := extract(epoch from moment) * 1000000;
  if total > 0 then
    perform tables.hold(known_tables);
    for i in 2 .. total + 1 loop
      result[i] := nextval('store.events_position_seq');
    end loop;
    insert into store.events (
      position, tenant, stream, version, type, type_version, body,
      effective_on, effective_first, effective_last, precision, assumed_because, recorded_at, transaction,
      actor, role, decided_by, basis_kind, basis, entry_reason, not_documented, looked_at, replaces, command_id, correlation)
    overriding system value
    select
      result[f.place + 1], for_tenant, streams[f.stream], f.version, f.type, f.type_version, f.body,
      f.effective_on, f.effective_first, f.effective_last, f.precision, f.assumed_because, moment, own_transaction,
      append_several.actor, append_several.role, append_several.decided_by, append_several.basis_kind, append_several.basis,
      append_several.entry_reason, append_several.not_documented, append_several.looked_at, f.replaces, append_several.command_id, append_several.correlation
    from jsonb_to_recordset(facts) as f (
      place integer, stream integer, version integer, type text, type_version integer, body jsonb,
      effective_on date, effective_first date, effective_last date, precision text, assumed_because text, replaces integer)
    where f.version - expected[f.stream] between 1 and added[f.stream];
    get diagnostics written = row_count;
  end if;
  -- Every version within its bounds, none twice (the primary key) and as many as announced: none is left out.
  if written <> total then
    raise exception '% facts were announced and % given', total, written using errcode = 'data_exception';
  end if;

  return result;
end
$$;
