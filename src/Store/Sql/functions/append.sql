-- Writes what a decision gave: facts of one or several streams, and the receipt, all at one moment.
--
--   for_tenant                 whose they are; the transaction's setting from now on
--   streams, expected, added   every stream written or looked at, in the order of their names; the version each is expected
--                              to have (0: it is not there yet); how many facts it gets (0: only looked at)
--   request_hash, answer       of the receipt; null for none
--   carried_over               the moment, when a history is carried over; null in the ordinary course
--   known_tables               the two-clock tables the writer knows; they stay in use until the transaction ends
--   …_1, …_2, …_3              the facts in order of insertion, when there are at most three: stream as index into streams; null for none
--   facts                      all of them, when there are more: an array of objects with the same members
--
-- Answers with the moment, in microseconds since 1970, and the position of each fact in the order given.
--
-- The moment is the greatest of the clock, one microsecond after the last moment of each stream written, and one after the
-- proposed settled moment.
--
-- Raises HB001 when a stream has another version than expected (hint: stream, expected and actual as JSON), HB002 when the
-- command has a receipt already, HB003 when the log has to be numbered first because the cluster was restored from a dump,
-- HB004 when the tables in use are not those the writer knows, HB005 when no moment can be carried over into the tenant.
--
-- This is where all writers spend their time. Each expression and statement is made ready anew in every call and costs a microsecond
-- or ten: few of them are fast. Facts come as single values because unnesting eleven arrays takes as long as adding the rows,
-- and the answer is one value because a row to be selected from costs more than the array.
create function store.append(
  for_tenant text, streams text[], expected integer[], added integer[],
  actor text, role text, decided_by text, basis_kind text, basis text, entry_reason text, not_documented text[],
  looked_at jsonb, command_id uuid, correlation uuid,
  request_hash bytea, answer jsonb, carried_over timestamptz, known_tables text,
  stream_1 integer, version_1 integer, type_1 text, type_version_1 integer, body_1 jsonb,
  on_1 date, first_1 date, last_1 date, precision_1 text, assumed_1 text, replaces_1 integer,
  stream_2 integer, version_2 integer, type_2 text, type_version_2 integer, body_2 jsonb,
  on_2 date, first_2 date, last_2 date, precision_2 text, assumed_2 text, replaces_2 integer,
  stream_3 integer, version_3 integer, type_3 text, type_version_3 integer, body_3 jsonb,
  on_3 date, first_3 date, last_3 date, precision_3 text, assumed_3 text, replaces_3 integer,
  facts jsonb)
returns bigint[]
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  -- The lock of tables.hold, before anything else is held. A swap that this one waits for is seen: each statement here has its own snapshot.
  is_held boolean := pg_advisory_xact_lock_shared(4801201010) is null;
  -- Taken before the proposed moment is read: whoever has a later number than the boundary of a proposal has read that proposal.
  own_transaction constant xid8 := pg_current_xact_id();
  moment timestamptz;
  first_moment timestamptz;
  ready boolean;
  tables_are_known boolean;
  total integer := 0;
  written integer := 0;
  result bigint[];
begin
  select
    coalesce(carried_over, greatest(store.clock(), n.proposed + interval '1 microsecond')),
    e.tables = known_tables,
    set_config('store.tenant', for_tenant, true) <> '' and set_config('store.readable', array[for_tenant]::text, true) <> ''
      and current_setting('transaction_isolation') = 'read committed' and n.server_started_at = pg_postmaster_start_time()
    into moment, tables_are_known, ready
    from store.numbering n, tables.edition e;
  if ready is not true then
    perform store.check_ready();
  end if;
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
        -- There is no row to lock: who makes the stream and who looks whether it is there meet at a lock on its name.
        is_held := pg_advisory_xact_lock(hashtextextended(streams[i], hashtextextended(for_tenant, 0))) is null;
        insert into store.streams (tenant, stream, version, recorded_at) values (for_tenant, streams[i], added[i], moment) on conflict do nothing;
      end if;
    elsif expected[i] > 0 then
      perform from store.streams s where s.tenant = for_tenant and s.stream = streams[i] and s.version = expected[i] for share;
    else
      is_held := pg_advisory_xact_lock_shared(hashtextextended(streams[i], hashtextextended(for_tenant, 0))) is null;
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
    values (for_tenant, append.actor, append.command_id, append.request_hash, append.answer, moment)
    on conflict do nothing;
    if not found then
      raise exception 'command % has a receipt already', append.command_id using errcode = 'HB002';
    end if;
  end if;

  result[1] := extract(epoch from moment) * 1000000;
  if total > 0 then
    if tables_are_known is not true then
      perform tables.hold(known_tables);
    end if;
    for i in 2 .. total + 1 loop
      result[i] := nextval('store.events_position_seq');
    end loop;

    if facts is null then
      insert into store.events (
        position, tenant, stream, version, type, type_version, body,
        effective_on, effective_first, effective_last, precision, assumed_because, recorded_at, transaction,
        actor, role, decided_by, basis_kind, basis, entry_reason, not_documented, looked_at, replaces, command_id, correlation)
      overriding system value
      select
        result[f.place + 1], for_tenant, streams[f.stream], f.version, f.type, f.type_version, f.body,
        f.effective_on, f.effective_first, f.effective_last, f.precision, f.assumed, moment, own_transaction,
        append.actor, append.role, append.decided_by, append.basis_kind, append.basis, append.entry_reason, append.not_documented,
        append.looked_at, f.replaces, append.command_id, append.correlation
      from (
        values
          (1, stream_1, version_1, type_1, type_version_1, body_1, on_1, first_1, last_1, precision_1, assumed_1, replaces_1),
          (2, stream_2, version_2, type_2, type_version_2, body_2, on_2, first_2, last_2, precision_2, assumed_2, replaces_2),
          (3, stream_3, version_3, type_3, type_version_3, body_3, on_3, first_3, last_3, precision_3, assumed_3, replaces_3))
        as f (place, stream, version, type, type_version, body, effective_on, effective_first, effective_last, precision, assumed, replaces)
      where f.version - expected[f.stream] between 1 and added[f.stream];
    else
      insert into store.events (
        position, tenant, stream, version, type, type_version, body,
        effective_on, effective_first, effective_last, precision, assumed_because, recorded_at, transaction,
        actor, role, decided_by, basis_kind, basis, entry_reason, not_documented, looked_at, replaces, command_id, correlation)
      overriding system value
      select
        result[f.place + 1], for_tenant, streams[f.stream], f.version, f.type, f.type_version, f.body,
        f.effective_on, f.effective_first, f.effective_last, f.precision, f.assumed, moment, own_transaction,
        append.actor, append.role, append.decided_by, append.basis_kind, append.basis, append.entry_reason, append.not_documented,
        append.looked_at, f.replaces, append.command_id, append.correlation
      from jsonb_to_recordset(facts) as f (
        place integer, stream integer, version integer, type text, type_version integer, body jsonb,
        effective_on date, effective_first date, effective_last date, precision text, assumed text, replaces integer)
      where f.version - expected[f.stream] between 1 and added[f.stream];
    end if;
    get diagnostics written = row_count;
  end if;
  -- Every version within its bounds, none twice (the primary key) and as many as announced: none is left out.
  if written <> total then
    raise exception '% facts were announced and % given', total, written using errcode = 'data_exception';
  end if;

  return result;
end
$$;
