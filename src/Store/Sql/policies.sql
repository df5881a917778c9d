select store.protect('store.streams');
select store.protect('store.events');
select store.protect('store.receipts');
select store.protect('store.carried_over');
