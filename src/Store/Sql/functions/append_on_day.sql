-- Writes what the usual decision gave: one, two or three facts of one stream, all on one exact day, which correct nothing and need no reason to be entered, and the
-- receipt, all at one moment.
-- The rest goes through store.append_several, whose moment and errors (HB001 to HB004) are the same. Answers with the moment.
--
--   for_tenant            whose they are; the transaction's setting from now on
--   expected, added       the version the stream is expected to have (0: it is not there yet); how many facts it gets
--   request_hash, answer  of the receipt; null for none
--   known_tables          the two-clock tables the writer knows; they stay in use until the transaction ends
--   on_day                the effective day of all facts
--   …_1, …_2, …_3         the facts; left out for none
--
-- This is where writers spend their time. Each expression here is made ready anew in every transaction, and each value that differs from fact to fact is
-- three expressions: the fewer the faster. What every writer must know is read in one go, and the moment is infinite when something of it is not as
-- it must be. The one row of a table is read more cheaply by a sub-select than by a join. Facts come as single values because unnesting an array for each of their
-- columns takes as long as adding the rows. Stream and facts written by one statement, or by a function in SQL, cost more than by two.
create or replace function store.append_on_day(
  for_tenant text, stream text, expected integer, added integer,
  actor text, role text, decided_by text, basis_kind text, basis text,
  looked_at jsonb, command_id uuid, correlation uuid,
  request_hash bytea, answer jsonb, known_tables text,
  on_day date,
  type_1 text, type_version_1 integer, body_1 jsonb,
  type_2 text default null, type_version_2 integer default null, body_2 jsonb default null,
  type_3 text default null, type_version_3 integer default null, body_3 jsonb default null)
returns timestamptz
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  -- The lock is that of tables.hold, taken before anything else is held. A swap that this one waits for is seen: each statement has its own snapshot.
  -- The number is taken before the proposed moment is read: whoever has a later one than the boundary of a proposal has read that proposal.
  own_transaction constant xid8 := case
    when set_config('store.tenant', for_tenant, true) <> '' and pg_advisory_xact_lock_shared(4801201010) is not null then pg_current_xact_id() end;
  moment timestamptz;
begin
  if expected > 0 then
    update store.streams s
       set version = s.version + added,
           recorded_at = greatest(
             store.clock(),
             (select case when n.tables = known_tables and n.server_started_at = pg_postmaster_start_time() and current_setting('transaction_isolation') = 'read committed'
                          then n.proposed + interval '1 microsecond' else 'infinity' end
                from store.numbering n),
             s.recorded_at + interval '1 microsecond')
     where s.tenant = for_tenant and s.stream = append_on_day.stream and s.version = expected and added between 1 and 3
    returning s.recorded_at into moment;
  else
    -- There is no row to lock: who makes the stream and who looks whether it is there meet at a lock on its name.
    insert into store.streams (tenant, stream, version, recorded_at)
    select for_tenant, append_on_day.stream, added, greatest(
             store.clock(),
             (select case when n.tables = known_tables and n.server_started_at = pg_postmaster_start_time() and current_setting('transaction_isolation') = 'read committed'
                          then n.proposed + interval '1 microsecond' else 'infinity' end
                from store.numbering n))
     where pg_advisory_xact_lock(hashtextextended(append_on_day.stream, hashtextextended(for_tenant, 0))) is not null
       and expected = 0 and added between 1 and 3
    on conflict do nothing
    returning recorded_at into moment;
  end if;
  if (moment < 'infinity') is not true then
    perform store.check_ready();
    perform tables.hold(known_tables);
    if moment is null then
      perform store.refuse_stale(append_on_day.stream, expected, actor, command_id);
    end if;
    -- Nothing stood in the way but that numbering has not noted yet that the server was started.
    update store.streams s
       set recorded_at = greatest(
             store.clock(), (select n.proposed + interval '1 microsecond' from store.numbering n),
             (select e.recorded_at + interval '1 microsecond' from store.events e where e.tenant = for_tenant and e.stream = append_on_day.stream and e.version = expected))
     where s.tenant = for_tenant and s.stream = append_on_day.stream
    returning s.recorded_at into moment;
  end if;

  if request_hash is not null then
    insert into store.receipts (tenant, actor, command_id, request_hash, answer, recorded_at)
    values (for_tenant, append_on_day.actor, append_on_day.command_id, append_on_day.request_hash, append_on_day.answer, moment)
    on conflict do nothing;
    if not found then
      raise exception 'command % has a receipt already', append_on_day.command_id using errcode = 'HB002';
    end if;
  end if;

  insert into store.events (
    tenant, stream, version, type, type_version, body,
    effective_on, effective_first, effective_last, precision, assumed_because, recorded_at, transaction,
    actor, role, decided_by, basis_kind, basis, entry_reason, not_documented, looked_at, replaces, command_id, correlation)
  select
    for_tenant, append_on_day.stream, expected + f.number, f.type, f.type_version, f.body,
    on_day, on_day, on_day, 'day', null, moment, own_transaction,
    append_on_day.actor, append_on_day.role, append_on_day.decided_by, append_on_day.basis_kind, append_on_day.basis, null, '{}',
    append_on_day.looked_at, null, append_on_day.command_id, append_on_day.correlation
  from (
    values
      (1, type_1, type_version_1, body_1),
      (2, type_2, type_version_2, body_2),
      (3, type_3, type_version_3, body_3))
    as f (number, type, type_version, body)
  where f.number <= added;

  return moment;
end
$$;
