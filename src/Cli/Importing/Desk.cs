using HousingBank.Cli.Terminal;
using HousingBank.Processes;
using HousingBank.ReadModels;
using HousingBank.Store;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace HousingBank.Cli.Importing;

/// <summary>The desk where commands are carried out, on a database that is ready for this program.</summary>
internal sealed class Desk : IAsyncDisposable
{
    private readonly NpgsqlDataSource _source;

    private Desk(NpgsqlDataSource source, CommandDesk commands)
    {
        _source = source;
        Commands = commands;
    }

    public CommandDesk Commands { get; }

    /// <exception cref="UserException">The database's schema is not that of this program.</exception>
    public static async Task<Desk> OpenAsync(string database, CancellationToken cancel)
    {
        var found = await new SchemaMigrator(database).CurrentVersionAsync(cancel);
        if (found != SchemaMigrator.NewestVersion)
            throw new UserException($"The database has schema version {found}, this program works with {SchemaMigrator.NewestVersion}: run migrate first.");

        var source = StoreDataSource.Create(database, StoreRole.Import);
        var store = new EventStore(source, FactCodec.OfDomain(), new TwoClockTables(ReadModelTables.All));
        var reactions = Reactions.All(new HistoryReader(store));
        return new Desk(source, new CommandDesk(store, reactions, NullLogger<CommandDesk>.Instance));
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
