-- When it was stored is said by the database.
grant select, insert (tenant, sha256, content) on store.attachments to programme_app;
