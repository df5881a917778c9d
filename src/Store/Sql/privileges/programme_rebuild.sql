grant usage, create on schema store to programme_rebuild;
grant select on store.events, store.ordinals, store.numbering to programme_rebuild;
