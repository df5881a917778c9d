-- Who may come in: tokens of programs, and the keys that protect cookies. None of it is history.
create schema access authorization programme_owner;
set local role programme_owner;
\ir ../tables/service_tokens.sql
\ir ../tables/data_protection_keys.sql
\ir ../privileges/access.sql
