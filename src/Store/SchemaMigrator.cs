using System.Globalization;
using System.Reflection;
using Npgsql;

namespace HousingBank.Store;

/// <summary>Makes the schema and brings it forward, one numbered migration after the other, each in a transaction of its own.</summary>
/// <param name="connectionString">A login that may create roles and, in its database, schemas; or one that finds them made.</param>
public sealed class SchemaMigrator(string connectionString)
{
    // Any number will do, as long as it stays the same.
    private const long Lock = 4_801_201_009;

    private static readonly TimeSpan s_again = TimeSpan.FromSeconds(1);
    private static readonly IReadOnlyList<Migration> s_migrations = Migration.All();

    private readonly string _connectionString = Alone(connectionString);

    /// <summary>The version this program works with.</summary>
    public static int NewestVersion => s_migrations[^1].Version;

    /// <summary>Whether the database holds a store at all: any login is told, whatever it may read there.</summary>
    public async Task<bool> IsMadeAsync(CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(_connectionString);
        await connection.OpenAsync(cancel);
        await using var command = new NpgsqlCommand("select to_regnamespace('store') is not null", connection);
        return (bool)(await command.ExecuteScalarAsync(cancel))!;
    }

    /// <returns>0 when the database holds no store.</returns>
    public async Task<int> CurrentVersionAsync(CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(_connectionString);
        await connection.OpenAsync(cancel);
        return await VersionAsync(connection, cancel);
    }

    /// <summary>Does nothing when the schema is up to date. Of two programs that start at once, one migrates and the other waits for it.</summary>
    /// <param name="report">Gets a line for each step.</param>
    /// <exception cref="SchemaTooNewException">The database was migrated by a newer program.</exception>
    public async Task MigrateAsync(Action<string> report, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(_connectionString);
        await connection.OpenAsync(cancel);
        if (!await TryLockAsync(connection, cancel))
        {
            report("Another program is migrating the database: waiting for it.");
            await ExecuteAsync(connection, $"select pg_advisory_lock({Lock})", cancel);
        }

        var version = await VersionAsync(connection, cancel);
        if (version > NewestVersion)
            throw new SchemaTooNewException(version, NewestVersion);

        foreach (var migration in s_migrations.Where(m => m.Version > version))
        {
            report($"Migrating the database to version {migration.Version} of {NewestVersion}: {migration.Name}.");
            for (var attempt = 1; !await LockPatience.TryAsync(connection, () => ApplyAsync(connection, migration, cancel), cancel); attempt++)
            {
                if (attempt == 1)
                    report("Somebody uses what it changes, a backup perhaps: it is tried again until nobody does.");
                await Task.Delay(s_again, cancel);
            }
        }

        // Not left to the end of the connection, which the server notices a little later.
        await ExecuteAsync(connection, $"select pg_advisory_unlock({Lock})", cancel);
    }

    private static async Task ApplyAsync(NpgsqlConnection connection, Migration migration, CancellationToken cancel)
    {
        foreach (var script in migration.Scripts)
            await ExecuteAsync(connection, script, cancel);
        await ExecuteAsync(connection, $"insert into store.schema_versions (version, name) values ({migration.Version}, '{migration.Name}')", cancel);
    }

    /// <summary>Whether the login may make the schema: it may act as its owner, or make the roles. What only reads and adds may not.</summary>
    public async Task<bool> MayMigrateAsync(CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(_connectionString);
        await connection.OpenAsync(cancel);
        await using var command = new NpgsqlCommand(
            """
            select r.rolsuper or r.rolcreaterole
                or exists (select from pg_roles o where o.rolname = 'programme_owner' and pg_has_role(o.oid, 'member'))
              from pg_roles r
             where r.rolname = current_user
            """,
            connection);
        return (bool)(await command.ExecuteScalarAsync(cancel))!;
    }

    private static string Alone(string connectionString)
    {
        var settings = StoreDataSource.OnPrimary(connectionString);
        settings.Pooling = false;
        settings.CommandTimeout = 0;
        // One that is frozen, or whose machine is gone, must not hold its locks for ever: it has nothing to do between two statements.
        settings.Options = $"{settings.Options} -c idle_in_transaction_session_timeout=60s -c idle_session_timeout=60s".Trim();
        return settings.ConnectionString;
    }

    private static async Task<bool> TryLockAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand($"select pg_try_advisory_lock({Lock})", connection);
        return (bool)(await command.ExecuteScalarAsync(cancel))!;
    }

    private static async Task<int> VersionAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var exists = new NpgsqlCommand("select to_regclass('store.schema_versions') is not null", connection);
        if (!(bool)(await exists.ExecuteScalarAsync(cancel))!)
            return 0;
        await using var newest = new NpgsqlCommand("select coalesce(max(version), 0) from store.schema_versions", connection);
        return (int)(await newest.ExecuteScalarAsync(cancel))!;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>A file of Sql/migrations: "0001-the-store.sql". Its lines are SQL, or name another file as psql does: \ir ../tables/events.sql.</summary>
    private sealed record Migration(int Version, string Name, IReadOnlyList<string> Scripts)
    {
        private const string Folder = "migrations/";
        private const string Include = @"\ir ../";

        public static IReadOnlyList<Migration> All() =>
        [
            .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
                .Select(name => name.Replace('\\', '/'))
                .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(Read),
        ];

        private static Migration Read(string resource)
        {
            var name = Path.GetFileNameWithoutExtension(resource);
            var dash = name.IndexOf('-', StringComparison.Ordinal);
            return new Migration(int.Parse(name.AsSpan(0, dash), CultureInfo.InvariantCulture), name[(dash + 1)..], [.. Split(Text(resource)).Where(s => !string.IsNullOrWhiteSpace(s))]);
        }

        private static IEnumerable<string> Split(string text)
        {
            var own = new List<string>();
            foreach (var line in text.Split('\n'))
            {
                if (!line.StartsWith(Include, StringComparison.Ordinal))
                {
                    own.Add(line);
                    continue;
                }

                yield return string.Join('\n', own);
                own.Clear();
                yield return Text(line[Include.Length..].Trim());
            }

            yield return string.Join('\n', own);
        }

        private static string Text(string resource)
        {
            var assembly = Assembly.GetExecutingAssembly();
            using var stream = assembly.GetManifestResourceStream(resource)
                ?? assembly.GetManifestResourceStream(resource.Replace('/', '\\'))
                ?? throw new InvalidOperationException($"No file Sql/{resource} is part of this program.");
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd();
        }
    }
}

/// <summary>The database was migrated by a newer program; this one must not write to it.</summary>
public sealed class SchemaTooNewException(int found, int known)
    : Exception($"The database has schema version {found}, and this program knows versions up to {known} only: use the newer program, or another database.")
{
    public int Found => found;

    public int Known => known;
}
