-- Two-clock tables, one for each version of a projection, and the views by which they are read.
create schema tables authorization programme_owner;
create schema read authorization programme_owner;
