grant execute on function store.carry_in to programme_import;
