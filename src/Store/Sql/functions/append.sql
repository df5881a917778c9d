-- What store.start_on_day and store.add_on_day do now, for processes that were started before the migration that made them. To be dropped by a later one.
--
-- Writes what the usual decision gave: one, two or three facts of one stream, with nothing else looked at, and the receipt, all at one moment.
-- The rest goes through store.append_several, whose answer, moment and errors (HB001 to HB004) are the same.
--
--   for_tenant            whose they are; the transaction's setting from now on
--   expected, added       the version the stream is expected to have (0: it is not there yet); how many facts it gets
--   request_hash, answer  of the receipt; null for none
--   known_tables          the two-clock tables the writer knows; they stay in use until the transaction ends
--   …_1, …_2, …_3         the facts; null for none
--
-- This is where writers spend their time. Each expression here is made ready anew in every transaction and costs about a microsecond, each
-- statement ten: the fewer the faster. The one row of a table is read more cheaply by a sub-select than by a join. Facts come as single values because unnesting eleven arrays takes as long as adding the rows, and
-- the answer is one value because a row to be selected from costs more than the array.
create function store.append(
  for_tenant text, stream text, expected integer, added integer,
  actor text, role text, decided_by text, basis_kind text, basis text, entry_reason text, not_documented text[],
  looked_at jsonb, command_id uuid, correlation uuid,
  request_hash bytea, answer jsonb, known_tables text,
  type_1 text, type_version_1 integer, body_1 jsonb, on_1 date, first_1 date, last_1 date, precision_1 text, assumed_1 text, replaces_1 integer,
  type_2 text, type_version_2 integer, body_2 jsonb, on_2 date, first_2 date, last_2 date, precision_2 text, assumed_2 text, replaces_2 integer,
  type_3 text, type_version_3 integer, body_3 jsonb, on_3 date, first_3 date, last_3 date, precision_3 text, assumed_3 text, replaces_3 integer)
returns bigint[]
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  -- The lock is that of tables.hold, taken before anything else is held. A swap that this one waits for is seen: each statement has its own snapshot.
  -- The number is taken before the proposed moment is read: whoever has a later one than the boundary of a proposal has read that proposal.
  own_transaction constant xid8 := case
    when set_config('store.tenant', for_tenant, true) <> '' and set_config('store.readable', array[for_tenant]::text, true) <> ''
      and pg_advisory_xact_lock_shared(4801201010) is not null then pg_current_xact_id() end;
  moment timestamptz;
  is_ready boolean;
  positions bigint[];
begin
  loop
    if expected > 0 then
      update store.streams s
         set version = s.version + added,
             recorded_at = greatest(store.clock(), (select n.proposed + interval '1 microsecond' from store.numbering n), s.recorded_at + interval '1 microsecond')
       where s.tenant = for_tenant and s.stream = append.stream and s.version = expected and added between 1 and 3
         and (is_ready or (select n.server_started_at from store.numbering n) = pg_postmaster_start_time() and current_setting('transaction_isolation') = 'read committed')
         and (select e.tables from tables.edition e) = known_tables
      returning s.recorded_at into moment;
    else
      -- There is no row to lock: who makes the stream and who looks whether it is there meet at a lock on its name.
      insert into store.streams (tenant, stream, version, recorded_at)
      select for_tenant, append.stream, added, greatest(store.clock(), (select n.proposed + interval '1 microsecond' from store.numbering n))
       where pg_advisory_xact_lock(hashtextextended(append.stream, hashtextextended(for_tenant, 0))) is not null
         and expected = 0 and added between 1 and 3
         and (is_ready or (select n.server_started_at from store.numbering n) = pg_postmaster_start_time() and current_setting('transaction_isolation') = 'read committed')
         and (select e.tables from tables.edition e) = known_tables
      on conflict do nothing
      returning recorded_at into moment;
    end if;
    exit when found;
    if is_ready then
      perform store.refuse_stale(append.stream, expected, actor, command_id);
    end if;
    -- Something stands in the way, or numbering has not noted yet that the server was started.
    perform store.check_ready();
    perform tables.hold(known_tables);
    is_ready := true;
  end loop;

  if request_hash is not null then
    insert into store.receipts (tenant, actor, command_id, request_hash, answer, recorded_at)
    values (for_tenant, append.actor, append.command_id, append.request_hash, append.answer, moment)
    on conflict do nothing;
    if not found then
      raise exception 'command % has a receipt already', append.command_id using errcode = 'HB002';
    end if;
  end if;

  positions := case added
    when 1 then array[nextval('store.events_position_seq')]
    when 2 then array[nextval('store.events_position_seq'), nextval('store.events_position_seq')]
    else array[nextval('store.events_position_seq'), nextval('store.events_position_seq'), nextval('store.events_position_seq')] end;
  insert into store.events (
    position, tenant, stream, version, type, type_version, body,
    effective_on, effective_first, effective_last, precision, assumed_because, recorded_at, transaction,
    actor, role, decided_by, basis_kind, basis, entry_reason, not_documented, looked_at, replaces, command_id, correlation)
  overriding system value
  select
    positions[f.number], for_tenant, append.stream, expected + f.number, f.type, f.type_version, f.body,
    f.effective_on, f.effective_first, f.effective_last, f.precision, f.assumed, moment, own_transaction,
    append.actor, append.role, append.decided_by, append.basis_kind, append.basis, append.entry_reason, append.not_documented,
    append.looked_at, f.replaces, append.command_id, append.correlation
  from (
    values
      (1, type_1, type_version_1, body_1, on_1, first_1, last_1, precision_1, assumed_1, replaces_1),
      (2, type_2, type_version_2, body_2, on_2, first_2, last_2, precision_2, assumed_2, replaces_2),
      (3, type_3, type_version_3, body_3, on_3, first_3, last_3, precision_3, assumed_3, replaces_3))
    as f (number, type, type_version, body, effective_on, effective_first, effective_last, precision, assumed, replaces)
  where f.number <= added;

  return (extract(epoch from moment) * 1000000)::bigint || positions;
end
$$;
