-- The usual write, of one stream, has a function of its own: the other one asks and loops for what is seldom there.
set local role programme_owner;
drop function store.append;
\ir ../functions/append.sql
\ir ../functions/append_several.sql
grant execute on function store.append, store.append_several to programme_app;
