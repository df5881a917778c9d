using HousingBank.EmbeddedPostgres;
using HousingBank.Support;
using Npgsql;

namespace HousingBank.Store.Tests;

/// <summary>Two servers of one history that both say that they are the primary: one was given up, and the other promoted.</summary>
public sealed class FormerPrimaryTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private PostgresServer _former = null!;
    private PostgresServer? _promoted;

    public async ValueTask InitializeAsync()
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_folder.Path, (UnixFileMode)0b111_111_111);
        string data;
        await using (var first = await StartAsync("former"))
        {
            await using var source = NpgsqlDataSource.Create(first.ConnectionString);
            await using var role = source.CreateCommand("create role programme_app");
            await role.ExecuteNonQueryAsync(Given.Cancel);
            data = first.DataDirectory;
        }

        var copy = Path.Combine(Root("promoted"), Path.GetFileName(data));
        foreach (var folder in Directory.EnumerateDirectories(data, "*", SearchOption.AllDirectories).Prepend(data))
            Directory.CreateDirectory(folder.Replace(data, copy, StringComparison.Ordinal));
        foreach (var file in Directory.EnumerateFiles(data, "*", SearchOption.AllDirectories))
            File.Copy(file, file.Replace(data, copy, StringComparison.Ordinal));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(copy, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await File.WriteAllTextAsync(Path.Combine(copy, "recovery.signal"), "");
        _former = await StartAsync("former");
    }

    public async ValueTask DisposeAsync()
    {
        await _former.DisposeAsync();
        if (_promoted is not null)
            await _promoted.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_program_that_starts_goes_to_the_one_promoted_last_in_whichever_order_they_are_named()
    {
        await PromoteAsync();
        foreach (var hosts in new[] { Both(_former, _promoted!), Both(_promoted!, _former) })
        {
            await using var source = StoreDataSource.Create(hosts, StoreRole.App);
            for (var i = 0; i < 3; i++)
                (await PortAsync(source)).ShouldBe(PortOf(_promoted!));

            var primaries = await StoreDataSource.PrimariesAsync(hosts, Given.Cancel);
            primaries.Select(p => p.Timeline).ShouldBe([2, 1]);
            primaries[1].Server.ShouldEndWith($":{PortOf(_former)}");
        }
    }

    [Fact]
    public async Task A_program_that_works_on_the_former_leaves_it_when_it_looks_again()
    {
        var promotedAt = LoopbackPort.Free();
        var hosts = $"{_former.ConnectionString};Host=127.0.0.1:{PortOf(_former)},127.0.0.1:{promotedAt};Host Recheck Seconds=1";
        await using var source = StoreDataSource.Create(hosts, StoreRole.App);
        (await PortAsync(source)).ShouldBe(PortOf(_former));

        await PromoteAsync(promotedAt);
        (await StoreDataSource.PrimariesAsync(hosts, Given.Cancel)).Count.ShouldBe(2);

        await Until.HoldsAsync("the promoted is used", async () =>
        {
            var port = await PortOrNoneAsync(source);
            port.ShouldBeOneOf(null, promotedAt);
            return port == promotedAt;
        });
    }

    /// <summary>A recovery to the end of nothing is a promotion.</summary>
    private async Task PromoteAsync(int port = 0)
    {
        _promoted = await StartAsync("promoted", port, new() { ["restore_command"] = "false" });
        await using var source = NpgsqlDataSource.Create(_promoted.ConnectionString);
        await using var promoted = source.CreateCommand("select not pg_is_in_recovery()");
        await Until.HoldsAsync("it is promoted", async () => (bool)(await promoted.ExecuteScalarAsync(Given.Cancel))!);
    }

    private Task<PostgresServer> StartAsync(string name, int port = 0, Dictionary<string, string>? settings = null) => PostgresServer.StartAsync(
        PostgresServerOptions.ForTests with { DataRoot = Root(name), Port = port, Settings = new Dictionary<string, string>(settings ?? []) { ["wal_level"] = "replica" } }, Given.Cancel);

    private string Root(string name) => Path.Combine(_folder.Path, name);

    private static string Both(PostgresServer first, PostgresServer second) => $"{first.ConnectionString};Host=127.0.0.1:{PortOf(first)},127.0.0.1:{PortOf(second)}";

    private static int PortOf(PostgresServer server) => new NpgsqlConnectionStringBuilder(server.ConnectionString).Port;

    private static async Task<int> PortAsync(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand("select inet_server_port()");
        return (int)(await command.ExecuteScalarAsync(Given.Cancel))!;
    }

    private static async Task<int?> PortOrNoneAsync(NpgsqlDataSource source)
    {
        try
        {
            return await PortAsync(source);
        }
        catch (NpgsqlException)
        {
            return null;
        }
    }
}
