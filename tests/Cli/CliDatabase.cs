using HousingBank.Cli.Terminal;
using HousingBank.Store;
using HousingBank.Support;
using Npgsql;

namespace HousingBank.Cli.Tests;

/// <summary>A database with a schema and nothing in it, and the commands as a user runs them.</summary>
public sealed class CliDatabase : IAsyncDisposable
{
    private readonly NpgsqlDataSource _asSuperuser;

    private CliDatabase(string connectionString)
    {
        ConnectionString = connectionString;
        _asSuperuser = NpgsqlDataSource.Create(connectionString + ";Pooling=false");
    }

    public string ConnectionString { get; }

    public static async Task<CliDatabase> CreateAsync(TestServer server) => new(await server.CopyOfAsync(
        "cli",
        async connectionString =>
        {
            var result = await CommandLineResult.OfAsync(["migrate", "--database", connectionString], TestContext.Current.CancellationToken);
            result.Code.ShouldBe(ExitCode.Done, result.Output);
        },
        TestContext.Current.CancellationToken));

    /// <summary>Runs the program with this database.</summary>
    public Task<CommandLineResult> RunAsync(params string[] arguments) =>
        CommandLineResult.OfAsync([.. arguments, "--database", ConnectionString], TestContext.Current.CancellationToken);

    /// <summary>The rows of a query, their columns joined with a bar; as superuser, past row-level security.</summary>
    public async Task<IReadOnlyList<string>> RowsAsync(string sql)
    {
        await using var command = _asSuperuser.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var rows = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "" : reader.GetValue(i))));
        return rows;
    }

    /// <summary>Numbers the log as a web process does, until the first moment is settled.</summary>
    public async Task NumberAsync()
    {
        await using var source = StoreDataSource.Create(ConnectionString, StoreRole.Numbering);
        var numbering = new Numbering(source);
        await Until.HoldsAsync("every event has its ordinal, and a moment is settled", async () =>
        {
            await numbering.RunOnceAsync(TestContext.Current.CancellationToken);
            return await RowAsync("select settled > '-infinity' and last_ordinal = (select count(*) from store.events) from store.numbering") == "True";
        });
    }

    public async Task<string> RowAsync(string sql) => (await RowsAsync(sql)).ShouldHaveSingleItem();

    public ValueTask DisposeAsync() => _asSuperuser.DisposeAsync();
}
