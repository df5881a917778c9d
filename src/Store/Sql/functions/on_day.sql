-- Writes what the usual decision gave: one, two or three facts of one stream, all on one exact day, which correct nothing and need no reason to be entered, and the
-- receipt, all at one moment. store.start_on_day does it for a new stream, store.add_on_day for one that is there.
-- The rest goes through store.append_several, whose moment and errors (HB001 to HB004) are the same. Answers with the moment.
--
--   for_tenant            whose they are; the transaction's setting from now on
--   expected              the version the stream is expected to have; a new one has none
--   request_hash, answer  of the receipt; null for none
--   known_tables          the two-clock tables the writer knows; they stay in use until the transaction ends
--   on_day                the effective day of all facts
--   …_1, …_2, …_3         the facts, as many as there are
--
-- This is where writers spend their time. Each expression here is made ready anew in every transaction, and each value that differs from fact to fact is
-- three expressions: the fewer the faster. So either has a function for one, for two and for three facts, and all six are made from one text: none of them asks
-- how many facts there are, or whether the stream is there. What every writer must know is read in one go. The one row of a table is read more cheaply by a
-- sub-select than by a join. Facts come as single values because unnesting an array for each of their columns takes as long as adding the rows. Stream and facts
-- written by one statement, or by a function in SQL, cost more than by two.
do $make$
declare
  -- What stands in angle brackets differs from one to the next.
  written constant text := $text$
create or replace function store.<name>(<parameters>)
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
  <stream>
  returning s.recorded_at into moment;
  if moment is null then
    perform store.earliest_when_ready(known_tables);
    perform store.refuse_stale(<name>.stream, <expected>, actor, command_id);
  end if;

  if request_hash is not null then
    insert into store.receipts (tenant, actor, command_id, request_hash, answer, recorded_at)
    values (for_tenant, <name>.actor, <name>.command_id, <name>.request_hash, <name>.answer, moment)
    on conflict do nothing;
    if not found then
      raise exception 'command % has a receipt already', <name>.command_id using errcode = 'HB002';
    end if;
  end if;

  insert into store.events (
    tenant, stream, version, type, type_version, body,
    effective_on, effective_first, effective_last, precision, assumed_because, recorded_at, transaction,
    actor, role, decided_by, basis_kind, basis, entry_reason, not_documented, looked_at, replaces, command_id, correlation)
  select
    for_tenant, <name>.stream, <expected> + f.number, f.type, f.type_version, f.body,
    on_day, on_day, on_day, 'day', null, moment, own_transaction,
    <name>.actor, <name>.role, <name>.decided_by, <name>.basis_kind, <name>.basis, null, '{}',
    <name>.looked_at, null, <name>.command_id, <name>.correlation
  from (values <facts>) as f (number, type, type_version, body);

  return moment;
end
$$;
grant execute on function store.<name>(<parameters>) to programme_app;
$text$;

  parameters constant text := $text$
  for_tenant text, stream text, <expected_parameter>
  actor text, role text, decided_by text, basis_kind text, basis text,
  looked_at jsonb, command_id uuid, correlation uuid,
  request_hash bytea, answer jsonb, known_tables text,
  on_day date, <fact_parameters>$text$;

  -- There is no row to lock: who makes the stream and who looks whether it is there meet at a lock on its name.
  new_stream constant text := $text$
  insert into store.streams as s (tenant, stream, version, recorded_at)
  select for_tenant, <name>.stream, <count>, greatest(store.clock(), <earliest>)
   where pg_advisory_xact_lock(hashtextextended(<name>.stream, hashtextextended(for_tenant, 0))) is not null
  on conflict do nothing$text$;

  old_stream constant text := $text$
  update store.streams s
     set version = s.version + <count>, recorded_at = greatest(store.clock(), <earliest>, s.recorded_at + interval '1 microsecond')
   where s.tenant = for_tenant and s.stream = <name>.stream and s.version = expected$text$;

  earliest constant text := $text$(
      select case when n.tables = known_tables and n.server_started_at = pg_postmaster_start_time() and current_setting('transaction_isolation') = 'read committed'
                  then n.proposed + interval '1 microsecond' else store.earliest_when_ready(known_tables) end
        from store.numbering n)$text$;

  way record;
  facts text;
  fact_parameters text;
  made text;
begin
  for count in 1 .. 3 loop
    facts := concat_ws(', ', facts, format('(%1$s, type_%1$s, type_version_%1$s, body_%1$s)', count));
    fact_parameters := concat_ws(', ', fact_parameters, format('type_%1$s text, type_version_%1$s integer, body_%1$s jsonb', count));
    for way in
      select * from (values
        ('start_on_day', new_stream, '', '0'),
        ('add_on_day', old_stream, 'expected integer,', 'expected')) as w (name, stream, expected_parameter, expected)
    loop
      made := replace(written, '<parameters>', parameters);
      made := replace(made, '<stream>', way.stream);
      made := replace(made, '<earliest>', earliest);
      made := replace(made, '<expected_parameter>', way.expected_parameter);
      made := replace(made, '<expected>', way.expected);
      made := replace(made, '<fact_parameters>', fact_parameters);
      made := replace(made, '<facts>', facts);
      made := replace(made, '<count>', count::text);
      made := replace(made, '<name>', way.name);
      execute made;
    end loop;
  end loop;
end
$make$;
