-- As TableSql says it of tables made from now on: what is known now and valid on a day is settled within its own index. Without the first day in it, a plan
-- that is kept for all days took the index of both clocks, and read in it all that had once been known.
set local role programme_owner;
do $$
declare
  made record;
begin
  for made in
    select i.indrelid::regclass as of_table, i.indexrelid::regclass as index
      from (select physical from tables.registry union select physical from tables.rebuilds) t
      join pg_index i on i.indrelid = format('tables.%I', t.physical)::regclass
     where i.indpred is not null and i.indnkeyatts = 2
  loop
    execute format($q$create index on %s (tenant, valid_to, valid_from) where known_to = 'infinity'$q$, made.of_table);
    execute format('drop index %s', made.index);
  end loop;
end
$$;
