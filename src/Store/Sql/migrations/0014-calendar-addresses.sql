set local role programme_owner;
\ir ../tables/calendar_addresses.sql
\ir ../privileges/calendar_addresses.sql
