-- Each seals a stretch of the log, and with the seals before it all of the log up to its end. Rows are only added.
-- What each column is made of stands in docs/reference/seals.md; bytes are SHA-256 unless said otherwise.
create table store.seals (
  number        bigint      primary key check (number > 0),      -- 1, 2, 3 … without holes
  form          integer     not null,                            -- version of the form of events, headers and heads
  first_ordinal bigint      not null unique,
  last_ordinal  bigint      not null,
  leaves        bytea       not null,                            -- one hash for each event, in the order of the log
  root          bytea       not null,                            -- of the tree over the leaves
  previous      bytea       not null,                            -- hash of the seal before; zeros in the first
  sealed_at     timestamptz not null,
  hash          bytea       not null,                            -- of the header, which all columns above but the leaves are part of
  tree          bytea       not null,                            -- root of the tree over the hashes of all seals up to this one
  key           text,                                            -- of the signature; null when the head is not signed
  signature     bytea,                                           -- of the head: ECDSA P-256 with SHA-256, as DER
  check (octet_length(leaves) = 32 * (last_ordinal - first_ordinal + 1)),
  check ((key is null) = (signature is null))
);

-- Hashes do not get smaller by compressing.
alter table store.seals alter column leaves set storage external;
