-- True when the transaction numbers of the log were given by this cluster: not after a restore from a dump, until the log is numbered.
create function store.numbered_here() returns boolean
language sql stable
set search_path = pg_catalog, pg_temp
as 'select n.system_identifier = c.system_identifier from store.numbering n, pg_control_system() c';
