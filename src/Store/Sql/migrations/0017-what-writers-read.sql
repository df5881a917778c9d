-- What every writer must know stands in one row, and is read in one go. What was tables.edition is a view of it.
set local role programme_owner;
alter table store.numbering
  add tables text not null default '',   -- the two-clock tables in use, as every writer must know them: "phase:1 round:2", in the order of their names
  add swaps  bigint not null default 0;  -- how often others were put into use: readers look them up anew when it has changed
update store.numbering set tables = e.tables, swaps = e.swaps from tables.edition e;
drop table tables.edition;
create view tables.edition as select tables, swaps from store.numbering;
grant select on tables.edition to programme_app, programme_rebuild, programme_reader;
