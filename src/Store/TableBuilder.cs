using System.Data;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Npgsql;
using NpgsqlTypes;

namespace HousingBank.Store;

/// <summary>How far the building of a table has come.</summary>
/// <param name="Facts">Facts folded so far, those of other tables not counted.</param>
public sealed record TableProgress(string Table, TableStep Step, long Facts);

public enum TableStep
{
    /// <summary>Another program builds tables of this database; this one waits for it.</summary>
    Waiting,
    Filling,

    /// <summary>What was recorded meanwhile is folded.</summary>
    CatchingUp,
    InUse,
}

/// <summary>The tables in use, compared with what the log gives.</summary>
/// <param name="Otherwise">What of that which says where each is kept is not as this program makes it: then none can be compared.</param>
public sealed record ComparedTables(IReadOnlyList<string> Otherwise, IReadOnlyList<ComparedTable> All)
{
    public bool AreAsGiven => Otherwise.Count == 0 && All.All(t => t.IsAsGiven);
}

/// <param name="Rows">Of all days and states of knowledge.</param>
/// <param name="Differing">The first <see cref="MostListed"/>, by tenant and stream.</param>
/// <param name="Otherwise">What is not as this program makes it, beside the rows.</param>
/// <param name="NotCompared">Why its rows could not be compared; null when they were.</param>
public sealed record ComparedTable(
    string Table, long Rows, IReadOnlyList<DifferingRow> Differing, long DifferingInAll, IReadOnlyList<string> Otherwise, string? NotCompared = null)
{
    internal const int MostListed = 20;

    public bool IsAsGiven => NotCompared is null && Otherwise.Count == 0 && DifferingInAll == 0;
}

/// <param name="ValidFrom">ISO 8601.</param>
/// <param name="IsThere">The table in use has such a row.</param>
/// <param name="IsGiven">The log gives such a row; with <paramref name="IsThere"/>, one that says something else.</param>
public sealed record DifferingRow(string Tenant, string Stream, string Key, string ValidFrom, bool IsThere, bool IsGiven);

/// <summary>The type of a table's rows is another than the one its table was built from, under the same version.</summary>
public sealed class RowChangedException(string table, int version, string was, string now) : Exception(
    $"The row of table {table} has changed, but its version is still {version}: give it version {version + 1}, so that it is built anew. It was ({was}) and is ({now}).");

/// <summary>
/// Builds two-clock tables from the log while others read and write. A new table is filled beside the one in use, in short transactions by ranges of
/// streams; then it catches up with what was recorded meanwhile; then all that were built are swapped in at once. It can be interrupted at any moment
/// and goes on where it was. Memory: the segments of two thousand streams and the facts of one, however long the log is.
/// </summary>
/// <param name="connectionString">A login that may act as owner and as rebuild.</param>
public sealed class TableBuilder(string connectionString, TwoClockTables tables, IFactCodec codec)
{
    // Any number will do, as long as it stays the same and differs from that of tables.hold.
    private const long OneBuilderAtATime = 4_801_201_011;
    private const long HoldOfTables = 4_801_201_010;
    private const int StreamsAtATime = 200;
    private const int StreamsWhileWritersWait = 20;

    private static readonly TimeSpan s_writersWait = TimeSpan.FromSeconds(2);

    /// <summary>Length of a range; one transaction writes what it gives.</summary>
    public int FactsAtATime { get; init; } = 20_000;

    /// <summary>At start: builds the tables that are missing or of a lower version than this program's.</summary>
    /// <returns>
    /// Tables in use that this program does not know, or only in a lower version. It can read, but not write, until a program that knows them
    /// runs instead or <see cref="RebuildAsync"/> makes this one's the ones in use.
    /// </returns>
    /// <exception cref="RowChangedException">A row was changed without a new version.</exception>
    public async Task<IReadOnlyList<string>> BuildAsync(Action<TableProgress> report, CancellationToken cancel)
    {
        await using var building = await StartAsync(report, cancel);
        var inUse = await TablesInUseAsync(building, cancel);
        await building.RenewWritersAsync([.. tables.Sql.Where(t => inUse.TryGetValue(t.Table.Name, out var found) && found.Version == t.Table.Version)], cancel);
        await building.BuildAsync([.. tables.Sql.Where(t => !inUse.TryGetValue(t.Table.Name, out var found) || found.Version < t.Table.Version)], [], cancel);
        return [.. inUse.Where(t => tables.Sql.All(s => s.Table.Name != t.Key || s.Table.Version < t.Value.Version)).Select(t => t.Key)];
    }

