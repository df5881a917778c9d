set local role programme_owner;
\ir ../tables/used_sign_ins.sql
\ir ../privileges/used_sign_ins.sql
