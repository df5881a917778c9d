using Npgsql;

namespace HousingBank.Store.Tests;

/// <summary>What the database itself refuses the application, whatever the program tries.</summary>
public sealed class ProtectionTests(StoreDatabase database) : IClassFixture<StoreDatabase>, IAsyncLifetime
{
    private readonly StreamKey _stream = Given.NewStream();
    private NpgsqlDataSource _app = null!;

    public async ValueTask InitializeAsync()
    {
        _app = StoreDataSource.Create(new NpgsqlConnectionStringBuilder(database.ConnectionString) { MaxPoolSize = 1 }.ConnectionString, StoreRole.App);
        await database.Store.WrittenAsync(Given.East, Given.Write(_stream, 0, new NoteWritten("1")));
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Theory]
    [InlineData("update store.events set body = '{}'")]
    [InlineData("update store.events set recorded_at = now() - interval '1 year'")]
    [InlineData("delete from store.events")]
    [InlineData("truncate store.events")]
    [InlineData("insert into store.events (tenant, recorded_at) values ('region-ost', '2009-01-01')")]
    [InlineData("insert into store.events (tenant, position) overriding system value values ('region-ost', 1)")]
    [InlineData("insert into store.events (tenant, transaction) values ('region-ost', '1')")]
    [InlineData("update store.streams set version = 0")]
    [InlineData("delete from store.streams")]
    [InlineData("insert into store.streams values ('region-ost', 'note/1', 1, now())")]
    [InlineData("update store.receipts set answer = '{}'")]
    [InlineData("delete from store.receipts")]
    [InlineData("insert into store.ordinals values (1, '1', 1)")]
    [InlineData("delete from store.ordinals")]
    [InlineData("update store.numbering set settled = 'infinity'")]
    [InlineData("update store.subscriptions set checkpoint = 0")]
    [InlineData("delete from store.parked")]
    [InlineData("update store.person_readings set actor = 'somebody else'")]
    [InlineData("delete from store.person_readings")]
    [InlineData("insert into store.person_readings (tenant, read_at, actor, role, route, persons) values ('region-ost', '2009-01-01', 'a', 'b', 'c', array[gen_random_uuid()])")]
    [InlineData("select nextval('store.events_position_seq')")]
    [InlineData("select setval('store.events_position_seq', 1)")]
    [InlineData("alter table store.events disable row level security")]
    [InlineData("alter table store.events no force row level security")]
    [InlineData("drop policy readable on store.events")]
    [InlineData("create policy all_of_it on store.events using (true)")]
    [InlineData("drop table store.events cascade")]
    [InlineData("create table store.mine (n int)")]
    [InlineData("create or replace function store.clock() returns timestamptz language sql as 'select now()'")]
    [InlineData("select store.number_events(gen_random_uuid(), interval '1 minute', 10)")]
    [InlineData("select store.refuse_stale('note/1', 1, 'tester', gen_random_uuid())")]
    [InlineData("select store.begin_carrying_over('note/1')")]
    [InlineData("insert into store.carried_over values ('region-ost', 'note/1', now())")]
    [InlineData("select store.protect('store.events')")]
    [InlineData("set session_replication_role = replica; set role programme_owner")]
    public async Task The_applications_role_is_refused(string attempt)
    {
        await using var connection = await LoginOfAnInstallationAsync();

        var refusal = await Should.ThrowAsync<PostgresException>(() => InScopeAsync(connection, attempt));

        refusal.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task A_version_cannot_be_used_twice_nor_left_out()
    {
        (await database.Store.WriteAsync(Given.East, Given.Write(_stream, 0, new NoteWritten("again")))).ShouldBeOfType<WriteResult.Stale>();
        await using var connection = await _app.OpenConnectionAsync(Given.Cancel);

        (await Should.ThrowAsync<PostgresException>(() => connection.AskAsync(Append.Several("region-ost", Given.NewStream(), 0, 2, [1, 1])))).SqlState.ShouldBe(PostgresErrorCodes.UniqueViolation);
        (await Should.ThrowAsync<PostgresException>(() => connection.AskAsync(Append.Several("region-ost", Given.NewStream(), 0, 1, [2])))).SqlState.ShouldBe("22000");
        (await Should.ThrowAsync<PostgresException>(() => connection.AskAsync(Append.Several("region-ost", Given.NewStream(), 0, 2, [1])))).SqlState.ShouldBe("22000");
        (await Should.ThrowAsync<PostgresException>(() => connection.AskAsync(Append.Several("region-ost", Given.NewStream(), 0, 1, [])))).SqlState.ShouldBe("22000");
    }

    [Theory]
    [InlineData(null)]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(2)]
    public async Task A_usual_write_adds_to_the_version_that_is_there(int? expected)
    {
        await using var connection = await _app.OpenConnectionAsync(Given.Cancel);

        (await Should.ThrowAsync<PostgresException>(() => connection.AskAsync(Append.OnDay("region-ost", _stream, expected)))).SqlState.ShouldBe("HB001");

        (await database.Store.LoadAsync(Given.East, _stream)).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1)]
    public async Task What_is_added_needs_a_stream_that_is_there(int expected)
    {
        await using var connection = await _app.OpenConnectionAsync(Given.Cancel);
        var stream = Given.NewStream();

        (await Should.ThrowAsync<PostgresException>(() => connection.AskAsync(Append.OnDay("region-ost", stream, expected)))).SqlState.ShouldBe("HB001");

        (await database.Store.LoadAsync(Given.East, stream)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_connection_used_again_without_a_tenant_shows_nothing()
    {
        var store = new EventStore(_app, new NoteCodec(), new TwoClockTables([]));
        await store.WrittenAsync(Scope.Of(Scope.National), Given.Write(Given.NewStream(), 0, new NoteWritten("1")));
        (await store.LoadAsync(Given.East, _stream)).ShouldHaveSingleItem();

        await using var connection = await _app.OpenConnectionAsync(Given.Cancel);
        foreach (var table in new[] { "events", "streams", "receipts" })
            (await connection.AskAsync($"select count(*) from store.{table}")).ShouldBe(0L, table);
        (await connection.AskAsync("select current_user")).ShouldBe("programme_app");
    }

    [Fact]
    public async Task A_tenant_sees_its_own_rows_and_the_national_ones()
    {
        var national = Given.NewStream();
        await database.Store.WrittenAsync(Scope.Of(Scope.National), Given.Write(national, 0, new NoteWritten("1")));
        await database.Store.WrittenAsync(Given.West, Given.Write(Given.NewStream(), 0, new NoteWritten("1")));

        await using var connection = await _app.OpenConnectionAsync(Given.Cancel);
        var tenants = await InScopeAsync(connection, "select string_agg(distinct tenant, ' ' order by tenant) from store.events");

        tenants.ShouldBe("national region-ost");
    }

    [Fact]
    public async Task Nothing_is_written_without_a_tenant()
    {
        await using var connection = await _app.OpenConnectionAsync(Given.Cancel);

        foreach (var write in new[] { Append.OnDay(null, Given.NewStream(), null), Append.Several(null, Given.NewStream(), 0, 1, [1]) })
            (await Should.ThrowAsync<PostgresException>(() => connection.AskAsync(write))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task The_owner_is_bound_by_row_level_security_too()
    {
        await using var connection = await database.As(StoreRole.Owner).OpenConnectionAsync(Given.Cancel);

        (await connection.AskAsync("select count(*) from store.events")).ShouldBe(0L);
        (await connection.AskAsync("select rolsuper or rolbypassrls or rolcanlogin from pg_roles where rolname = current_user")).ShouldBe(false);
    }

    [Fact]
    public async Task The_application_cannot_carry_over_recording_moments()
    {
        await using var connection = await _app.OpenConnectionAsync(Given.Cancel);

        (await Should.ThrowAsync<PostgresException>(() => connection.AskAsync(Append.Several("region-ost", Given.NewStream(), 0, 1, [1], "'2009-01-01'")))).SqlState
            .ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    /// <summary>As an operator sets it up: a login that is nobody but the application.</summary>
    private async Task<NpgsqlConnection> LoginOfAnInstallationAsync()
    {
        await database.ExecuteAsync("""
            do $$
            begin
              create role web_login login;
              grant programme_app to web_login;
            exception when duplicate_object or unique_violation then null;
            end
            $$
            """);
        var source = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Username = "web_login", Pooling = false };
        var connection = new NpgsqlConnection(source.ConnectionString);
        await connection.OpenAsync(Given.Cancel);
        return connection;
    }

    private static async Task<object?> InScopeAsync(NpgsqlConnection connection, string sql)
    {
        await using var transaction = await connection.BeginTransactionAsync(Given.Cancel);
        await connection.AskAsync("select set_config('store.tenant', 'region-ost', true), set_config('store.readable', '{region-ost,national}', true)");
        return await connection.AskAsync(sql);
    }
}
