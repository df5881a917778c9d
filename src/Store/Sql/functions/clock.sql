-- The clock that recording moments are taken from.
create function store.clock() returns timestamptz
language sql volatile
as 'select clock_timestamp()';
