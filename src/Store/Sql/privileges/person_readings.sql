-- When it was is said by the database. What is older than the organisation keeps is taken away by the operator, never by the web process.
grant select, insert (tenant, actor, owner, role, route, persons) on store.person_readings to programme_app;
grant select, delete on store.person_readings to programme_keys;
create policy kept on store.person_readings to programme_keys using (true);
