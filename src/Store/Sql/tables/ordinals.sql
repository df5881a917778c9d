-- The order of the log: 1, 2, 3 … without holes. Rows are only added.
create table store.ordinals (
  ordinal     bigint primary key,
  transaction xid8   not null,
  position    bigint not null,
  unique (transaction, position)
);
