using System.Globalization;
using Npgsql;

namespace HousingBank.Store.Seals;

/// <summary>Compares what is kept beside the events, and not sealed, with the events: rows of streams, the state of numbering, events without an ordinal.</summary>
internal static class LogCheck
{
    /// <param name="source">Reads tables without their indexes: a row that an index does not have is seen.</param>
    /// <param name="say">Gets what is wrong.</param>
    /// <returns>How many events wait for their ordinal.</returns>
    public static async Task<long> RunAsync(NpgsqlDataSource source, Action<Finding> say, CancellationToken cancel)
    {
        var waiting = await CheckUnnumberedAsync(source, say, cancel);
        await CheckPlacesAsync(source, say, cancel);
        await CheckOrdinalsAsync(source, say, cancel);
        await CheckStreamsAsync(source, say, cancel);
        await CheckNumberingAsync(source, say, cancel);
        return waiting;
    }

    private static async Task<long> CheckUnnumberedAsync(NpgsqlDataSource source, Action<Finding> say, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(
            """
            select e.tenant, e.stream, e.version,
                   coalesce(e.position <= n.restored_up_to or (e.transaction, e.position) <= (n.last_transaction, n.last_position), true) as lies_before,
                   coalesce(n.system_identifier = c.system_identifier and e.position > n.restored_up_to
                     and e.transaction >= pg_snapshot_xmax(pg_current_snapshot()), false) as lies_ahead
              from store.events e, store.numbering n, pg_control_system() c
             where not exists (select from store.ordinals o where o.transaction = e.transaction and o.position = e.position)
             order by e.transaction, e.position
            """);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var waiting = 0L;
        while (await reader.ReadAsync(cancel))
        {
            waiting++;
            if (reader.GetBoolean(3))
                say(Of(reader, "has no ordinal, though later events have: it was inserted, or its ordinal removed"));
            else if (reader.GetBoolean(4))
                say(Of(reader, "names a transaction that has not been yet: it was inserted"));
        }

        return waiting;
    }

    /// <summary>Places in the log that no seal can cover, and those that are given twice.</summary>
    private static async Task CheckPlacesAsync(NpgsqlDataSource source, Action<Finding> say, CancellationToken cancel)
    {
        await SayAsync(
            """
            select e.tenant, e.stream, e.version, o.ordinal
              from store.ordinals o
              left join store.events e on e.transaction = o.transaction and e.position = o.position
             where o.ordinal is null or o.ordinal < 1
             order by o.ordinal
            """,
            row => Of(row, row.IsDBNull(3) ? "was inserted: its ordinal has no number" : $"was inserted: it has the ordinal {row.GetInt64(3)}, and the first is 1"));
        await SayAsync(
            """
            select min(e.tenant), min(e.stream), min(e.version), count(*)
              from store.events e
             group by e.transaction, e.position having count(*) > 1
             order by e.transaction, e.position
            """,
            row => Of(row, $"stands at the same place in the log as another: {row.GetInt64(3)} in all"));
        await SayAsync(
            """
            select e.tenant, e.stream, e.version, o.last
              from (select transaction, position, max(ordinal) as last from store.ordinals group by transaction, position having count(*) > 1) o
              left join store.events e on e.transaction = o.transaction and e.position = o.position
             order by o.last
            """,
            row => Of(row, "has more than one ordinal") with { Ordinal = row.IsDBNull(3) ? null : row.GetInt64(3) });
        await SayAsync(
            "select min(a.tenant), a.sha256, count(*) from store.attachments a group by a.tenant, a.sha256 having count(*) > 1 order by a.tenant, a.sha256",
            row => Finding.About($"the attachment {row.AnyTextOrNull(1)} of {row.AnyTextOrNull(0)} is there {row.GetInt64(2)} times"));

        async Task SayAsync(string sql, Func<NpgsqlDataReader, Finding> finding)
        {
            await using var command = source.CreateCommand(sql);
            await using var reader = await command.ExecuteReaderAsync(cancel);
            while (await reader.ReadAsync(cancel))
                say(finding(reader));
        }
    }

