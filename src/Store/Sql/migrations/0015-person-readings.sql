set local role programme_owner;
\ir ../tables/person_readings.sql
select store.protect('store.person_readings');
\ir ../privileges/person_readings.sql
