using HousingBank.Support;
using Npgsql;

namespace HousingBank.Store.Tests;

public sealed class SchemaTests(TestServer server)
{
    [Fact]
    public async Task A_second_migration_finds_nothing_to_do()
    {
        var migrator = new SchemaMigrator(await server.EmptyDatabaseAsync(Given.Cancel));
        var lines = new List<string>();

        (await migrator.CurrentVersionAsync(Given.Cancel)).ShouldBe(0);
        await migrator.MigrateAsync(lines.Add, Given.Cancel);
        lines.ShouldNotBeEmpty();
        lines.Clear();
        await migrator.MigrateAsync(lines.Add, Given.Cancel);

        lines.ShouldBeEmpty();
        (await migrator.CurrentVersionAsync(Given.Cancel)).ShouldBe(SchemaMigrator.NewestVersion);
    }

    [Fact]
    public async Task Of_programs_that_start_at_once_one_migrates()
    {
        var migrator = new SchemaMigrator(await server.EmptyDatabaseAsync(Given.Cancel));
        var lines = new System.Collections.Concurrent.ConcurrentQueue<string>();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => migrator.MigrateAsync(lines.Enqueue, Given.Cancel))));

        lines.Count(l => l.StartsWith("Migrating", StringComparison.Ordinal)).ShouldBe(SchemaMigrator.NewestVersion);
    }

    [Fact]
    public async Task Databases_of_one_server_can_be_migrated_at_once()
    {
        var databases = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => server.EmptyDatabaseAsync(Given.Cancel)));

        await Task.WhenAll(databases.Select(d => Task.Run(() => new SchemaMigrator(d).MigrateAsync(_ => { }, Given.Cancel))));

        foreach (var database in databases)
            (await new SchemaMigrator(database).CurrentVersionAsync(Given.Cancel)).ShouldBe(SchemaMigrator.NewestVersion);
    }

    [Fact]
    public async Task A_migration_steps_back_from_what_somebody_uses_and_tries_again()
    {
        var database = await server.EmptyDatabaseAsync(Given.Cancel);
        var migrator = new SchemaMigrator(database);
        await migrator.MigrateAsync(_ => { }, Given.Cancel);
        // The newest can be run a second time.
        await ExecuteAsync(database, $"delete from store.schema_versions where version = {SchemaMigrator.NewestVersion}");
        var steppedBack = new TaskCompletionSource();
        Task migrating;
        await using (var session = new NpgsqlConnection(database + ";Pooling=false"))
        {
            await session.OpenAsync(Given.Cancel);
            await using var use = new NpgsqlCommand("begin; lock table store.schema_versions in share mode", session);
            await use.ExecuteNonQueryAsync(Given.Cancel);
            migrating = migrator.MigrateAsync(
                line =>
                {
                    if (line.StartsWith("Somebody uses", StringComparison.Ordinal))
                        steppedBack.TrySetResult();
                },
                Given.Cancel);
            await steppedBack.Task.WaitAsync(TimeSpan.FromSeconds(20), Given.Cancel);
        }

        await migrating;
        (await migrator.CurrentVersionAsync(Given.Cancel)).ShouldBe(SchemaMigrator.NewestVersion);
    }

    [Fact]
    public async Task A_database_of_a_newer_program_is_refused_in_plain_words()
    {
        var database = await server.EmptyDatabaseAsync(Given.Cancel);
        var migrator = new SchemaMigrator(database);
        await migrator.MigrateAsync(_ => { }, Given.Cancel);
        await ExecuteAsync(database, "insert into store.schema_versions (version, name) values (9999, 'from-the-future')");

        var refusal = await Should.ThrowAsync<SchemaTooNewException>(() => migrator.MigrateAsync(_ => { }, Given.Cancel));

        refusal.Found.ShouldBe(9999);
        refusal.Message.ShouldStartWith("The database has schema version 9999");
    }

    [Fact]
    public async Task A_login_that_is_no_superuser_can_migrate_its_own_database()
    {
        var database = await server.EmptyDatabaseAsync(Given.Cancel);
        var name = new NpgsqlConnectionStringBuilder(database).Database;
        await ExecuteAsync(database, $"create role migrating_login login createrole; alter database {name} owner to migrating_login");
        foreach (var role in new[] { "owner", "app", "numbering", "subscriber", "import", "rebuild", "sealer", "keys" })
            await ExecuteAsync(database, $"do $$ begin create role programme_{role}; exception when duplicate_object or unique_violation then null; end $$");
        await ExecuteAsync(
            database,
            "grant programme_owner, programme_app, programme_numbering, programme_subscriber, programme_import, programme_rebuild, programme_sealer, programme_keys to migrating_login with admin option");
        var login = new NpgsqlConnectionStringBuilder(database) { Username = "migrating_login" }.ConnectionString;

        await new SchemaMigrator(login).MigrateAsync(_ => { }, Given.Cancel);
        await using var source = StoreDataSource.Create(login, StoreRole.App);
        var store = new EventStore(source, new NoteCodec(), new TwoClockTables([]));

        (await store.WrittenAsync(Given.East, Given.Write(Given.NewStream(), 0, new NoteWritten("1")))).Facts.ShouldHaveSingleItem();
        (await new Numbering(StoreDataSource.Create(login, StoreRole.Numbering)).RunOnceAsync(Given.Cancel)).ShouldNotBeNull();
    }

    private static async Task ExecuteAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(Given.Cancel);
        await connection.AskAsync(sql);
    }
}
