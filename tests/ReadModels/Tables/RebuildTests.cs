using HousingBank.Processes;
using HousingBank.Store;
using HousingBank.Support;
using Npgsql;

namespace HousingBank.ReadModels.Tests.Tables;

public sealed class RebuildTests(TestServer server)
{
    [Fact]
    public async Task Every_table_is_built_from_the_log_as_decisions_wrote_it()
    {
        var cancel = TestContext.Current.CancellationToken;
        var connectionString = await server.CopyOfAsync("imported", DemoHistory.LoadAsync, cancel);
        await using var database = NpgsqlDataSource.Create(connectionString);
        var written = await ContentsAsync(database);

        await new TableBuilder(connectionString, new TwoClockTables(ReadModelTables.All), FactCodec.OfDomain()).RebuildAsync([], _ => { }, cancel);

        written.Keys.ShouldBe(ReadModelTables.All.Select(t => t.Name), ignoreOrder: true);
        written.Values.Sum(rows => rows.Length).ShouldBeGreaterThan(300);
        foreach (var (table, rows) in await ContentsAsync(database))
            rows.ShouldBe(written[table], table);
    }

    private static async Task<Dictionary<string, string[]>> ContentsAsync(NpgsqlDataSource database)
    {
        var contents = new Dictionary<string, string[]>();
        foreach (var table in ReadModelTables.All)
        {
            await using var command = database.CreateCommand($"select coalesce(array_agg(r::text order by r::text), '{{}}') from read.{table.Name} r");
            contents.Add(table.Name, (string[])(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!);
        }

        return contents;
    }
}
