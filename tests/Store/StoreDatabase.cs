using HousingBank.Support;
using Npgsql;

namespace HousingBank.Store.Tests;

/// <summary>A migrated database for a class of tests, and the store on it as the web process has it.</summary>
public sealed class StoreDatabase(TestServer server) : IAsyncLifetime
{
    private readonly List<NpgsqlDataSource> _sources = [];

    /// <summary>As superuser.</summary>
    public string ConnectionString { get; private set; } = "";

    public EventStore Store { get; private set; } = null!;

    public async ValueTask InitializeAsync() => OpenAt(await server.CopyOfAsync("store", MigrateAsync, Given.Cancel));

    /// <summary>A copy of a database that is filled once for the assembly.</summary>
    /// <param name="fill">Gets the migrated database when the first copy is asked for.</param>
    public static async Task<StoreDatabase> CopyOfAsync(TestServer server, string template, Func<StoreDatabase, Task> fill)
    {
        var copy = await server.CopyOfAsync(
            template,
            async connectionString =>
            {
                await MigrateAsync(connectionString);
                await using var made = new StoreDatabase(server);
                made.OpenAt(connectionString);
                await fill(made);
            },
            Given.Cancel);
        var database = new StoreDatabase(server);
        database.OpenAt(copy);
        return database;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var source in _sources)
            await source.DisposeAsync();
    }

    public NpgsqlDataSource As(StoreRole role)
    {
        var source = StoreDataSource.Create(ConnectionString, role);
        _sources.Add(source);
        return source;
    }

    /// <summary>With connections of its own, as another process has.</summary>
    public EventStore NewStore() => new(As(StoreRole.App), new NoteCodec(), new TwoClockTables([]));

    /// <summary>The one that numbers from now on.</summary>
    public async Task<Numbering> NumberingAsync()
    {
        await ExecuteAsync("update store.numbering set lease_until = '-infinity'");
        return new Numbering(As(StoreRole.Numbering));
    }

    /// <summary>Goes on until every event has its ordinal: transactions of other tests hold numbering up for a moment.</summary>
    public async Task NumberAllAsync()
    {
        var numbering = await NumberingAsync();
        await Until.HoldsAsync("every event has its ordinal", async () =>
        {
            await numbering.RunOnceAsync(Given.Cancel);
            return (long)(await AskAsync("select (select count(*) from store.events) - (select count(*) from store.ordinals)"))! == 0;
        });
    }

    /// <summary>As superuser.</summary>
    public async Task<object?> AskAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(Given.Cancel);
        return await connection.AskAsync(sql);
    }

    /// <summary>As superuser.</summary>
    public async Task ExecuteAsync(string sql) => await AskAsync(sql);

    /// <summary>As superuser.</summary>
    /// <returns>The first column.</returns>
    public async Task<List<T>> ListAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(Given.Cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(Given.Cancel);
        var list = new List<T>();
        while (await reader.ReadAsync(Given.Cancel))
            list.Add(reader.GetFieldValue<T>(0));
        return list;
    }

    /// <summary>A transaction that has appended one fact and is still open.</summary>
    /// <param name="expected">Null for a new stream.</param>
    public async Task<OpenWrite> BeginWriteAsync(Scope scope, StreamKey stream, int? expected)
    {
        var connection = await As(StoreRole.App).OpenConnectionAsync(Given.Cancel);
        var transaction = await connection.BeginTransactionAsync(Given.Cancel);
        var moment = (DateTime)(await connection.AskAsync(Append.OnDay(scope.Tenant, stream, expected)))!;
        return new OpenWrite(connection, transaction, moment);
    }

    private void OpenAt(string connectionString)
    {
        ConnectionString = connectionString;
        Store = NewStore();
    }

    private static Task MigrateAsync(string connectionString) => new SchemaMigrator(connectionString).MigrateAsync(_ => { }, Given.Cancel);
}

/// <param name="Moment">Already taken, not yet committed.</param>
public sealed record OpenWrite(NpgsqlConnection Connection, NpgsqlTransaction Transaction, DateTimeOffset Moment) : IAsyncDisposable
{
    public Task CommitAsync() => Transaction.CommitAsync(Given.Cancel);

    public async ValueTask DisposeAsync()
    {
        await Transaction.DisposeAsync();
        await Connection.DisposeAsync();
    }
}

internal static class Append
{
    /// <summary>A call of store.append_several as SQL, past the program, for one stream.</summary>
    /// <param name="versions">Of the facts given.</param>
    public static string Several(string? tenant, StreamKey stream, int expected, int added, int[] versions, string moment = "null")
    {
        var facts = versions.Select((version, i) => $$"""
            {"place": {{i + 1}}, "stream": 1, "version": {{version}}, "type": "note-reworded", "type_version": 1, "body": {"Text": "slow"},
             "effective_on": "2009-10-01", "effective_first": "2009-10-01", "effective_last": "2009-10-01", "precision": "day"}
            """);
        return $"""
            select store.append_several(
              {(tenant is null ? "null" : $"'{tenant}'")}, array['{stream}'], array[{expected}], array[{added}], {Grounds}, null, array[]::text[], {Command}, {moment}, '', '[{string.Join(",", facts)}]')
            """;
    }

    /// <summary>The same of the ways in for the usual write, with one fact.</summary>
    /// <param name="expected">Null for a new stream.</param>
    public static string OnDay(string? tenant, StreamKey stream, int? expected)
    {
        var (name, version) = expected is null ? ("start_on_day", "") : ("add_on_day", $"{expected}, ");
        return $$"""
            select store.{{name}}(
              {{(tenant is null ? "null" : $"'{tenant}'")}}, '{{stream}}', {{version}}{{Grounds}}, {{Command}}, '', '2009-10-01', 'note-reworded', 1, '{"Text":"slow"}')
            """;
    }

    private const string Grounds = "'tester', 'secretariat', null, 'none', null";
    private const string Command = "'{}', gen_random_uuid(), gen_random_uuid(), null, null";
}

internal static class Asking
{
    public static async Task<object?> AskAsync(this NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Given.Cancel);
    }
}
