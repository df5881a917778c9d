#!/bin/sh
# Run by the PostgreSQL image when it makes the database.
exec psql --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --no-psqlrc --file /ops/web-login.sql
