grant select, insert (id, person, tenant, browser, system, good_until), delete on access.sign_ins to programme_app;
