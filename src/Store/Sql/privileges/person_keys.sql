-- The application adds and reads keys; it destroys one only through the function, which asks for the event. Nobody changes when one was made or erased.
grant select, insert (tenant, person, kind, wrapped_key, master_key) on store.person_keys to programme_app;
grant execute on function store.erase_person to programme_app;
grant usage on schema store to programme_keys;
grant select, update (wrapped_key, master_key) on store.person_keys to programme_keys;
grant execute on function store.replay_erasures to programme_keys;
