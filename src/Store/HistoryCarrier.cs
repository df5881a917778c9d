using System.Text.Json;
using Npgsql;
using static HousingBank.Store.Sql;

namespace HousingBank.Store;

/// <summary>Carries whole streams over into a tenant, with their recording moments and the rows of all tables: for migrated and simulated histories.</summary>
/// <remarks>Only after <see cref="EventStore.BeginCarryingOverAsync"/>. Receipts are not carried over: the commands were answered elsewhere.</remarks>
/// <param name="source">Connections as <see cref="StoreRole.Import"/>.</param>
public sealed class HistoryCarrier(NpgsqlDataSource source, IFactCodec codec, TwoClockTables tables)
{
    private static readonly string s_carryIn = $"select store.carry_in({Places(1, 23)})";

    /// <summary>Writes streams and tables in one transaction.</summary>
    /// <param name="streams">Each from its first fact to its last, none of them in the tenant yet.</param>
    /// <exception cref="CarryOverException">Nothing may be carried over into the tenant, others have recorded in it, or one of the streams is there already.</exception>
    public async Task WriteAsync(Scope scope, IReadOnlyList<IReadOnlyList<StoredFact>> streams, CancellationToken cancel)
    {
        // Folded before there is a transaction: one that does nothing for ten seconds is ended.
        var carried = new List<(TableSql Sql, NpgsqlBatchCommand Rows)>();
        foreach (var sql in tables.Sql)
        {
            if (sql.Carry(scope.Tenant, streams) is { } rows)
                carried.Add((sql, rows));
        }

        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        try
        {
            // However long it takes: whoever waits for a history waits for all of it.
            await using (var events = new NpgsqlBatch(connection) { Timeout = 0 })
            {
                events.BatchCommands.Add(scope.Setting());
                events.BatchCommands.Add(CarryIn([.. streams.SelectMany(s => s)]));
                await events.ExecuteNonQueryAsync(cancel);
            }

            // Their names cannot change any more: store.carry_in holds them until the transaction ends.
            var physical = await PhysicalNamesAsync(connection, cancel);
            await using var batch = new NpgsqlBatch(connection) { Timeout = 0 };
            foreach (var (sql, rows) in carried)
            {
                rows.CommandText = sql.CarryInto(physical[sql.Table.Name]);
                batch.BatchCommands.Add(rows);
            }

            if (carried.Count > 0)
                await batch.ExecuteNonQueryAsync(cancel);
            await transaction.CommitAsync(cancel);
        }
        catch (PostgresException e) when (e.SqlState == SqlStates.NotCarriedOver)
        {
            throw new CarryOverException($"No history can be carried over into tenant {scope.Tenant}: others have recorded in it, or a moment lies after the import began.", e);
        }
        catch (PostgresException e) when (e is { SqlState: PostgresErrorCodes.UniqueViolation, TableName: "streams" })
        {
            throw CarryOverException.AnotherDoesSo(scope, e);
        }
        catch (PostgresException e) when (e.SqlState == SqlStates.NotNumberedHere)
        {
            throw new StoreNotReadyException("The database was restored from a dump; its log is being numbered before anything is written.", e);
        }
    }

    private NpgsqlBatchCommand CarryIn(StoredFact[] facts)
    {
        var written = facts.Select(f => codec.Write(f.Fact)).ToArray();
        return Statement(
            s_carryIn,
            Texts(facts.Select(f => f.Stream.Name)),
            Integers(facts.Select(f => f.Version)),
            Texts(written.Select(w => w.Type)),
            Integers(written.Select(w => w.Version)),
            Jsons(written.Select(w => w.Body)),
            Days(facts.Select(f => f.On.Placed)),
            Days(facts.Select(f => f.On.First)),
            Days(facts.Select(f => f.On.Last)),
            Texts(facts.Select(f => f.On.Precision)),
            Texts(facts.Select(f => f.On.AssumedBecause)),
            Moments(facts.Select(f => f.RecordedAt)),
            Texts(facts.Select(f => f.Circumstances.Actor)),
            Texts(facts.Select(f => f.Circumstances.Role)),
            Texts(facts.Select(f => f.Circumstances.DecidedBy)),
            Texts(facts.Select(f => f.Circumstances.BasisKind)),
            Texts(facts.Select(f => f.Circumstances.Basis)),
            Texts(facts.Select(f => f.Circumstances.EntryReason)),
            Texts(facts.Select(f => ArrayOf(f.Circumstances.NotDocumented))),
            Jsons(facts.Select(f => JsonSerializer.Serialize(f.Circumstances.LookedAt))),
            IntegersOrNulls(facts.Select(f => f.Replaces)),
            Ids(facts.Select(f => f.Circumstances.CommandId)),
            Ids(facts.Select(f => f.Circumstances.Correlation)),
            Text(tables.Edition));
    }

    // An array of arrays has rows of one length in PostgreSQL: the inner ones go as text.
    private static string ArrayOf(IReadOnlyList<string> values) =>
        $"{{{string.Join(',', values.Select(v => $"\"{v.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""))}}}";

    private static async Task<Dictionary<string, string>> PhysicalNamesAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select name, physical from tables.registry", connection);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var names = new Dictionary<string, string>();
        while (await reader.ReadAsync(cancel))
            names.Add(reader.GetString(0), reader.GetString(1));
        return names;
    }
}
