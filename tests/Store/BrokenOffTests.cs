using Npgsql;

namespace HousingBank.Store.Tests;

/// <summary>What goes wrong for one who asks spoils the connection for nobody else.</summary>
public sealed class BrokenOffTests(StoreDatabase database) : IClassFixture<StoreDatabase>
{
    [Fact]
    public async Task A_batch_that_fails_among_its_rows_spoils_its_connection_until_it_is_asked_again()
    {
        await using var source = OneConnection();
        await RowsAsync(source, divisor: 0);
        (await Should.ThrowAsync<PostgresException>(() => RowsAsync(source, divisor: 1))).SqlState.ShouldBe(PostgresErrorCodes.DivisionByZero);

        // Without these two the cure is needed no longer.
        (await Should.ThrowAsync<PostgresException>(() => RowsAsync(source, divisor: 0))).SqlState.ShouldBe(PostgresErrorCodes.InvalidSqlStatementName);
        (await Should.ThrowAsync<PostgresException>(() => RowsAsync(source, divisor: 0))).SqlState.ShouldBe(PostgresErrorCodes.InvalidSqlStatementName);
        (await source.AskAsync(() => RowsAsync(source, divisor: 0))).ShouldBe(30_001);
        (await RowsAsync(source, divisor: 0)).ShouldBe(30_001);
    }

    [Fact]
    public async Task The_store_loads_and_writes_on_when_its_connection_has_forgotten_its_statements()
    {
        await using var source = OneConnection();
        var store = new EventStore(source, new NoteCodec(), new TwoClockTables([]));
        var stream = Given.NewStream();
        for (var version = 0; version < 6; version++)
        {
            if (version == 3)
                await ForgetAsync(source);
            (await store.LoadAsync(Given.East, [stream], null, Given.Cancel)).Streams[stream].Count.ShouldBe(version);
            if (version == 4)
                await ForgetAsync(source);
            (await store.WrittenAsync(Given.East, Given.Write(stream, version, new NoteWritten("1")))).Facts.ShouldHaveSingleItem();
        }
    }

    private NpgsqlDataSource OneConnection() =>
        StoreDataSource.Create(new NpgsqlConnectionStringBuilder(database.ConnectionString) { MaxPoolSize = 1 }.ConnectionString, StoreRole.App);

    /// <summary>Leaves the connection as a batch does that was broken off: Npgsql takes for prepared what PostgreSQL does not know.</summary>
    private static async Task ForgetAsync(NpgsqlDataSource source)
    {
        await using var forget = source.CreateCommand("deallocate all");
        await forget.ExecuteNonQueryAsync(Given.Cancel);
    }

    /// <returns>How many rows came.</returns>
    private static async Task<int> RowsAsync(NpgsqlDataSource source, int divisor)
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select 1 / (20000 - n * $1) from generate_series(1, 30000) n") { Parameters = { new() { Value = divisor } } });
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select 2"));
        await using var reader = await batch.ExecuteReaderAsync(Given.Cancel);
        var rows = 0;
        do
        {
            while (await reader.ReadAsync(Given.Cancel))
                rows++;
        }
        while (await reader.NextResultAsync(Given.Cancel));
        return rows;
    }
}
