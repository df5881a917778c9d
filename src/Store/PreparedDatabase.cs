using Npgsql;

namespace HousingBank.Store;

/// <summary>Whether a database has the schema and the tables that this program works with, seen by a login that may not make them.</summary>
/// <param name="app">Connections as <see cref="StoreRole.App"/>.</param>
public sealed class PreparedDatabase(NpgsqlDataSource app, TwoClockTables tables)
{
    /// <returns>Tables in use that this program does not know, or only in a lower version: it can read, but not write.</returns>
    /// <exception cref="NotPreparedException">The operator has not migrated to this program's version yet.</exception>
    /// <exception cref="SchemaTooNewException">The database was migrated by a newer program.</exception>
    /// <exception cref="RowChangedException">A row was changed without a new version.</exception>
    public async Task<IReadOnlyList<string>> NewerTablesAsync(CancellationToken cancel)
    {
        if (await SchemaVersionAsync(cancel) is var schema && schema < SchemaMigrator.NewestVersion)
            throw new NotPreparedException($"its schema has version {schema} of {SchemaMigrator.NewestVersion}; this login may not migrate it, the operator's command 'migrate' does.");
        if (schema > SchemaMigrator.NewestVersion)
            throw new SchemaTooNewException(schema, SchemaMigrator.NewestVersion);

        var inUse = await TablesInUseAsync(cancel);
        foreach (var sql in tables.Sql)
        {
            if (!inUse.TryGetValue(sql.Table.Name, out var found) || found.Version < sql.Table.Version)
                throw new NotPreparedException($"table {sql.Table.Name} has not version {sql.Table.Version} yet; the operator's command 'migrate' makes it.");
            if (found.Version == sql.Table.Version && found.Shape != sql.Shape.Definition)
                throw new RowChangedException(sql.Table.Name, found.Version, found.Shape, sql.Shape.Definition);
        }

        return [.. inUse.Where(t => tables.Sql.All(s => s.Table.Name != t.Key || s.Table.Version < t.Value.Version)).Select(t => t.Key)];
    }

    private async Task<int> SchemaVersionAsync(CancellationToken cancel)
    {
        try
        {
            await using var command = app.CreateCommand("select coalesce(max(version), 0) from store.schema_versions");
            return (int)(await command.ExecuteScalarAsync(cancel))!;
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.InvalidSchemaName or PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidParameterValue)
        {
            // Not even the roles are there.
            return 0;
        }
    }

    private async Task<Dictionary<string, (int Version, string Shape)>> TablesInUseAsync(CancellationToken cancel)
    {
        await using var command = app.CreateCommand("select name, version, shape from tables.registry");
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var found = new Dictionary<string, (int, string)>();
        while (await reader.ReadAsync(cancel))
            found.Add(reader.GetString(0), (reader.GetInt32(1), reader.GetString(2)));
        return found;
    }
}

/// <summary>What this program needs of the database is not made yet.</summary>
public sealed class NotPreparedException(string message) : Exception(message);
