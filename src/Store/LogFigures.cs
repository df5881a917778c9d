using Npgsql;

namespace HousingBank.Store;

/// <summary>How the log is doing, over all tenants, by the database's clock.</summary>
/// <param name="LastOrdinal">Of the last numbered event.</param>
/// <param name="NotNumbered">Events that have no ordinal yet; counted up to 100,000.</param>
/// <param name="NotSealed">Numbered events that no seal covers yet.</param>
/// <param name="SettledAge">How long ago the settled moment is; null before there is one.</param>
public sealed record LogFigures(long LastOrdinal, long NotNumbered, long NotSealed, TimeSpan? SettledAge, IReadOnlyList<SubscriptionState> Subscriptions)
{
    /// <param name="subscriber">Connections as <see cref="StoreRole.Subscriber"/>, who sees what is parked in every tenant.</param>
    /// <param name="app">Connections as <see cref="StoreRole.App"/>, who sees the seals.</param>
    public static async Task<LogFigures> ReadAsync(NpgsqlDataSource subscriber, NpgsqlDataSource app, CancellationToken cancel)
    {
        // By place in the log, which has an index; a search for missing ordinals would read the whole log.
        var lastSealed = await LastSealedAsync(app, cancel);
        await using var command = subscriber.CreateCommand(
            """
            select n.last_ordinal,
                   (select count(*) from (
                      select from store.events e
                       where (e.transaction, e.position) > (n.last_transaction, n.last_position) and e.position > n.restored_up_to limit 100000) waiting),
                   clock_timestamp() - nullif(n.settled, '-infinity')
              from store.numbering n
            """);
        await using var row = await command.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        var (last, waiting, settled) = (row.GetInt64(0), row.GetInt64(1), row.IsDBNull(2) ? (TimeSpan?)null : row.GetTimeSpan(2));
        await row.DisposeAsync();
        return new LogFigures(last, waiting, last - lastSealed, settled, await new ParkedEvents(subscriber).SubscriptionsAsync(cancel));
    }

    private static async Task<long> LastSealedAsync(NpgsqlDataSource app, CancellationToken cancel)
    {
        await using var command = app.CreateCommand("select coalesce(max(last_ordinal), 0) from store.seals");
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }
}
