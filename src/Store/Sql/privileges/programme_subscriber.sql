grant usage on schema store to programme_subscriber;
grant select on store.events, store.ordinals, store.numbering to programme_subscriber;
grant select, insert, update on store.subscriptions to programme_subscriber;
grant select, insert, update, delete on store.parked to programme_subscriber;
