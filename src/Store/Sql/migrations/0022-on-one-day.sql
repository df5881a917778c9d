-- The usual write has a function for each number of facts, for a new stream and for one that is there: what one function for all had to ask cost a
-- twenty-fifth of a write.
set local role programme_owner;
\ir ../functions/earliest_when_ready.sql
\ir ../functions/on_day.sql
