-- The login of the web process: it acts as these roles and cannot become the owner of the schema.
-- As an administrator, with its password in the environment (psql asks for nothing and shows nothing):
--   WEB_PASSWORD=… psql -d programme -f ops/deploy/web-login.sql
\set ON_ERROR_STOP on
\set password `printf %s "$WEB_PASSWORD"`
-- The roles are the schema's own; here only in case that nobody has migrated yet.
select format('create role %I nologin nosuperuser nobypassrls', name)
  from unnest(array['programme_app', 'programme_numbering', 'programme_subscriber', 'programme_sealer']) as name
 where not exists (select from pg_roles where rolname = name) \gexec
create role programme_web login password :'password';
grant programme_app, programme_numbering, programme_subscriber, programme_sealer to programme_web;
