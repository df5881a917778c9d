-- Nothing here lets it change or remove an event: what is written goes through functions of the store.
grant usage on schema store to programme_app;
grant select on
  store.events, store.streams, store.receipts, store.carried_over, store.ordinals, store.numbering, store.subscriptions, store.parked, store.schema_versions
  to programme_app;
grant execute on function store.append to programme_app;
