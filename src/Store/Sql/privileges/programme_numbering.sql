grant usage on schema store to programme_numbering;
grant select on store.events to programme_numbering;
grant select, insert on store.ordinals to programme_numbering;
grant select, update on store.numbering to programme_numbering;
grant execute on function store.number_events, store.clock to programme_numbering;
