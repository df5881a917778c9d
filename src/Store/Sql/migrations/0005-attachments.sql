set local role programme_owner;
\ir ../tables/attachments.sql
select store.protect('store.attachments');
\ir ../privileges/attachments.sql
