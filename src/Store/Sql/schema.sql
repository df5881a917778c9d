create schema store authorization programme_owner;
