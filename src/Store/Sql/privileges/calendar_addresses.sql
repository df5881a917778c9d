-- An address can be made and revoked, and nothing about it changed.
grant select, insert (id, secret_hash, owner, role, tenant, municipality, language, expires_at), update (revoked_at) on access.calendar_addresses to programme_app;
