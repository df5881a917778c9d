\ir ../roles/programme_keys.sql
set local role programme_owner;
\ir ../tables/person_keys.sql
\ir ../functions/erase_person.sql
\ir ../functions/replay_erasures.sql
\ir ../privileges/person_keys.sql
