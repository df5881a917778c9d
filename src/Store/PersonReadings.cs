using Npgsql;
using static HousingBank.Store.Sql;

namespace HousingBank.Store;

/// <summary>Who asks for what is sealed about persons, and where.</summary>
/// <param name="Actor">A reference, as events keep it.</param>
/// <param name="Owner">Whose token a program came with; null for a person.</param>
/// <param name="Role">camelCase.</param>
/// <param name="Route">As the program names it, without what stood in the address.</param>
public sealed record PersonReader(string Actor, string? Owner, string Role, string Route);

/// <summary>One time that what is sealed about persons was opened.</summary>
/// <param name="Persons">References.</param>
public sealed record PersonReading(DateTimeOffset ReadAt, PersonReader By, IReadOnlyList<Guid> Persons);

/// <summary>Which readings; null lets all pass.</summary>
/// <param name="Reader">By reference; also those of the reader's tokens.</param>
/// <param name="From">Included.</param>
/// <param name="Before">Not included.</param>
public sealed record ReadingFilter(Guid? Person = null, string? Reader = null, DateTimeOffset? From = null, DateTimeOffset? Before = null);

/// <summary>Who has read what about persons. <see cref="PersonKeys.OpenAsync"/> records it: nobody gets a key without.</summary>
/// <param name="source">Connections as <see cref="StoreRole.App"/> to find; as <see cref="StoreRole.Keys"/> to forget.</param>
public sealed class PersonReadings(NpgsqlDataSource source)
{
    /// <summary>The newest first.</summary>
    /// <param name="most">Null for all.</param>
    public async Task<IReadOnlyList<PersonReading>> FindAsync(string tenant, ReadingFilter filter, int? most, CancellationToken cancel)
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(Scope.Of(tenant).Setting());
        batch.BatchCommands.Add(Statement(
            """
            select read_at, actor, owner, role, route, persons from store.person_readings
             where tenant = $1 and ($2::uuid is null or persons @> array[$2]) and ($3::text is null or $3 in (actor, owner))
               and ($4::timestamptz is null or read_at >= $4) and ($5::timestamptz is null or read_at < $5)
             order by read_at desc, reading desc limit $6
            """,
            Text(tenant), IdOrNull(filter.Person), Text(filter.Reader), MomentOrNull(filter.From), MomentOrNull(filter.Before), IntegerOrNull(most)));
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        await reader.NextResultAsync(cancel);
        var readings = new List<PersonReading>();
        while (await reader.ReadAsync(cancel))
        {
            readings.Add(new(
                reader.GetFieldValue<DateTimeOffset>(0),
                new(reader.GetString(1), reader.TextOrNull(2), reader.GetString(3), reader.GetString(4)),
                reader.GetFieldValue<Guid[]>(5)));
        }

        return readings;
    }

    /// <summary>Takes away what is older, in all tenants.</summary>
    /// <returns>How many readings.</returns>
    public async Task<int> ForgetAsync(TimeSpan older, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("delete from store.person_readings where read_at < clock_timestamp() - $1");
        command.Parameters.Add(Duration(older));
        return await command.ExecuteNonQueryAsync(cancel);
    }
}
