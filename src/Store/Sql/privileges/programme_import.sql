-- Beside what it has as a member of programme_app.
grant execute on function store.begin_carrying_over to programme_import;
