set local role programme_owner;
\ir ../tables/sign_ins.sql
\ir ../privileges/sign_ins.sql
