using HousingBank.Cli.Terminal;
using HousingBank.Domain.Vocabulary;
using HousingBank.Processes;
using HousingBank.ReadModels;
using HousingBank.Store;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace HousingBank.Cli.Importing;

/// <summary>The desk where commands are carried out, in the database's role for imports, on a database that is ready for this program.</summary>
internal sealed class Desk : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;

    private Desk(NpgsqlDataSource source, EventStore store)
    {
        _source = source;
        Store = store;
        Carrier = new HistoryCarrier(source, store.Codec, store.Tables);
        Commands = new CommandDesk(store, Reactions.All(new HistoryReader(store)), NullLogger<CommandDesk>.Instance) { LeavesWhatFollows = false };
    }

    public EventStore Store { get; }

    public CommandDesk Commands { get; }

    public HistoryCarrier Carrier { get; }

    /// <exception cref="UserException">The database's schema is not that of this program.</exception>
    public static async Task<Desk> OpenAsync(string database, CancellationToken cancel)
    {
        var found = await new SchemaMigrator(database).CurrentVersionAsync(cancel);
        if (found != SchemaMigrator.NewestVersion)
            throw new UserException($"The database has schema version {found}, this program works with {SchemaMigrator.NewestVersion}: run migrate first.");

        var source = StoreDataSource.Create(database, StoreRole.Import);
        return new Desk(source, new EventStore(source, FactCodec.OfDomain(), new TwoClockTables(ReadModelTables.All)));
    }

    /// <summary>What follows from a command that had been carried out before: a program that was broken off after it may not have come to that.</summary>
    public async Task FollowUpAgainAsync(string tenant, StreamId stream, Guid commandId, CancellationToken cancel)
    {
        var facts = await Store.StreamAsync(Scope.Of(tenant), new StreamKey(stream.ToString()), cancel);
        await Commands.FollowUpAsync([.. facts.Where(f => f.Circumstances.CommandId == commandId)], cancel);
    }

    public Task<bool> HoldsAnythingAsync(string tenant, CancellationToken cancel) => AsksAsync(tenant, "select exists (select from store.events where tenant = $1)", cancel);

    /// <summary>True when the tenant has been opened for a history with moments of its own.</summary>
    public Task<bool> IsCarryingOverAsync(string tenant, CancellationToken cancel) => AsksAsync(tenant, "select exists (select from store.carried_over where tenant = $1)", cancel);

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private async Task<bool> AsksAsync(string tenant, string question, CancellationToken cancel)
    {
        await using var batch = _source.CreateBatch();
        batch.BatchCommands.Add(Scope.Of(tenant).Setting());
        batch.BatchCommands.Add(new NpgsqlBatchCommand(question) { Parameters = { new() { Value = tenant } } });
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        await reader.NextResultAsync(cancel);
        await reader.ReadAsync(cancel);
        return reader.GetBoolean(0);
    }
}