    /// <summary>On an operator's word: builds tables anew, whatever is in use, and takes those out of use that this program does not know.</summary>
    /// <param name="names">The tables to build; empty for all.</param>
    /// <exception cref="ArgumentException">There is no table of that name.</exception>
    /// <exception cref="RowChangedException">A row was changed without a new version.</exception>
    public async Task RebuildAsync(IReadOnlyCollection<string> names, Action<TableProgress> report, CancellationToken cancel)
    {
        if (names.FirstOrDefault(n => tables.Sql.All(t => t.Table.Name != n)) is { } unknown)
            throw new ArgumentException($"There is no table \"{unknown}\".", nameof(names));

        await using var building = await StartAsync(report, cancel);
        var inUse = await TablesInUseAsync(building, cancel);
        await building.BuildAsync(
            [.. tables.Sql.Where(t => names.Count == 0 || names.Contains(t.Table.Name) || !inUse.TryGetValue(t.Table.Name, out var found) || found.Version != t.Table.Version)],
            [.. inUse.Keys.Except(tables.Sql.Select(t => t.Table.Name))],
            cancel);
    }

    /// <summary>On an auditor's word: folds the log anew beside the tables in use and compares them row by row, and by what else readers are answered by. None of them is changed, and others go on.</summary>
    /// <remarks>It takes as much room as a rebuild, for one table at a time. A stream that is written meanwhile is left out.</remarks>
    /// <exception cref="RowChangedException">A row was changed without a new version.</exception>
    public async Task<ComparedTables> CompareAsync(Action<TableProgress> report, CancellationToken cancel)
    {
        await using var building = await StartAsync(report, cancel, isAudit: true);
        var otherwise = await building.LookAtRegistryAsync(cancel);
        if (otherwise.Count > 0)
            return new([.. otherwise.Select(o => o.What)], []);
        var inUse = await TablesInUseAsync(building, cancel);
        var kinds = await building.KindsAsync(cancel);
        var compared = new List<ComparedTable>();
        foreach (var sql in tables.Sql)
        {
            compared.Add(inUse.TryGetValue(sql.Table.Name, out var found) && found.Version == sql.Table.Version
                ? await building.CompareAsync(sql, kinds, cancel)
                : new(sql.Table.Name, 0, [], 0, [], $"in use is {(found.Version == 0 ? "none" : $"version {found.Version}")}, and this program makes version {sql.Table.Version}"));
        }

        return new([], compared);
    }

    private async Task<Dictionary<string, (int Version, string Shape)>> TablesInUseAsync(Building building, CancellationToken cancel)
    {
        var inUse = await building.TablesInUseAsync(cancel);
        foreach (var sql in tables.Sql)
        {
            if (inUse.TryGetValue(sql.Table.Name, out var found) && found.Version == sql.Table.Version && found.Shape != sql.Shape.Definition)
                throw new RowChangedException(sql.Table.Name, found.Version, found.Shape, sql.Shape.Definition);
        }

        return inUse;
    }

    private async Task<Building> StartAsync(Action<TableProgress> report, CancellationToken cancel, bool isAudit = false)
    {
        Func<string, StoreRole, NpgsqlDataSource> source = isAudit ? StoreDataSource.CreateForAudit : StoreDataSource.Create;
        var (owner, rebuild) = (source(connectionString, StoreRole.Owner), source(connectionString, StoreRole.Rebuild));
        var building = new Building(owner, rebuild, await owner.OpenConnectionAsync(cancel), codec, FactsAtATime, report);
        await building.LockAsync(cancel);
        return building;
    }

