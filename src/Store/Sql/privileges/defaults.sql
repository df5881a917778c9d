-- A function is for those it is granted to, not for everybody.
alter default privileges revoke execute on functions from public;
