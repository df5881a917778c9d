using HousingBank.Store;
using HousingBank.Store.Seals;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HousingBank.Processes;

/// <summary>Keeps the log sealed as long as the program runs.</summary>
/// <param name="key">Null: heads are not signed.</param>
/// <param name="publishTo">Null: heads stand in the database and at their address only.</param>
public sealed class SealKeeper(HistoryConnection connection, HistoryKeeper history, SigningKey? key, PublishedHeads? publishTo, ILogger<SealKeeper> log) : BackgroundService
{
    /// <summary>What the newest heads can be checked with; null when they are not signed.</summary>
    public PublicKey? PublicKey => key?.Public;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!connection.IsConfigured)
            return;
        if (key is null)
            log.LogWarning("Seals:SigningKey is not set: the log is sealed, but the heads are not signed.");
        await history.Follows.WaitAsync(stoppingToken);
        await using var source = connection.As(StoreRole.Sealer);
        using var sealing = new Sealing(source, key, publishTo);
        string? told = null;
        await sealing.RunAsync(
            e =>
            {
                // Each reason is told once: it is tried again every second.
                if (e.Message == told)
                    return;
                told = e.Message;
                if (e is LogChangedException { SealingGoesOn: true } or InvalidDataException)
                    log.LogError("Sealing goes on, but not from what was published or sealed last: {Reason}", told);
                else
                    log.LogError(e, "The log is not sealed: {Reason}", told);
            },
            stoppingToken);
    }
}
