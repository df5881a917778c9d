-- Writes what a decision gave: facts of one or several streams, and the receipt, all at one moment.
--
--   streams, expected, added   every stream written or looked at, in the order of their names; the version each is expected
--                              to have (0: it is not there yet); how many facts it gets (0: only looked at)
--   fact_…                     the facts in order of insertion: stream as index into streams, number 1, 2, 3 … within it
--   request_hash, answer       of the receipt; null for none
--   carried_over               the moment, when a history is carried over; null in the ordinary course
--
-- The moment is the greatest of the clock, one microsecond after the last moment of each stream written, and one after the
-- proposed settled moment. Later statements of the same transaction find it in store.streams.
--
-- Raises HB001 when a stream has another version than expected (hint: stream, expected and actual as JSON), HB002 when the
-- command has a receipt already, HB003 when the log has to be numbered first because the cluster was restored from a dump,
-- HB005 when no moment can be carried over into the tenant.
create function store.append(
  streams text[], expected integer[], added integer[],
  fact_stream integer[], fact_number integer[], fact_type text[], fact_type_version integer[], fact_body jsonb[],
  fact_on date[], fact_first date[], fact_last date[], fact_precision text[], fact_assumed text[], fact_replaces integer[],
  actor text, role text, decided_by text, basis_kind text, basis text, entry_reason text, not_documented text[],
  looked_at jsonb, command_id uuid, correlation uuid,
  request_hash bytea, answer jsonb, carried_over timestamptz,
  out moment timestamptz, out positions bigint[])
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  own_tenant constant text := nullif(current_setting('store.tenant', true), '');
  -- Taken before the proposed moment is read: whoever has a later number than the boundary of a proposal has read that proposal.
  own_transaction constant xid8 := pg_current_xact_id();
  tick constant interval := interval '1 microsecond';
  name text;
  actual integer;
  first_moment timestamptz;
  total integer := 0;
  same_server boolean;
begin
  if own_tenant is null then
    raise exception 'store.tenant is not set' using errcode = 'insufficient_privilege';
  end if;
  -- With one snapshot for the whole transaction the proposal could be read as it was before the number was taken.
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'store.append needs the isolation level read committed' using errcode = 'invalid_transaction_state';
  end if;

  select greatest(store.clock(), n.proposed + tick), n.server_started_at = pg_postmaster_start_time()
    into moment, same_server
    from store.numbering n;
  if not same_server and not store.numbered_here() then
    raise exception 'the log has to be numbered before this cluster accepts writes' using errcode = 'HB003';
  end if;
  if carried_over is not null then
    moment := carried_over;
  end if;
  first_moment := moment;

  for i in 1 .. cardinality(streams) loop
    name := streams[i];
    if added[i] < 0 then
      raise exception 'stream % cannot get % facts', name, added[i] using errcode = 'data_exception';
    end if;
    if expected[i] = 0 then
      -- There is no row to lock: who makes the stream and who looks whether it is there meet at a lock on its name.
      if added[i] = 0 then
        perform pg_advisory_xact_lock_shared(hashtextextended(name, hashtextextended(own_tenant, 0)));
        perform from store.streams s where s.tenant = own_tenant and s.stream = name;
        if found then
          perform store.refuse_stale(name, 0, actor, command_id);
        end if;
      else
        perform pg_advisory_xact_lock(hashtextextended(name, hashtextextended(own_tenant, 0)));
        insert into store.streams (tenant, stream, version, recorded_at)
        values (own_tenant, name, added[i], moment)
        on conflict do nothing;
        if not found then
          perform store.refuse_stale(name, 0, actor, command_id);
        end if;
      end if;
    elsif added[i] = 0 then
      select s.version into actual from store.streams s where s.tenant = own_tenant and s.stream = name for share;
      if actual is distinct from expected[i] then
        perform store.refuse_stale(name, expected[i], actor, command_id);
      end if;
    else
      update store.streams s
         set version = s.version + added[i], recorded_at = greatest(moment, s.recorded_at + tick)
       where s.tenant = own_tenant and s.stream = name and s.version = expected[i]
      returning s.recorded_at into moment;
      if not found then
        perform store.refuse_stale(name, expected[i], actor, command_id);
      end if;
    end if;
    total := total + added[i];
  end loop;

  if moment > first_moment and cardinality(streams) > 1 then
    -- A stream had a later moment than the clock: those written before it get the same.
    for i in 1 .. cardinality(streams) loop
      if added[i] > 0 then
        update store.streams s set recorded_at = moment
         where s.tenant = own_tenant and s.stream = streams[i] and s.recorded_at <> moment;
      end if;
    end loop;
  end if;

  if carried_over is not null then
    perform store.check_carried_moment(moment);
  end if;

  if request_hash is not null then
    insert into store.receipts (tenant, actor, command_id, request_hash, answer, recorded_at)
    values (own_tenant, append.actor, append.command_id, append.request_hash, append.answer, moment)
    on conflict do nothing;
    if not found then
      raise exception 'command % has a receipt already', append.command_id using errcode = 'HB002';
    end if;
  end if;

  if total > 0 then
    with written as (
      insert into store.events (
        tenant, stream, version, type, type_version, body,
        effective_on, effective_first, effective_last, precision, assumed_because, recorded_at, transaction,
        actor, role, decided_by, basis_kind, basis, entry_reason, not_documented, looked_at, replaces, command_id, correlation)
      select
        own_tenant, streams[f.stream], expected[f.stream] + f.number, f.type, f.type_version, f.body,
        f.effective_on, f.effective_first, f.effective_last, f.precision, f.assumed, moment, own_transaction,
        append.actor, append.role, append.decided_by, append.basis_kind, append.basis, append.entry_reason, append.not_documented,
        append.looked_at, f.replaces, append.command_id, append.correlation
      from unnest(
        fact_stream, fact_number, fact_type, fact_type_version, fact_body,
        fact_on, fact_first, fact_last, fact_precision, fact_assumed, fact_replaces)
        as f (stream, number, type, type_version, body, effective_on, effective_first, effective_last, precision, assumed, replaces)
      where f.number between 1 and added[f.stream]
      returning position)
    select array_agg(w.position order by w.position) into positions from written w;
  end if;
  -- Every number within its bounds, none twice (the primary key) and as many as announced: no version is left out.
  if coalesce(cardinality(positions), 0) <> total then
    raise exception '% facts were announced and % given', total, coalesce(cardinality(positions), 0) using errcode = 'data_exception';
  end if;
end
$$;
