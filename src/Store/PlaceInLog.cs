using System.Diagnostics;
using Npgsql;
using static HousingBank.Store.Sql;

namespace HousingBank.Store;

/// <summary>An event as a subscription meets it.</summary>
/// <param name="StreamIsParked">An earlier event of its stream is parked.</param>
internal sealed record LogEntry(FactRow Event, bool StreamIsParked)
{
    public long Ordinal => Event.Ordinal!.Value;

    public (string Tenant, StreamKey Name) Stream => (Event.Tenant, Event.Stream);
}

/// <summary>Another process follows the log under the same name.</summary>
internal sealed class LeaseLostException : Exception;

/// <summary>How far a subscription has come, under a lease.</summary>
/// <remarks>
/// Each new holder of the lease gets an epoch of its own. Everything is written under the own epoch and throws <see cref="LeaseLostException"/> when there is
/// a newer one: whoever was away too long changes nothing any more.
/// </remarks>
internal sealed class PlaceInLog(NpgsqlDataSource source, string name, TimeSpan lease)
{
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(3);

    private readonly Guid _owner = Guid.CreateVersion7();
    private bool _held;
    private long _epoch;
    private long _checkpoint;
    private long _renewed;

    public bool LeaseIsToBeRenewed => !_held || Stopwatch.GetElapsedTime(_renewed) > lease / 3;

    /// <summary>Takes the lease, or renews it in good time.</summary>
    public async Task HoldAsync(CancellationToken cancel)
    {
        if (!LeaseIsToBeRenewed)
            return;
        _held = false;
        var asked = Stopwatch.GetTimestamp();
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(Statement("insert into store.subscriptions (name) values ($1) on conflict do nothing", Text(name)));
        // A lease that ends later than one taken now would is from before the clock was set back: it does not count.
        batch.BatchCommands.Add(Statement(
            """
            update store.subscriptions
               set owner = $2, epoch = case when owner = $2 then epoch else epoch + 1 end, lease_until = clock_timestamp() + $3
             where name = $1
               and (owner = $2 or owner is null or lease_until not between clock_timestamp() and clock_timestamp() + $3)
            returning epoch, checkpoint
            """,
            Text(name), Id(_owner), Duration(lease)));
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        if (!await reader.ReadAsync(cancel))
            throw new LeaseLostException();
        (_epoch, _checkpoint, _renewed, _held) = (reader.GetInt64(0), reader.GetInt64(1), asked, true);
    }

    public async Task ReleaseAsync()
    {
        _held = false;
        try
        {
            await using var command = source.CreateCommand("update store.subscriptions set lease_until = '-infinity' where name = $1 and owner = $2");
            command.Parameters.AddRange(new[] { Text(name), Id(_owner) });
            using var farewell = new CancellationTokenSource(s_farewell);
            await command.ExecuteNonQueryAsync(farewell.Token);
        }
        catch (Exception e) when (e is NpgsqlException or OperationCanceledException or ObjectDisposedException)
        {
            // The lease ends by itself.
        }
    }

    /// <summary>The events after the checkpoint, by ordinal.</summary>
    public Task<List<LogEntry>> NextAsync(int limit, CancellationToken cancel) => ReadAsync(
        $"""
        select {FactRow.Columns}, o.ordinal,
               exists (select from store.parked p where p.subscription = $1 and p.tenant = e.tenant and p.stream = e.stream)
          from store.ordinals o
          join store.events e on e.transaction = o.transaction and e.position = o.position
         where o.ordinal > $2
         order by o.ordinal
         limit $3
        """,
        cancel,
        Text(name), Long(_checkpoint), Integer(limit));

    /// <summary>Everything parked of the streams that are to be retried, by ordinal.</summary>
    public Task<List<LogEntry>> RetriesAsync(CancellationToken cancel) => ReadAsync(
        $"""
        select {FactRow.Columns}, o.ordinal, true
          from store.parked p
          join store.ordinals o on o.ordinal = p.ordinal
          join store.events e on e.transaction = o.transaction and e.position = o.position
         where p.subscription = $1
           and (p.tenant, p.stream) in (select r.tenant, r.stream from store.parked r where r.subscription = $1 and r.retry)
         order by o.ordinal
        """,
        cancel,
        Text(name));

    /// <summary>Moves the checkpoint to an event that was handled, and renews the lease.</summary>
    public Task RememberAsync(LogEntry handled, CancellationToken cancel) => MoveAsync(
        "update store.subscriptions set checkpoint = $3, lease_until = clock_timestamp() + $4 where name = $1 and epoch = $2 returning epoch",
        handled, cancel);

    /// <summary>Parks an event and moves the checkpoint to it.</summary>
    /// <param name="reason">Null for one that only waits behind another.</param>
    public Task ParkAsync(LogEntry entry, string? reason, CancellationToken cancel) => MoveAsync(
        """
        with moved as (
          update store.subscriptions set checkpoint = $3, lease_until = clock_timestamp() + $4 where name = $1 and epoch = $2 returning epoch)
        insert into store.parked (subscription, ordinal, tenant, stream, reason, attempts)
        select $1, $3, $5, $6, $7, case when $7 is null then 0 else 1 end from moved
        returning ordinal
        """,
        entry, cancel,
        Text(entry.Event.Tenant), Text(entry.Event.Stream.Name), Text(reason));

    /// <summary>Ends the retry of a stream whose event failed again.</summary>
    public Task ParkAgainAsync(LogEntry parked, string reason, CancellationToken cancel) => WriteAsync(
        """
        with held as (select from store.subscriptions where name = $1 and epoch = $2 for no key update)
        update store.parked p
           set retry = false,
               reason = case when p.ordinal = $3 then $6 else p.reason end,
               attempts = p.attempts + case when p.ordinal = $3 then 1 else 0 end
          from held
         where p.subscription = $1 and p.tenant = $4 and p.stream = $5
        returning p.ordinal
        """,
        cancel,
        Text(name), Long(_epoch), Long(parked.Ordinal), Text(parked.Event.Tenant), Text(parked.Event.Stream.Name), Text(reason));

    public Task UnparkAsync(LogEntry handled, CancellationToken cancel) => WriteAsync(
        """
        with held as (select from store.subscriptions where name = $1 and epoch = $2 for no key update)
        delete from store.parked p using held where p.subscription = $1 and p.ordinal = $3
        returning p.ordinal
        """,
        cancel,
        Text(name), Long(_epoch), Long(handled.Ordinal));

    private async Task MoveAsync(string sql, LogEntry to, CancellationToken cancel, params NpgsqlParameter[] more)
    {
        var asked = Stopwatch.GetTimestamp();
        await WriteAsync(sql, cancel, [Text(name), Long(_epoch), Long(to.Ordinal), Duration(lease), .. more]);
        (_checkpoint, _renewed) = (to.Ordinal, asked);
    }

    private async Task WriteAsync(string sql, CancellationToken cancel, params NpgsqlParameter[] parameters)
    {
        await using var command = source.CreateCommand(sql);
        command.Parameters.AddRange(parameters);
        if (await command.ExecuteScalarAsync(cancel) is null)
        {
            _held = false;
            throw new LeaseLostException();
        }
    }

    private async Task<List<LogEntry>> ReadAsync(string sql, CancellationToken cancel, params NpgsqlParameter[] parameters)
    {
        await using var command = source.CreateCommand(sql);
        command.Parameters.AddRange(parameters);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var entries = new List<LogEntry>();
        while (await reader.ReadAsync(cancel))
            entries.Add(new LogEntry(FactRow.From(reader), reader.GetBoolean(reader.FieldCount - 1)));
        return entries;
    }
}
