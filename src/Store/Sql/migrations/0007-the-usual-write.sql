-- One statement with single values for the usual write: it took as long to read them from arrays as to add the rows.
set local role programme_owner;
drop function store.append;
\ir ../functions/append.sql
grant execute on function store.append to programme_app;
