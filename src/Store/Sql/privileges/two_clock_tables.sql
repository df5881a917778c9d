grant usage on schema tables to programme_app, programme_rebuild, programme_reader;
grant usage on schema read to programme_app, programme_reader;
grant select on tables.registry, tables.edition to programme_app, programme_rebuild, programme_reader;
grant select, update on tables.rebuilds to programme_rebuild;
grant select on store.streams to programme_rebuild;
grant execute on function tables.hold to programme_app;
