using Npgsql;
using static HousingBank.Store.Sql;

namespace HousingBank.Store;

/// <summary>What a key opens.</summary>
public enum PersonKeyKind
{
    Person,

    /// <summary>The free text and the files of one case.</summary>
    Case,
}

/// <summary>A person's key as the database holds it: under a master key that it never sees.</summary>
/// <param name="Wrapped">Null once the person is erased.</param>
/// <param name="MasterKey">Id of the master key it is wrapped under; null once the person is erased.</param>
public sealed record PersonKey(string Tenant, Guid Person, PersonKeyKind Kind, byte[]? Wrapped, string? MasterKey)
{
    public bool IsErased => Wrapped is null;
}

/// <summary>The keys under which persons' data are sealed. A key is destroyed together with the event that says so, by <see cref="EventStore.WriteAsync"/>.</summary>
/// <param name="source">Connections as <see cref="StoreRole.App"/> to find and add; as <see cref="StoreRole.Keys"/> for the rest.</param>
public sealed class PersonKeys(NpgsqlDataSource source)
{
    /// <summary>The stored name of the fact that destroys the key of the person in whose stream it stands.</summary>
    public const string ErasedAs = "person-erased";

    private const string Columns = "tenant, person, kind, wrapped_key, master_key";

    /// <summary>The keys of these persons in one tenant, erased ones included.</summary>
    public async Task<IReadOnlyDictionary<Guid, PersonKey>> FindAsync(string tenant, IReadOnlyCollection<Guid> persons, CancellationToken cancel)
    {
        if (persons.Count == 0)
            return new Dictionary<Guid, PersonKey>();
        var found = await ReadAsync(
            [Scope.Of(tenant).Setting(), Statement($"select {Columns} from store.person_keys where tenant = $1 and person = any ($2)", Text(tenant), Ids(persons))], cancel);
        return found.ToDictionary(k => k.Person);
    }

    /// <summary>The keys of these persons, to read what is sealed under them. That it is read is recorded by the same statement: without the record there are no keys.</summary>
    public async Task<IReadOnlyDictionary<Guid, PersonKey>> OpenAsync(string tenant, IReadOnlyCollection<Guid> persons, PersonReader by, CancellationToken cancel)
    {
        if (persons.Count == 0)
            return new Dictionary<Guid, PersonKey>();
        var found = await ReadAsync(
            [
                Scope.Of(tenant).Setting(),
                // On this server's disk before anybody reads. Who only reads does not wait for a standby, which may be away.
                Statement("select set_config('synchronous_commit', 'local', true)"),
                Statement(
                    $"""
                    with found as (select {Columns} from store.person_keys where tenant = $1 and person = any ($2)),
                    recorded as (
                      insert into store.person_readings (tenant, actor, owner, role, route, persons)
                      select $1, $3, $4, $5, $6, array_agg(person order by person) from found where wrapped_key is not null having count(*) > 0
                    )
                    select {Columns} from found
                    """,
                    Text(tenant), Ids(persons), Text(by.Actor), Text(by.Owner), Text(by.Role), Text(by.Route)),
            ],
            cancel);
        return found.ToDictionary(k => k.Person);
    }

