-- Moments go on while the clock is behind: they stood still until it had caught up, and what was decided meanwhile was not settled.
set local role programme_owner;
drop function store.number_events;
\ir ../functions/number_events.sql
grant execute on function store.number_events to programme_numbering;
