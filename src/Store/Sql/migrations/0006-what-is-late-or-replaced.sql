set local role programme_owner;

-- Facts recorded late, counted by stream on every board: found without reading the others. Queries say the same conditions word for word.
create index events_recorded_late on store.events (tenant, stream, effective_on, recorded_at)
 where basis_kind <> 'source' and (recorded_at at time zone 'Europe/Oslo')::date > effective_last + 14;

-- Corrections and strikes: the decision log says of each fact what became of it.
create index events_replacing on store.events (tenant, stream, version) where replaces is not null;

-- As TableSql says it of tables made from now on.
do $$
declare
  in_use text;
begin
  for in_use in select physical from tables.registry union select physical from tables.rebuilds loop
    execute format(
      'alter table tables.%I alter valid_from set (n_distinct = 1), alter valid_to set (n_distinct = 1),
         alter known_from set (n_distinct = 1), alter known_to set (n_distinct = 1)',
      in_use);
  end loop;
end
$$;
