grant select, insert (id), delete on access.ended_sign_ins to programme_app;
