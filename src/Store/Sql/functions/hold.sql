-- Keeps the two-clock tables as they are until the transaction ends, and refuses a writer that knows other ones.
-- The lock stands for the row of tables.edition: a share lock on the row itself would be written to disk by every writer.
-- A swap takes the same lock exclusively. What was swapped while this one waited is seen: each statement of a function has its own snapshot.
--
-- Raises HB004, with the name of a table that differs as hint.
create function tables.hold(known text) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  actual text;
begin
  perform pg_advisory_xact_lock_shared(4801201010);
  select e.tables into actual from tables.edition e;
  if actual <> known then
    raise exception 'the tables in use are "%", not "%"', actual, known
      using errcode = 'HB004', hint = (
        select split_part(min(t.entry), ':', 1)
          from (select unnest(string_to_array(actual || ' ' || known, ' ')) as entry) t
         where (t.entry = any (string_to_array(actual, ' '))) <> (t.entry = any (string_to_array(known, ' '))));
  end if;
end
$$;
