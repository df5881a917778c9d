-- The tables themselves are made from their types of row, when the program starts.
\ir ../roles/programme_reader.sql
\ir ../schemas_of_tables.sql
set local role programme_owner;
\ir ../tables/registry.sql
\ir ../tables/edition.sql
\ir ../tables/rebuilds.sql
\ir ../functions/hold.sql
\ir ../functions/renew_edition.sql
\ir ../privileges/two_clock_tables.sql