    /// <summary>All of them, asked for without a condition: one that a constraint seems to answer is not put to any row.</summary>
    private static async Task CheckOrdinalsAsync(NpgsqlDataSource source, Action<Finding> say, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("select o.ordinal from store.ordinals o order by o.ordinal");
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var last = 0L;
        while (await reader.ReadAsync(cancel))
        {
            if (reader.IsDBNull(0))
                continue;
            var ordinal = reader.GetInt64(0);
            if (ordinal <= last)
                say(new Finding(ordinal, null, null, null, ordinal < 1 ? "the first ordinal is 1: an event was inserted" : "the ordinal is there twice: an event was inserted"));
            last = Math.Max(last, ordinal);
        }
    }

    private static async Task CheckStreamsAsync(NpgsqlDataSource source, Action<Finding> say, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(
            """
            select coalesce(tenant, ''), coalesce(stream, ''), s.version, e.last, e.events, e.versions, s.rows, s.recorded_at is distinct from e.recorded_at
              from (select e.tenant, e.stream, max(e.version) as last, count(*) as events, count(distinct e.version) as versions, max(e.recorded_at) as recorded_at
                      from store.events e group by e.tenant, e.stream) e
              full join (select s.tenant, s.stream, max(s.version) as version, max(s.recorded_at) as recorded_at, count(*) as rows
                           from store.streams s group by s.tenant, s.stream) s using (tenant, stream)
             where s.version is distinct from e.last or e.events is distinct from e.last or e.versions is distinct from e.last
                or s.recorded_at is distinct from e.recorded_at or s.rows <> 1
             order by tenant, stream
            """);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
            say(new Finding(null, reader.AnyTextOrNull(0), reader.AnyTextOrNull(1), null, WhatIsWrong(reader)));
    }

    private static string WhatIsWrong(NpgsqlDataReader row)
    {
        if (row.IsDBNull(2))
            return "has events, and no row in store.streams";
        var version = row.GetInt32(2);
        if (row.IsDBNull(3))
            return $"has a row in store.streams with version {version}, and no event";
        var (last, events, versions) = (row.GetInt32(3), row.GetInt64(4), row.GetInt64(5));
        if (versions < events)
            return "has a version twice";
        if (events > last)
            return string.Create(CultureInfo.InvariantCulture, $"has {events} events, and the last has version {last}: some were inserted");
        if (events < last)
            return string.Create(CultureInfo.InvariantCulture, $"has {events} events, and the last has version {last}: some are gone");
        if (version != last)
            return $"has version {version} in store.streams, and its last event version {last}";
        return row.GetInt64(6) > 1 ? "has more than one row in store.streams" : "has another moment in store.streams than its last event";
    }

    private static async Task CheckNumberingAsync(NpgsqlDataSource source, Action<Finding> say, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(
            """
            select coalesce(n.last_ordinal, 0), coalesce(o.ordinal, 0),
                   n.last_transaction is distinct from '0' and (n.last_transaction, n.last_position) is distinct from (o.transaction, o.position),
                   coalesce(n.settled > n.proposed, true), n.proposed > clock_timestamp() + interval '1 day',
                   coalesce(n.restored_up_to > (select coalesce(max(e.position), 0) from store.events e), true)
              from store.numbering n
              left join (select * from store.ordinals where ordinal is not null order by ordinal desc limit 1) o on true
            """);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        if (!await reader.ReadAsync(cancel))
        {
            say(Finding.About("store.numbering has no row"));
            return;
        }

        var (noted, last) = (reader.GetInt64(0), reader.GetInt64(1));
        if (noted != last)
            say(new Finding(Math.Min(noted, last) + 1, null, null, null, $"numbering has come to {noted}, the last ordinal is {last}"));
        else if (reader.GetBoolean(2))
            say(Finding.About("numbering has come to another event than the one with the last ordinal"));
        if (reader.GetBoolean(3))
            say(Finding.About("the settled moment lies after the proposed one: it was forged"));
        else if (reader.GetBoolean(4))
            say(Finding.About("the moment proposed to be settled lies more than a day ahead of the database's clock"));
        if (reader.GetBoolean(5))
            say(Finding.About("numbering leaves aside events that are still to come: the place up to which they came with a restored copy was changed"));
        if (await reader.ReadAsync(cancel))
            say(Finding.About("store.numbering has more than one row"));
    }

    private static Finding Of(NpgsqlDataReader row, string what) => new(
        null, row.AnyTextOrNull(0), row.AnyTextOrNull(1), row.IsDBNull(2) ? null : row.GetInt32(2), what);
}
