using Npgsql;
using static HousingBank.Store.Sql;

namespace HousingBank.Store;

/// <summary>Gives events their ordinals and brings the settled moment forward. Any number of processes may run it; one holds the lease and works.</summary>
/// <param name="source">Connections as <see cref="StoreRole.Numbering"/>.</param>
/// <remarks>How and why it is right stands in Sql/functions/number_events.sql.</remarks>
public sealed class Numbering(NpgsqlDataSource source)
{
    private const int AtMost = 5_000;

    private static readonly TimeSpan s_lease = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(3);

    private readonly Guid _owner = Guid.CreateVersion7();

    /// <summary>Numbers what can be numbered now, and takes a step or two towards the next settled moment.</summary>
    /// <returns>How many events got an ordinal; null when another process holds the lease.</returns>
    public async Task<long?> RunOnceAsync(CancellationToken cancel)
    {
        var total = 0L;
        var steps = 0;
        while (true)
        {
            if (await StepAsync(cancel) is not { } numbered)
                return null;
            total += numbered;
            if (++steps > 1 && numbered < AtMost)
                return total;
        }
    }

    /// <summary>Goes on until it is cancelled, then leaves the lease to others. Nothing else ends it: whatever goes wrong is told and tried again.</summary>
    /// <param name="report">Gets what went wrong.</param>
    public async Task RunAsync(Action<Exception> report, CancellationToken cancel)
    {
        await UntilCancelled.RunAsync(
            async stop =>
            {
                await RunOnceAsync(stop);
                return false;
            },
            s_pause, report, cancel);

        await ReleaseAsync();
    }

    private async Task ReleaseAsync()
    {
        try
        {
            await using var command = source.CreateCommand("update store.numbering set lease_until = '-infinity' where lease_owner = $1");
            command.Parameters.Add(Id(_owner));
            using var farewell = new CancellationTokenSource(s_farewell);
            await command.ExecuteNonQueryAsync(farewell.Token);
        }
        catch (Exception e) when (e is NpgsqlException or OperationCanceledException or ObjectDisposedException)
        {
            // The lease ends by itself.
        }
    }

    private async Task<long?> StepAsync(CancellationToken cancel)
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(Statement("select is_holder, numbered from store.number_events($1, $2, $3)", Id(_owner), Duration(s_lease), Integer(AtMost)));
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        return reader.GetBoolean(0) ? reader.GetInt64(1) : null;
    }
}
