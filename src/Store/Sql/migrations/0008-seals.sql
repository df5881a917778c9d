\ir ../roles/programme_sealer.sql
set local role programme_owner;
\ir ../tables/seals.sql
\ir ../privileges/programme_sealer.sql