    /// <summary>One run, alone on its database.</summary>
    /// <param name="lockHolder">Holds the lock for as long as it is open.</param>
    private sealed class Building(
        NpgsqlDataSource owner, NpgsqlDataSource rebuild, NpgsqlConnection lockHolder, IFactCodec codec, int factsAtATime, Action<TableProgress> report) : IAsyncDisposable
    {
        /// <summary>Streams with facts that a snapshot, $1, does not show.</summary>
        private const string MovedOn = """
            select distinct e.tenant, e.stream
              from store.events e
             where e.transaction >= pg_snapshot_xmin($1::pg_snapshot) and not pg_visible_in_snapshot(e.transaction, $1::pg_snapshot)
            """;

        private readonly Dictionary<string, long> _facts = [];

        public async Task LockAsync(CancellationToken cancel)
        {
            await using var attempt = new NpgsqlCommand($"select pg_try_advisory_lock({OneBuilderAtATime})", lockHolder);
            while (!(bool)(await attempt.ExecuteScalarAsync(cancel))!)
            {
                report(new TableProgress("", TableStep.Waiting, 0));
                await Task.Delay(TimeSpan.FromSeconds(1), cancel);
            }
        }

        public async ValueTask DisposeAsync()
        {
            await lockHolder.DisposeAsync();
            await owner.DisposeAsync();
            await rebuild.DisposeAsync();
        }

        public async Task<Dictionary<string, (int Version, string Shape)>> TablesInUseAsync(CancellationToken cancel)
        {
            await using var command = owner.CreateCommand("select name, version, shape from tables.registry");
            await using var reader = await command.ExecuteReaderAsync(cancel);
            var found = new Dictionary<string, (int, string)>();
            while (await reader.ReadAsync(cancel))
                found.Add(reader.GetString(0), (reader.GetInt32(1), reader.GetString(2)));
            return found;
        }

        /// <summary>Tables that an earlier program published have fewer ways in, or slower ones.</summary>
        public async Task RenewWritersAsync(IReadOnlyList<TableSql> inUse, CancellationToken cancel)
        {
            await using var find = owner.CreateCommand("""
                select r.physical, f.prosrc
                  from unnest($1, $2) with ordinality as t (name, writer, place)
                  join tables.registry r using (name)
                  left join pg_proc f on f.oid = to_regproc('tables.' || t.writer)
                 order by t.place
                """);
            find.Parameters.Add(Sql.Texts(inUse.Select(t => t.Table.Name)));
            find.Parameters.Add(Sql.Texts(inUse.Select(t => t.UsualWriter)));
            var outdated = new List<string>();
            await using (var reader = await find.ExecuteReaderAsync(cancel))
            {
                foreach (var table in inUse)
                {
                    await reader.ReadAsync(cancel);
                    var physical = reader.GetString(0);
                    if (reader.IsDBNull(1) || reader.GetString(1) != table.UsualWriterBody(physical))
                        outdated.Add(table.Writers(physical));
                }
            }

            foreach (var writers in outdated)
            {
                await using var renew = owner.CreateCommand(writers);
                await renew.ExecuteNonQueryAsync(cancel);
            }
        }

        /// <param name="retired">Names of tables to take out of use.</param>
        public async Task BuildAsync(IReadOnlyList<TableSql> wanted, IReadOnlyList<string> retired, CancellationToken cancel)
        {
            if (wanted.Count + retired.Count > 0)
            {
                var kinds = await KindsAsync(cancel);
                var built = new List<BuiltTable>();
                foreach (var table in wanted)
                    built.Add(await FillAsync(table, kinds, cancel));
                // Writers wait for the swap: it should find little left to do. Where they write as fast as this goes, it never gets little.
                var (before, moved) = (int.MaxValue, int.MaxValue);
                do
                    (before, moved) = (moved, await CatchUpAsync(built, StreamsAtATime, atMost: null, cancel));
                while (moved > StreamsAtATime && moved < before / 2);

                await SwapAsync(built, retired, cancel);
            }

            await DropUnusedAsync(cancel);
        }

        public Task<List<TableForm.Difference>> LookAtRegistryAsync(CancellationToken cancel) => TableForm.OfRegistryAsync(owner, cancel);

        public async Task<ComparedTable> CompareAsync(TableSql sql, string[] kinds, CancellationToken cancel)
        {
            var (inUse, columns) = await InUseAsync(sql, cancel);
            var differences = await TableForm.OfInUseAsync(owner, sql, inUse, cancel);
            List<string> otherwise = [.. differences.Where(d => !d.HidesRows).Select(d => d.What)];
            if (!columns.SequenceEqual(sql.Shape.Columns.Select(c => c.NameAndType)))
                otherwise.Add("the registry lets readers look at other columns");
            if (Said(differences.Where(d => d.HidesRows)) is { } whyNot)
                return new(sql.Table.Name, 0, [], 0, otherwise, whyNot);

            // What somebody has begun to fill is not gone on with: nobody knows by what it was filled.
            await ForgetAsync(sql, cancel);
            var table = await FillAsync(sql, kinds, cancel);
            await CatchUpAsync([table], StreamsAtATime, atMost: null, cancel);
            // Whoever can make something happen when a table is made or filled could have the same wrong rows given again.
            var compared = Said(await TableForm.OfFilledAsync(owner, sql, table.Physical, cancel)) is { } notAsMade
                ? new(sql.Table.Name, 0, [], 0, [], $"made anew, {notAsMade}")
                : await CompareAsync(table, inUse, cancel);
            await ForgetAsync(sql, cancel);
            // Nothing else is dropped, unused as it may look: where something was changed, an auditor touches nothing.
            await using var drop = owner.CreateCommand($"drop table tables.{table.Physical}");
            await drop.ExecuteNonQueryAsync(cancel);
            return compared with { Otherwise = otherwise };
        }

        private static string? Said(IEnumerable<TableForm.Difference> differences) => string.Join(", and ", differences.Select(d => d.What)) is { Length: > 0 } said ? said : null;

        private async Task ForgetAsync(TableSql sql, CancellationToken cancel)
        {
            await using var forget = owner.CreateCommand("delete from tables.rebuilds where name = $1");
            forget.Parameters.Add(new() { Value = sql.Table.Name });
            await forget.ExecuteNonQueryAsync(cancel);
        }

        /// <summary>The table that is read, and the columns that are read of its rows.</summary>
        private async Task<(string Physical, string[] Columns)> InUseAsync(TableSql sql, CancellationToken cancel)
        {
            await using var command = owner.CreateCommand("select physical, columns from tables.registry where name = $1");
            command.Parameters.Add(new() { Value = sql.Table.Name });
            await using var reader = await command.ExecuteReaderAsync(cancel);
            await reader.ReadAsync(cancel);
            return (reader.GetString(0), reader.GetFieldValue<string[]>(1));
        }

        private async Task<ComparedTable> CompareAsync(BuiltTable folded, string inUse, CancellationToken cancel)
        {
            // One statement, and so one moment. What was recorded after the last fact that was folded is not expected here.
            await using var batch = rebuild.CreateBatch();
            batch.Timeout = 0;
            batch.BatchCommands.Add(new(
                $"""
                with moved as materialized ({MovedOn}),
                there as materialized (select t.* from tables.{inUse} t where not exists (select from moved m where (m.tenant, m.stream) = (t.tenant, t.stream))),
                given as materialized (select t.* from tables.{folded.Physical} t where not exists (select from moved m where (m.tenant, m.stream) = (t.tenant, t.stream))),
                differing as (
                  select tenant, stream, key, valid_from, known_from, true as is_there from (table there except all table given) x
                  union all
                  select tenant, stream, key, valid_from, known_from, false from (table given except all table there) x),
                by_row as (
                  select tenant, stream, key, valid_from, known_from, bool_or(is_there) as is_there, bool_or(not is_there) as is_given
                    from differing
                   group by tenant, stream, key, valid_from, known_from)
                select tenant, stream, key, valid_from::text, is_there, is_given, (select count(*) from by_row), (select count(*) from there)
                  from (values (1)) one (row) left join (select * from by_row order by tenant, stream, key, valid_from, known_from limit {ComparedTable.MostListed}) listed on true
                """)
            { Parameters = { SnapshotOf(folded) } });
            await using var reader = await batch.ExecuteReaderAsync(cancel);
            var (differing, differingInAll, rows) = (new List<DifferingRow>(), 0L, 0L);
            while (await reader.ReadAsync(cancel))
            {
                (differingInAll, rows) = (reader.GetInt64(6), reader.GetInt64(7));
                if (!reader.IsDBNull(0))
                    differing.Add(new(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetBoolean(4), reader.GetBoolean(5)));
            }

            return new(folded.Name, rows, differing, differingInAll, []);
        }

        public async Task<string[]> KindsAsync(CancellationToken cancel)
        {
            await using var command = rebuild.CreateCommand("select distinct split_part(stream, '/', 1) from store.streams");
            await using var reader = await command.ExecuteReaderAsync(cancel);
            var kinds = new List<string>();
            while (await reader.ReadAsync(cancel))
                kinds.Add(reader.GetString(0));
            return [.. kinds];
        }

        /// <summary>Reads and folds while what was folded before is written.</summary>
        private async Task<BuiltTable> FillAsync(TableSql sql, string[] kinds, CancellationToken cancel)
        {
            var begun = await BeginOrGoOnAsync(sql, cancel);
            var table = new BuiltTable(sql, begun.Physical, begun.Snapshot);
            if (begun.IsFilled)
                return table;

            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            var folded = Channel.CreateBounded<Folded>(8);
            var reading = FoldRangesAsync(sql.Table, [.. kinds.Where(sql.Table.Takes)], begun, folded.Writer, stop.Token);
            try
            {
                while (await WriteRangeAsync(table, folded.Reader, cancel) is { IsLast: false })
                {
                    // Each range in a transaction of its own. What is over before it is cancelled says nothing of it.
                    cancel.ThrowIfCancellationRequested();
                }
            }
            finally
            {
                await stop.CancelAsync();
                await reading;
            }

            return table;
        }

        private async Task<Begun> BeginOrGoOnAsync(TableSql table, CancellationToken cancel)
        {
            await using var connection = await owner.OpenConnectionAsync(cancel);
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            // A cluster restored from a dump counts transactions anew: a snapshot of the earlier one says nothing in it.
            await using var begun = new NpgsqlCommand(
                """
                select physical, from_snapshot::text, to_tenant, to_stream, is_filled from tables.rebuilds
                 where name = $1 and version = $2 and shape = $3 and pg_snapshot_xmax(from_snapshot) <= pg_snapshot_xmax(pg_current_snapshot())
                """,
                connection)
            {
                Parameters = { new() { Value = table.Table.Name }, new() { Value = table.Table.Version }, new() { Value = table.Shape.Definition } },
            };
            await using (var reader = await begun.ExecuteReaderAsync(cancel))
            {
                if (await reader.ReadAsync(cancel))
                    return new Begun(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetBoolean(4));
            }

            var physical = await FreeNameAsync(connection, table, cancel);
            await using var begin = new NpgsqlBatch(connection)
            {
                BatchCommands =
                {
                    new("delete from tables.rebuilds where name = $1") { Parameters = { new() { Value = table.Table.Name } } },
                    new("insert into tables.rebuilds (name, version, physical, shape, from_snapshot) values ($1, $2, $3, $4, pg_current_snapshot()) returning from_snapshot::text")
                    {
                        Parameters =
                        {
                            new() { Value = table.Table.Name }, new() { Value = table.Table.Version },
                            new() { Value = physical }, new() { Value = table.Shape.Definition },
                        },
                    },
                },
            };
            var snapshot = (string)(await begin.ExecuteScalarAsync(cancel))!;
            await ExecuteAsync(connection, table.Create(physical), cancel);
            await transaction.CommitAsync(cancel);
            return new Begun(physical, snapshot, "", "", false);
        }

        private static async Task<string> FreeNameAsync(NpgsqlConnection connection, TableSql table, CancellationToken cancel)
        {
            for (var (name, number) = (table.VersionedName, 2); ; name = $"{table.VersionedName}_{number++}")
            {
                await using var taken = new NpgsqlCommand($"select to_regclass('tables.{name}') is not null", connection);
                if (!(bool)(await taken.ExecuteScalarAsync(cancel))!)
                    return name;
            }
        }

        private async Task FoldRangesAsync(TwoClockTable table, string[] kinds, Begun begun, ChannelWriter<Folded> folded, CancellationToken cancel)
        {
            try
            {
                var (tenant, stream, atATime) = (begun.ToTenant, begun.ToStream, factsAtATime);
                for (var isLast = false; !isLast;)
                {
                    var streams = new List<FoldedStream>();
                    var (read, whole) = (0, 0);
                    List<StoredFact>? last = null;
                    await foreach (var facts in StreamsAfterAsync(tenant, stream, kinds, atATime, cancel))
                    {
                        await PassOnAsync(last);
                        read += facts.Count;
                        last = facts;
                    }

                    // The last stream of a full range may go on beyond it.
                    isLast = read < atATime;
                    if (isLast)
                        await PassOnAsync(last);
                    if (whole > 0 || isLast)
                        await folded.WriteAsync(new Folded(streams, new RangeEnd(tenant, stream, whole, isLast)), cancel);
                    else
                        atATime *= 2;

                    async ValueTask PassOnAsync(List<StoredFact>? facts)
                    {
                        if (facts is null)
                            return;
                        streams.Add(Fold(table, facts));
                        (tenant, stream, whole) = (facts[0].Tenant, facts[0].Stream.Name, whole + facts.Count);
                        if (streams.Count == StreamsAtATime)
                        {
                            await folded.WriteAsync(new Folded(streams, null), cancel);
                            streams = [];
                        }
                    }
                }

                folded.Complete();
            }
            catch (Exception e)
            {
                folded.Complete(e);
            }
        }

        private async IAsyncEnumerable<List<StoredFact>> StreamsAfterAsync(
            string tenant, string stream, string[] kinds, int factsAtMost, [EnumeratorCancellation] CancellationToken cancel)
        {
            await using var batch = rebuild.CreateBatch();
            // Believing that few streams are of these kinds, the planner would read and sort the whole log for each range.
            batch.BatchCommands.Add(new("select set_config('enable_seqscan', 'off', true), set_config('enable_sort', 'off', true)"));
            batch.BatchCommands.Add(new(
                $"""
                select {FoldedFact.Columns} from store.events e
                 where (e.tenant, e.stream) > ($1, $2) and split_part(e.stream, '/', 1) = any ($3)
                 order by e.tenant, e.stream, e.version
                 limit $4
                """)
            {
                Parameters = { new() { Value = tenant }, new() { Value = stream }, new() { Value = kinds }, new() { Value = factsAtMost } },
            });
            await using var reader = await batch.ExecuteReaderAsync(cancel);
            await reader.NextResultAsync(cancel);
            await foreach (var facts in StreamsAsync(reader, cancel))
                yield return facts;
        }

        /// <summary>The facts of one stream after the other, from rows in that order.</summary>
        private async IAsyncEnumerable<List<StoredFact>> StreamsAsync(NpgsqlDataReader reader, [EnumeratorCancellation] CancellationToken cancel)
        {
            var facts = new List<StoredFact>();
            while (await reader.ReadAsync(cancel))
            {
                var fact = FoldedFact.From(reader, codec);
                if (facts.Count > 0 && (facts[0].Stream != fact.Stream || facts[0].Tenant != fact.Tenant))
                {
                    yield return facts;
                    facts = [];
                }

                facts.Add(fact);
            }

            if (facts.Count > 0)
                yield return facts;
        }

        private static FoldedStream Fold(TwoClockTable table, List<StoredFact> facts) => new(facts[0].Tenant, facts[0].Stream, Segments.History(table, facts));

        /// <returns>Null when there was none left.</returns>
        private async Task<RangeEnd?> WriteRangeAsync(BuiltTable table, ChannelReader<Folded> folded, CancellationToken cancel)
        {
            await using var connection = await rebuild.OpenConnectionAsync(cancel);
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            RangeEnd? end = null;
            await using (var importer = await connection.BeginBinaryImportAsync(table.Sql.CopyIn(table.Physical), cancel))
            {
                await foreach (var some in folded.ReadAllAsync(cancel))
                {
                    Write(importer, table, some.Streams);
                    end = some.End;
                    if (end is not null)
                        break;
                }

                await importer.CompleteAsync(cancel);
            }

            if (end is null)
                return null;
            await using var done = new NpgsqlCommand(
                "update tables.rebuilds set to_tenant = $3, to_stream = $4, is_filled = $5 where name = $1 and version = $2", connection)
            {
                Parameters =
                {
                    new() { Value = table.Name }, new() { Value = table.Version },
                    new() { Value = end.Tenant }, new() { Value = end.Stream }, new() { Value = end.IsLast },
                },
            };
            await done.ExecuteNonQueryAsync(cancel);
            await transaction.CommitAsync(cancel);
            Report(table, TableStep.Filling, end.Facts);
            return end;
        }

        private static void Write(NpgsqlBinaryImporter importer, BuiltTable table, List<FoldedStream> streams)
        {
            foreach (var (tenant, stream, segments) in streams)
            {
                foreach (var segment in segments)
                    table.Sql.WriteRow(importer, tenant, stream, segment);
            }
        }

        /// <param name="atATime">So many streams are folded before it is looked at the time.</param>
        /// <param name="atMost">Then the rest is left, but some streams of each table are folded in any case; null for all.</param>
        /// <returns>How many streams of a table had moved on.</returns>
        private async Task<int> CatchUpAsync(IReadOnlyList<BuiltTable> built, int atATime, TimeSpan? atMost, CancellationToken cancel)
        {
            var began = Stopwatch.GetTimestamp();
            var moved = 0;
            foreach (var table in built)
            {
                await using var connection = await rebuild.OpenConnectionAsync(cancel);
                moved += await FindMovedAsync(connection, table, cancel);
                await FoldMovedAsync(connection, table, atATime, atMost - Stopwatch.GetElapsedTime(began), cancel);
            }

            return moved;
        }

        /// <summary>Adds to the streams to be folded anew those that have facts which the table's snapshot does not show.</summary>
        /// <returns>How many are to be folded.</returns>
        private static async Task<int> FindMovedAsync(NpgsqlConnection connection, BuiltTable table, CancellationToken cancel)
        {
            await using var batch = new NpgsqlBatch(connection)
            {
                BatchCommands =
                {
                    // Taken before the streams are looked for: what it shows is surely among what is found.
                    new("select pg_current_snapshot()::text"),
                    new(MovedOn) { Parameters = { SnapshotOf(table) } },
                },
            };
            await using var reader = await batch.ExecuteReaderAsync(cancel);
            await reader.ReadAsync(cancel);
            var next = reader.GetString(0);
            await reader.NextResultAsync(cancel);
            while (await reader.ReadAsync(cancel))
            {
                if (table.Sql.Table.Takes(new StreamKey(reader.GetString(1)).Kind))
                    table.Moved.Add((reader.GetString(0), reader.GetString(1)));
            }

            table.Snapshot = next;
            return table.Moved.Count;
        }

        /// <inheritdoc cref="CatchUpAsync"/>
        private async Task FoldMovedAsync(NpgsqlConnection connection, BuiltTable table, int atATime, TimeSpan? atMost, CancellationToken cancel)
        {
            var began = Stopwatch.GetTimestamp();
            foreach (var some in table.Moved.Chunk(atATime).ToArray())
            {
                // Folded before the transaction begins: long streams take a slow machine longer than one may wait. What is recorded meanwhile is found the next time.
                var (folded, facts) = await FoldAnewAsync(connection, table, some, cancel);
                await using var transaction = await connection.BeginTransactionAsync(cancel);
                await ReplaceAsync(connection, table, some, folded, cancel);
                table.Moved.ExceptWith(some);
                if (table.Moved.Count == 0)
                    await NoteSnapshotAsync(connection, table, cancel);
                await transaction.CommitAsync(cancel);
                Report(table, TableStep.CatchingUp, facts);
                if (Stopwatch.GetElapsedTime(began) > atMost)
                    return;
            }
        }

        /// <summary>For a later run, should this one be interrupted.</summary>
        private static async Task NoteSnapshotAsync(NpgsqlConnection connection, BuiltTable table, CancellationToken cancel)
        {
            await using var caughtUp = new NpgsqlCommand("update tables.rebuilds set from_snapshot = $1::pg_snapshot where name = $2 and version = $3", connection)
            {
                Parameters = { SnapshotOf(table), new() { Value = table.Name }, new() { Value = table.Version } },
            };
            await caughtUp.ExecuteNonQueryAsync(cancel);
        }

        private static NpgsqlParameter SnapshotOf(BuiltTable table) => new() { Value = table.Snapshot, NpgsqlDbType = NpgsqlDbType.Text };

        private async Task<(List<FoldedStream> Folded, int Facts)> FoldAnewAsync(
            NpgsqlConnection connection, BuiltTable table, (string Tenant, string Stream)[] streams, CancellationToken cancel)
        {
            await using var load = new NpgsqlCommand(
                $"""
                select {FoldedFact.Columns} from unnest($1, $2) as s (tenant, stream) join store.events e using (tenant, stream)
                 order by e.tenant, e.stream, e.version
                """,
                connection);
            AddNames(load, streams);
            var folded = new List<FoldedStream>();
            var count = 0;
            await using var reader = await load.ExecuteReaderAsync(cancel);
            await foreach (var facts in StreamsAsync(reader, cancel))
            {
                folded.Add(Fold(table.Sql.Table, facts));
                count += facts.Count;
            }

            return (folded, count);
        }

        private static async Task ReplaceAsync(
            NpgsqlConnection connection, BuiltTable table, (string Tenant, string Stream)[] streams, List<FoldedStream> folded, CancellationToken cancel)
        {
            await using var remove = new NpgsqlCommand(
                $"delete from tables.{table.Physical} t using unnest($1, $2) as s (tenant, stream) where t.tenant = s.tenant and t.stream = s.stream",
                connection);
            AddNames(remove, streams);
            await remove.ExecuteNonQueryAsync(cancel);
            await using var importer = await connection.BeginBinaryImportAsync(table.Sql.CopyIn(table.Physical), cancel);
            Write(importer, table, folded);
            await importer.CompleteAsync(cancel);
        }

        private static void AddNames(NpgsqlCommand command, (string Tenant, string Stream)[] streams)
        {
            command.Parameters.Add(new() { Value = streams.Select(s => s.Tenant).ToArray() });
            command.Parameters.Add(new() { Value = streams.Select(s => s.Stream).ToArray() });
        }

        /// <summary>Writers wait while the last of the log is folded and the new tables take their places; when that takes long they are let through in between.</summary>
        private async Task SwapAsync(IReadOnlyList<BuiltTable> built, IReadOnlyList<string> retired, CancellationToken cancel)
        {
            await using var connection = await owner.OpenConnectionAsync(cancel);
            while (!await TrySwapAsync(connection, built, retired, cancel))
                await Task.Delay(TimeSpan.FromMilliseconds(100), cancel);

            foreach (var table in built)
                Report(table, TableStep.InUse, 0);
        }

        private async Task<bool> TrySwapAsync(NpgsqlConnection connection, IReadOnlyList<BuiltTable> built, IReadOnlyList<string> retired, CancellationToken cancel)
        {
            // Held by the connection: there is no transaction that would be ended while it waits for folding.
            if (!await LockPatience.TryAsync(connection, () => ExecuteAsync(connection, $"select pg_advisory_lock({HoldOfTables})", cancel), cancel))
                return false;
            try
            {
                await CatchUpAsync(built, StreamsWhileWritersWait, s_writersWait, cancel);
                return built.All(t => t.Moved.Count == 0) && await LockPatience.TryAsync(connection, () => PublishAsync(connection, built, retired, cancel), cancel);
            }
            finally
            {
                // With a connection that is lost the lock is gone.
                if (connection.State == ConnectionState.Open)
                    await ExecuteAsync(connection, $"select pg_advisory_unlock({HoldOfTables})", CancellationToken.None);
            }
        }

        private static async Task PublishAsync(NpgsqlConnection connection, IReadOnlyList<BuiltTable> built, IReadOnlyList<string> retired, CancellationToken cancel)
        {
            foreach (var table in built)
                await PublishAsync(connection, table, cancel);
            foreach (var name in retired)
                await ExecuteAsync(connection, $"drop view if exists read.{name}; delete from tables.registry where name = '{name}'", cancel);
            await ExecuteAsync(connection, "select tables.renew_edition()", cancel);
        }

        private static async Task PublishAsync(NpgsqlConnection connection, BuiltTable table, CancellationToken cancel)
        {
            await ExecuteAsync(connection, table.Sql.Publish(table.Physical), cancel);
            await using var register = new NpgsqlBatch(connection)
            {
                BatchCommands =
                {
                    new("delete from tables.rebuilds where name = $1") { Parameters = { new() { Value = table.Name } } },
                    new("delete from tables.registry where name = $1") { Parameters = { new() { Value = table.Name } } },
                    new("insert into tables.registry (name, version, physical, columns, shape) values ($1, $2, $3, $4, $5)")
                    {
                        Parameters =
                        {
                            new() { Value = table.Name }, new() { Value = table.Version }, new() { Value = table.Physical },
                            new() { Value = table.Sql.Shape.Columns.Select(c => c.NameAndType).ToArray() }, new() { Value = table.Sql.Shape.Definition },
                        },
                    },
                },
            };
            await register.ExecuteNonQueryAsync(cancel);
        }

        /// <summary>Drops what an earlier version has left, unless somebody still reads it: then the next start does.</summary>
        private async Task DropUnusedAsync(CancellationToken cancel)
        {
            await using var unused = owner.CreateCommand(
                """
                select format('drop table tables.%I', c.relname)
                  from pg_class c
                 where c.relnamespace = 'tables'::regnamespace and c.relkind = 'r' and c.relname not in ('registry', 'edition', 'rebuilds')
                   and c.relname not in (select physical from tables.registry union all select physical from tables.rebuilds)
                union all
                select format('drop function %s', p.oid::regprocedure)
                  from pg_proc p
                 where p.pronamespace = 'tables'::regnamespace and p.proname like 'write\_%'
                   and regexp_replace(p.proname, '_usual$', '') not in (select 'write_' || name || '_v' || version from tables.registry)
                """);
            var drops = new List<string>();
            await using (var reader = await unused.ExecuteReaderAsync(cancel))
            {
                while (await reader.ReadAsync(cancel))
                    drops.Add(reader.GetString(0));
            }

            foreach (var drop in drops)
            {
                try
                {
                    await using var connection = await owner.OpenConnectionAsync(cancel);
                    await using var transaction = await connection.BeginTransactionAsync(cancel);
                    await ExecuteAsync(connection, "set local lock_timeout = '1s'", cancel);
                    await ExecuteAsync(connection, drop, cancel);
                    await transaction.CommitAsync(cancel);
                }
                catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
                {
                    // Somebody reads it.
                }
            }
        }

        private void Report(BuiltTable table, TableStep step, long facts)
        {
            var sum = _facts[table.Name] = _facts.GetValueOrDefault(table.Name) + facts;
            report(new TableProgress(table.Name, step, sum));
        }

        private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancel)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(cancel);
        }
    }

    private sealed class BuiltTable(TableSql sql, string physical, string snapshot)
    {
        public TableSql Sql => sql;

        public string Physical => physical;

        public string Name => sql.Table.Name;

        public int Version => sql.Table.Version;

        /// <summary>All that it shows is folded, but for the streams in <see cref="Moved"/>.</summary>
        public string Snapshot { get; set; } = snapshot;

        public HashSet<(string Tenant, string Stream)> Moved { get; } = [];
    }

    private sealed record Begun(string Physical, string Snapshot, string ToTenant, string ToStream, bool IsFilled);

    private sealed record FoldedStream(string Tenant, StreamKey Stream, IReadOnlyList<KnownStretch> Segments);

    /// <param name="End">Of the range that these are the last of; null when more follow.</param>
    private sealed record Folded(List<FoldedStream> Streams, RangeEnd? End);

    /// <param name="Tenant">With <paramref name="Stream"/>, the last stream of the range.</param>
    /// <param name="Facts">How many were folded.</param>
    private sealed record RangeEnd(string Tenant, string Stream, int Facts, bool IsLast);
}
