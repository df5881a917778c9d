using Npgsql;

namespace HousingBank.Store;

/// <summary>Follows the log by ordinal and gives every event to a handler, in order, at least once.</summary>
/// <param name="source">Connections as <see cref="StoreRole.Subscriber"/>.</param>
/// <param name="name">Its place in the log is kept under this name.</param>
/// <param name="handle">Must bear to be given an event again: a process may end between handling and remembering.</param>
/// <param name="lease">For how long a process that is not heard of keeps the others waiting.</param>
/// <remarks>
/// One process at a time holds the lease. A handler that throws parks its event; later events of that stream are parked behind it, so that none overtakes,
/// and everything else goes on. Parked events are seen and retried through <see cref="ParkedEvents"/>. A handler that fails by what passes by itself
/// (<see cref="PassingFaults"/>) parks nothing: it is given the event again.
/// </remarks>
public sealed class Subscription(NpgsqlDataSource source, IFactCodec codec, string name, Func<StoredFact, CancellationToken, Task> handle, TimeSpan lease)
{
    private const int BatchSize = 200;
    private const int LongestReason = 2_000;

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

    private readonly PlaceInLog _place = new(source, name, lease);

    /// <summary>Goes on until it is cancelled, then leaves the lease to others. Nothing else ends it: whatever goes wrong is told and tried again.</summary>
    /// <param name="report">Gets what went wrong: what parked an event, and what has to be tried again.</param>
    public async Task RunAsync(Action<Exception> report, CancellationToken cancel)
    {
        await UntilCancelled.RunAsync(async stop => await RunOnceAsync(report, stop) > 0, s_pause, report, cancel);

        await _place.ReleaseAsync();
    }

    /// <summary>Handles parked events that are to be retried, and the next ones.</summary>
    /// <returns>How many events were handled or parked; null when another process holds the lease, or took it meanwhile.</returns>
    public async Task<int?> RunOnceAsync(Action<Exception> report, CancellationToken cancel)
    {
        try
        {
            await _place.HoldAsync(cancel);
            return await RetryAsync(report, cancel) + await FollowAsync(report, cancel);
        }
        catch (LeaseLostException)
        {
            return null;
        }
    }

    private async Task<int> FollowAsync(Action<Exception> report, CancellationToken cancel)
    {
        var events = await _place.NextAsync(BatchSize, cancel);
        var parked = events.Where(e => e.StreamIsParked).Select(e => e.Stream).ToHashSet();
        foreach (var next in events)
        {
            var waits = parked.Contains(next.Stream);
            var failure = waits ? null : await HandleAsync(next, report, cancel);
            if (waits || failure is not null)
            {
                parked.Add(next.Stream);
                await _place.ParkAsync(next, failure, cancel);
            }
            else if (next == events[^1] || _place.LeaseIsToBeRenewed)
            {
                await _place.RememberAsync(next, cancel);
            }
        }

        return events.Count;
    }

    /// <summary>Handles what is parked of each stream that somebody asked to retry, in order, until an event of it fails again.</summary>
    private async Task<int> RetryAsync(Action<Exception> report, CancellationToken cancel)
    {
        var events = await _place.RetriesAsync(cancel);
        var failed = new HashSet<(string Tenant, StreamKey Stream)>();
        foreach (var parked in events)
        {
            if (failed.Contains(parked.Stream))
                continue;
            if (await HandleAsync(parked, report, cancel) is { } failure)
            {
                failed.Add(parked.Stream);
                await _place.ParkAgainAsync(parked, failure, cancel);
            }
            else
            {
                await _place.UnparkAsync(parked, cancel);
            }
        }

        return events.Count;
    }

    /// <returns>Why the event has to be parked; null when it was handled.</returns>
    private async Task<string?> HandleAsync(LogEntry entry, Action<Exception> report, CancellationToken cancel)
    {
        try
        {
            await handle(entry.Event.Read(codec), cancel);
            return null;
        }
        catch (Exception e) when (!cancel.IsCancellationRequested && !PassingFaults.Includes(e))
        {
            report(e);
            var reason = $"{e.GetType().Name}: {e.Message}".Replace('\0', ' ');
            return reason.Length > LongestReason ? reason[..LongestReason] : reason;
        }
    }
}
