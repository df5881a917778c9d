set local role programme_owner;
\ir ../functions/carry_in.sql
\ir ../privileges/carry_in.sql