    /// <returns>False when the person has a key already, or has been erased.</returns>
    public async Task<bool> AddAsync(PersonKey key, CancellationToken cancel)
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(Scope.Of(key.Tenant).Setting());
        batch.BatchCommands.Add(Statement(
            "insert into store.person_keys (tenant, person, kind, wrapped_key, master_key) values ($1, $2, $3, $4, $5) on conflict do nothing returning 1",
            Text(key.Tenant), Id(key.Person), Text(NameOf(key.Kind)), Bytes(key.Wrapped), Text(key.MasterKey)));
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        await reader.NextResultAsync(cancel);
        return await reader.ReadAsync(cancel);
    }

    /// <summary>How many keys there are under each master key, in all tenants.</summary>
    public async Task<IReadOnlyDictionary<string, long>> CountByMasterKeyAsync(CancellationToken cancel)
    {
        await using var command = source.CreateCommand("select master_key, count(*) from store.person_keys where wrapped_key is not null group by 1 order by 1");
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancel))
            counts.Add(reader.GetString(0), reader.GetInt64(1));
        return counts;
    }

    /// <summary>Some keys, of any tenant, that are not wrapped under this master key.</summary>
    public Task<List<PersonKey>> NotUnderAsync(string masterKey, int limit, CancellationToken cancel) => ReadAsync(
        [Statement($"select {Columns} from store.person_keys where wrapped_key is not null and master_key <> $1 order by tenant, person limit $2", Text(masterKey), Integer(limit))], cancel);

    /// <summary>Puts a key under another master key.</summary>
    /// <returns>False when the person was erased meanwhile, or somebody else was first.</returns>
    public async Task<bool> RewrapAsync(PersonKey before, byte[] wrapped, string masterKey, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(
            "update store.person_keys set wrapped_key = $4, master_key = $5 where tenant = $1 and person = $2 and wrapped_key = $3");
        command.Parameters.AddRange(new[] { Text(before.Tenant), Id(before.Person), Bytes(before.Wrapped), Bytes(wrapped), Text(masterKey) });
        return await command.ExecuteNonQueryAsync(cancel) == 1;
    }

    /// <summary>Destroys again what a restored copy brought back: the key of everybody whose erasure the log tells of.</summary>
    /// <returns>How many keys there were to destroy, by tenant.</returns>
    public async Task<IReadOnlyDictionary<string, int>> ReplayErasuresAsync(CancellationToken cancel)
    {
        var tenants = new List<string>();
        await using (var command = source.CreateCommand("select distinct tenant from store.person_keys order by 1"))
        await using (var reader = await command.ExecuteReaderAsync(cancel))
        {
            while (await reader.ReadAsync(cancel))
                tenants.Add(reader.GetString(0));
        }

        var destroyed = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var tenant in tenants)
        {
            await using var batch = source.CreateBatch();
            batch.BatchCommands.Add(Scope.Of(tenant).Setting());
            batch.BatchCommands.Add(Statement("select store.replay_erasures()"));
            await using var reader = await batch.ExecuteReaderAsync(cancel);
            await reader.NextResultAsync(cancel);
            await reader.ReadAsync(cancel);
            destroyed.Add(tenant, reader.GetInt32(0));
        }

        return destroyed;
    }

    /// <summary>Destroys the key of the person in whose stream the fact stands, in the transaction that records the fact.</summary>
    internal static NpgsqlBatchCommand Destroy(StoredFact erased) =>
        Statement("select store.erase_person($1)", Id(Guid.Parse(erased.Stream.Name.AsSpan(erased.Stream.Kind.Length + 1))));

    private static string NameOf(PersonKeyKind kind) => kind == PersonKeyKind.Case ? "case" : "person";

    /// <summary>In one transaction; the last statement gives the keys.</summary>
    private async Task<List<PersonKey>> ReadAsync(IReadOnlyList<NpgsqlBatchCommand> statements, CancellationToken cancel)
    {
        await using var batch = source.CreateBatch();
        foreach (var statement in statements)
            batch.BatchCommands.Add(statement);
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        for (var before = 1; before < statements.Count; before++)
            await reader.NextResultAsync(cancel);
        var keys = new List<PersonKey>();
        while (await reader.ReadAsync(cancel))
        {
            keys.Add(new PersonKey(
                reader.GetString(0),
                reader.GetGuid(1),
                reader.GetString(2) == "case" ? PersonKeyKind.Case : PersonKeyKind.Person,
                reader.IsDBNull(3) ? null : reader.GetFieldValue<byte[]>(3),
                reader.TextOrNull(4)));
        }

        return keys;
    }
}
