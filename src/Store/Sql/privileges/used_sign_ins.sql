-- Reading used_at is what finding the old ones takes.
grant select (used_at), insert (state_hash), delete on access.used_sign_ins to programme_app;
