using Npgsql;
using static HousingBank.Store.Sql;

namespace HousingBank.Store;

/// <summary>An event that a subscription could not handle, or one that waits behind such a one.</summary>
/// <param name="Reason">What the handler said the last time; null for one that only waits.</param>
/// <param name="Attempts">How often it was given to the handler.</param>
/// <param name="ToBeRetried">Somebody has asked for its stream to be retried; the subscription will do so next.</param>
public sealed record ParkedEvent(
    string Subscription, long Ordinal, string Tenant, StreamKey Stream, string? Reason, int Attempts, DateTimeOffset ParkedAt, bool ToBeRetried);

/// <summary>How far a subscription has come.</summary>
/// <param name="Checkpoint">Ordinal of the last event that was handled or parked.</param>
/// <param name="Parked">How many events are parked.</param>
public sealed record SubscriptionState(string Name, long Checkpoint, DateTimeOffset? LeaseUntil, long Parked);

/// <summary>What subscriptions could not handle: seen here, and retried from here.</summary>
/// <param name="source">Connections as <see cref="StoreRole.Subscriber"/>.</param>
public sealed class ParkedEvents(NpgsqlDataSource source)
{
    /// <summary>By subscription and ordinal.</summary>
    public async Task<IReadOnlyList<ParkedEvent>> ListAsync(CancellationToken cancel)
    {
        await using var command = source.CreateCommand(
            "select subscription, ordinal, tenant, stream, reason, attempts, parked_at, retry from store.parked order by subscription, ordinal");
        await using var row = await command.ExecuteReaderAsync(cancel);
        var parked = new List<ParkedEvent>();
        while (await row.ReadAsync(cancel))
        {
            parked.Add(new ParkedEvent(
                row.GetString(0), row.GetInt64(1), row.GetString(2), new StreamKey(row.GetString(3)), row.TextOrNull(4),
                row.GetInt32(5), row.GetFieldValue<DateTimeOffset>(6), row.GetBoolean(7)));
        }

        return parked;
    }

    public async Task<IReadOnlyList<SubscriptionState>> SubscriptionsAsync(CancellationToken cancel)
    {
        await using var command = source.CreateCommand(
            """
            select s.name, s.checkpoint, nullif(s.lease_until, '-infinity'), (select count(*) from store.parked p where p.subscription = s.name)
              from store.subscriptions s
             order by s.name
            """);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var states = new List<SubscriptionState>();
        while (await row.ReadAsync(cancel))
            states.Add(new SubscriptionState(row.GetString(0), row.GetInt64(1), row.IsDBNull(2) ? null : row.GetFieldValue<DateTimeOffset>(2), row.GetInt64(3)));
        return states;
    }

    /// <summary>Asks for everything parked of a stream to be given to the handler again, in order. The process that holds the lease does it.</summary>
    /// <returns>False when nothing of the stream is parked.</returns>
    public async Task<bool> RetryAsync(string subscription, string tenant, StreamKey stream, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("update store.parked set retry = true where subscription = $1 and tenant = $2 and stream = $3");
        command.Parameters.AddRange(new[] { Text(subscription), Text(tenant), Text(stream.Name) });
        return await command.ExecuteNonQueryAsync(cancel) > 0;
    }
}
