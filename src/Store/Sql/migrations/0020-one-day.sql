-- The facts of a decision begin on one day: said once, it costs writers less than said with each.
-- Where 0017 was run before it was so, processes that were started then go on writing through store.append_one until they are ended.
set local role programme_owner;
\ir ../functions/append_usual.sql
grant execute on function store.append_usual to programme_app;
