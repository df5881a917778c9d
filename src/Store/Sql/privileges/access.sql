-- A token can be made and revoked, and nothing about it changed.
grant usage on schema access to programme_app;
grant select, insert (id, secret_hash, owner, role, tenant, municipality, name, scopes, expires_at), update (revoked_at) on access.service_tokens to programme_app;
grant select, insert (name, xml) on access.data_protection_keys to programme_app;
