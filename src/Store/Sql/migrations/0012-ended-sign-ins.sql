set local role programme_owner;
\ir ../tables/ended_sign_ins.sql
\ir ../privileges/ended_sign_ins.sql
