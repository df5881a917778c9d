-- Writes what a decision gave: facts of one or several streams, and the receipt, all at one moment.
--
--   streams, expected, added   every stream written or looked at, in the order of their names; the version each is expected
--                              to have (0: it is not there yet); how many facts it gets (0: only looked at)
--   fact_…                     the facts in order of insertion: stream as index into streams, number 1, 2, 3 … within it
--   request_hash, answer       of the receipt; null for none
--   carried_over               the moment, when a history is carried over; null in the ordinary course
--   known_tables               the two-clock tables the writer knows; they stay in use until the transaction ends
--
-- Answers with the moment and the position of each fact in the order given; without facts, with the moment alone.
--
-- The moment is the greatest of the clock, one microsecond after the last moment of each stream written, and one after the
-- proposed settled moment. It is kept in the setting store.moment for the later statements of the same transaction.
--
-- Raises HB001 when a stream has another version than expected (hint: stream, expected and actual as JSON), HB002 when the
-- command has a receipt already, HB003 when the log has to be numbered first because the cluster was restored from a dump,
-- HB004 when the tables in use are not those the writer knows, HB005 when no moment can be carried over into the tenant.
--
-- Each expression and statement here is prepared anew in every transaction: few of them are fast.
create function store.append(
  streams text[], expected integer[], added integer[],
  fact_stream integer[], fact_number integer[], fact_type text[], fact_type_version integer[], fact_body jsonb[],
  fact_on date[], fact_first date[], fact_last date[], fact_precision text[], fact_assumed text[], fact_replaces integer[],
  actor text, role text, decided_by text, basis_kind text, basis text, entry_reason text, not_documented text[],
  looked_at jsonb, command_id uuid, correlation uuid,
  request_hash bytea, answer jsonb, carried_over timestamptz, known_tables text)
returns table (moment timestamptz, "position" bigint)
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  -- Taken before the proposed moment is read: whoever has a later number than the boundary of a proposal has read that proposal.
  own_transaction constant xid8 := pg_current_xact_id();
  own_tenant text;
  own_moment timestamptz;
  first_moment timestamptz;
  ready boolean;
  total integer := 0;
  written integer := 0;
  kept text;
begin
  select
    current_setting('store.tenant', true), coalesce(carried_over, greatest(store.clock(), n.proposed + interval '1 microsecond')),
    current_setting('store.tenant', true) <> '' and current_setting('transaction_isolation') = 'read committed'
      and n.server_started_at = pg_postmaster_start_time()
    into own_tenant, own_moment, ready
    from store.numbering n;
  if ready is not true then
    perform store.check_ready();
  end if;
  first_moment := own_moment;

  for i in 1 .. cardinality(streams) loop
    if added[i] > 0 and expected[i] > 0 then
      update store.streams s
         set version = s.version + added[i], recorded_at = greatest(own_moment, s.recorded_at + interval '1 microsecond')
       where s.tenant = own_tenant and s.stream = streams[i] and s.version = expected[i]
      returning s.recorded_at into own_moment;
    elsif added[i] > 0 then
      -- There is no row to lock: who makes the stream and who looks whether it is there meet at a lock on its name.
      insert into store.streams (tenant, stream, version, recorded_at)
      select own_tenant, streams[i], added[i], own_moment from pg_advisory_xact_lock(hashtextextended(streams[i], hashtextextended(own_tenant, 0)))
      on conflict do nothing;
    elsif expected[i] > 0 then
      perform from store.streams s where s.tenant = own_tenant and s.stream = streams[i] and s.version = expected[i] for share;
    else
      perform pg_advisory_xact_lock_shared(hashtextextended(streams[i], hashtextextended(own_tenant, 0)));
      perform where not exists (select from store.streams s where s.tenant = own_tenant and s.stream = streams[i]);
    end if;
    if not found then
      perform store.refuse_stale(streams[i], expected[i], actor, command_id);
    end if;
    total := total + greatest(added[i], 0);
  end loop;

  if own_moment > first_moment and cardinality(streams) > 1 then
    -- A stream had a later moment than the clock: those written before it get the same.
    for i in 1 .. cardinality(streams) loop
      if added[i] > 0 then
        update store.streams s set recorded_at = own_moment
         where s.tenant = own_tenant and s.stream = streams[i] and s.recorded_at <> own_moment;
      end if;
    end loop;
  end if;

  if carried_over is not null then
    perform store.check_carried_moment(own_moment);
  end if;

  if request_hash is not null then
    insert into store.receipts (tenant, actor, command_id, request_hash, answer, recorded_at)
    values (own_tenant, append.actor, append.command_id, append.request_hash, append.answer, own_moment)
    on conflict do nothing;
    if not found then
      raise exception 'command % has a receipt already', append.command_id using errcode = 'HB002';
    end if;
  end if;

  if total > 0 then
    return query
    insert into store.events (
      tenant, stream, version, type, type_version, body,
      effective_on, effective_first, effective_last, precision, assumed_because, recorded_at, transaction,
      actor, role, decided_by, basis_kind, basis, entry_reason, not_documented, looked_at, replaces, command_id, correlation)
    select
      own_tenant, streams[f.stream], expected[f.stream] + f.number, f.type, f.type_version, f.body,
      f.effective_on, f.effective_first, f.effective_last, f.precision, f.assumed, own_moment, own_transaction,
      append.actor, append.role, append.decided_by, append.basis_kind, append.basis, append.entry_reason, append.not_documented,
      append.looked_at, f.replaces, append.command_id, append.correlation
    from unnest(
      fact_stream, fact_number, fact_type, fact_type_version, fact_body,
      fact_on, fact_first, fact_last, fact_precision, fact_assumed, fact_replaces)
      as f (stream, number, type, type_version, body, effective_on, effective_first, effective_last, precision, assumed, replaces)
    where f.number between 1 and added[f.stream]
    returning recorded_at, events.position;
    get diagnostics written = row_count;
    perform tables.hold(known_tables);
  else
    moment := own_moment;
    return next;
  end if;
  -- Every number within its bounds, none twice (the primary key) and as many as announced: no version is left out.
  if written <> total then
    raise exception '% facts were announced and % given', total, written using errcode = 'data_exception';
  end if;

  kept := set_config('store.moment', own_moment::text, true);
end
$$;
