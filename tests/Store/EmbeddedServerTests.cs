using HousingBank.EmbeddedPostgres;
using HousingBank.Support;
using Npgsql;

namespace HousingBank.Store.Tests;

public sealed class EmbeddedServerTests(TestServer server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_copies_of_a_template_hold_the_same_and_do_not_see_each_other()
    {
        var one = await server.CopyOfAsync("counted", MakeCountedAsync, Cancel);
        var other = await server.CopyOfAsync("counted", _ => throw new InvalidOperationException("made twice"), Cancel);

        await ExecuteAsync(one, "insert into counted values (2)");

        (await CountAsync(one)).ShouldBe(2);
        (await CountAsync(other)).ShouldBe(1);
    }

    [Fact]
    public async Task Data_outlives_the_server_when_it_has_a_folder()
    {
        using var folder = new TemporaryFolder();
        await using (var first = await StartInAsync(folder))
        {
            await MakeCountedAsync(first.ConnectionString);
        }

        await using var second = await StartInAsync(folder);
        (await CountAsync(second.ConnectionString)).ShouldBe(1);
    }

    [Fact]
    public async Task A_second_server_on_the_same_data_is_refused_in_plain_words()
    {
        using var folder = new TemporaryFolder();
        await using var first = await StartInAsync(folder);

        var refusal = await Should.ThrowAsync<PostgresUnavailableException>(() => StartInAsync(folder));

        refusal.Message.ShouldBe($"The database in {RootIn(folder)} is already running: stop the program that started it first.");
    }

    [Fact]
    public async Task Data_of_another_major_version_is_left_alone_and_said_to_be_so()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(RootIn(folder), "data-9"));

        var refusal = await Should.ThrowAsync<PostgresUnavailableException>(() => StartInAsync(folder));

        refusal.Message.ShouldContain("was written by PostgreSQL 9");
        refusal.Message.ShouldContain("--fresh");
    }

    [Fact]
    public async Task Folders_without_programs_are_named()
    {
        var refusal = await Should.ThrowAsync<PostgresUnavailableException>(
            () => PostgresServer.StartAsync(new PostgresServerOptions { BinDirectory = Path.GetTempPath() }, Cancel));

        refusal.Message.ShouldContain("holds no PostgreSQL server");
    }

    [Fact]
    public async Task A_killed_process_leaves_a_folder_that_the_next_start_removes()
    {
        var abandoned = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "pg-housingbank-abandoned-" + Guid.NewGuid().ToString("N")));
        var running = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "pg-housingbank-running-" + Guid.NewGuid().ToString("N")));
        await WriteProcessIdAsync(abandoned, int.MaxValue);
        await WriteProcessIdAsync(running, Environment.ProcessId);
        abandoned.LastWriteTimeUtc = running.LastWriteTimeUtc = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);

        await using (await PostgresServer.StartAsync(PostgresServerOptions.ForTests, Cancel))
        {
            Directory.Exists(abandoned.FullName).ShouldBeFalse();
            Directory.Exists(running.FullName).ShouldBeTrue();
        }

        running.Delete(recursive: true);
    }

    private static Task WriteProcessIdAsync(DirectoryInfo root, int id) =>
        File.WriteAllTextAsync(Path.Combine(root.CreateSubdirectory("data-18").FullName, "postmaster.pid"), $"{id}\n/data\n", Cancel);

    // Nobody but us may enter the folder around it: started by root, the server must still find its data.
    private static string RootIn(TemporaryFolder folder) => Path.Combine(folder.Path, "database");

    private static Task<PostgresServer> StartInAsync(TemporaryFolder folder) =>
        PostgresServer.StartAsync(PostgresServerOptions.ForTests with { DataRoot = RootIn(folder) }, Cancel);

    private static Task MakeCountedAsync(string connectionString) =>
        ExecuteAsync(connectionString, "create table counted (n int); insert into counted values (1)");

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancel);
    }

    private static async Task<long> CountAsync(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand("select count(*) from counted");
        return (long)(await command.ExecuteScalarAsync(Cancel))!;
    }
}
