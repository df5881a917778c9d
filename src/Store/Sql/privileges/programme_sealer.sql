grant usage on schema store to programme_sealer;
grant select on
  store.events, store.streams, store.attachments, store.carried_over, store.ordinals, store.numbering, store.seals
  to programme_sealer;
grant insert on store.seals to programme_sealer;
create policy sealed on store.events for select to programme_sealer using (true);
create policy sealed on store.streams for select to programme_sealer using (true);
create policy sealed on store.attachments for select to programme_sealer using (true);
create policy sealed on store.carried_over for select to programme_sealer using (true);
-- Seals hold hashes that tell nothing without the salts: every tenant's pages and exports read them.
grant select on store.seals to programme_app;
