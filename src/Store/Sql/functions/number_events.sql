-- One step of numbering, by the holder of the lease: gives ordinals to events, and brings the settled moment forward.
--
-- Ordinals. The order of the log is (transaction, position). Below the oldest transaction that is still open nothing can be
-- added, so what lies there is numbered in that order, after everything numbered before. The bound and the events are
-- read with the same snapshot. The oldest open transaction may be one of another database of the same cluster: it holds
-- numbering up, nothing else.
--
-- The settled moment. A write takes its transaction number first, then reads the proposed moment and takes a later one.
--   1. A moment is proposed, and committed.
--   2. A later transaction notes its own number as the boundary: whoever has a greater one has read the proposal.
--   3. When every transaction below the boundary is over, nothing can commit at or before the proposed moment: it is settled.
-- Each call takes one of these steps. While the clock is behind what was proposed, because it was put forward and back, moments go on by
-- themselves, a millisecond at a time: what is decided meanwhile is settled too, and not only when the clock has caught up.
--
-- A cluster that was restored from a dump counts transactions anew. What came with the dump is numbered first, in its old
-- order, and left aside from then on; until that is done nothing is appended.
create function store.number_events(by_owner uuid, lease interval, at_most integer, out is_holder boolean, out numbered bigint)
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  -- Read before this transaction has a number.
  seen_proposal constant timestamptz := (select proposed from store.numbering);
  this_cluster constant bigint := (select system_identifier from pg_control_system());
  state store.numbering;
  last store.ordinals;
  next_moment timestamptz := store.clock();
begin
  is_holder := false;
  numbered := 0;
  select * into state from store.numbering for update skip locked;
  -- A lease that ends later than one taken now would is from before the clock was set back: it does not count.
  if not found
    or (state.lease_owner <> by_owner and state.lease_until between clock_timestamp() and clock_timestamp() + lease) then
    return;
  end if;
  is_holder := true;
  if next_moment <= state.proposed then
    next_moment := state.proposed + interval '1 millisecond';
  end if;

  if state.system_identifier <> this_cluster then
    insert into store.ordinals (ordinal, transaction, position)
    select state.last_ordinal + row_number() over (order by e.transaction, e.position), e.transaction, e.position
      from store.events e
     where (e.transaction, e.position) > (state.last_transaction, state.last_position) and e.position > state.restored_up_to;
    get diagnostics numbered = row_count;
    state.last_ordinal := state.last_ordinal + numbered;
    state.last_transaction := '0';
    state.last_position := 0;
    state.restored_up_to := coalesce((select max(e.position) from store.events e), 0);
    state.system_identifier := this_cluster;
    state.boundary := null;
  else
    insert into store.ordinals (ordinal, transaction, position)
    select state.last_ordinal + row_number() over (order by e.transaction, e.position), e.transaction, e.position
      from (
        select transaction, position
          from store.events
         where (transaction, position) > (state.last_transaction, state.last_position) and position > state.restored_up_to
           and transaction < pg_snapshot_xmin(pg_current_snapshot())
         order by transaction, position
         limit at_most) e;
    get diagnostics numbered = row_count;
    if numbered > 0 then
      select * into last from store.ordinals order by ordinal desc limit 1;
      state.last_ordinal := last.ordinal;
      state.last_transaction := last.transaction;
      state.last_position := last.position;
    end if;

    if state.settled = state.proposed then
      state.proposed := next_moment;
    elsif state.boundary is null then
      if state.proposed = seen_proposal then
        state.boundary := pg_current_xact_id();
      end if;
    elsif pg_snapshot_xmin(pg_current_snapshot()) >= state.boundary then
      state.settled := state.proposed;
      state.boundary := null;
      state.proposed := next_moment;
    end if;
  end if;

  update store.numbering
     set proposed = state.proposed, boundary = state.boundary, settled = state.settled,
         last_ordinal = state.last_ordinal, last_transaction = state.last_transaction, last_position = state.last_position,
         system_identifier = state.system_identifier, restored_up_to = state.restored_up_to,
         server_started_at = pg_postmaster_start_time(), lease_owner = by_owner, lease_until = clock_timestamp() + lease;
end
$$;
