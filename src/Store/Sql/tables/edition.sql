-- Since migration 0017 a view of store.numbering.
-- One row: which tables are in use.
create table tables.edition (
  the_only boolean primary key default true check (the_only),
  tables   text    not null,           -- as every writer must know them: "phase:1 round:2", in the order of their names
  swaps    bigint  not null default 0  -- how often others were put into use: readers look them up anew when it has changed
);

insert into tables.edition (tables) values ('');
