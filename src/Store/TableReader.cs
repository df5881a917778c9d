using System.Collections.Concurrent;
using Npgsql;
using NpgsqlTypes;

namespace HousingBank.Store;

/// <summary>A row as a question found it.</summary>
/// <param name="Versions">Of the facts of the stream that made the row.</param>
public sealed record Segment<TRow>(
    string Tenant, StreamKey Stream, string Key, DateOnly ValidFrom, DateOnly ValidTo, DateTimeOffset KnownFrom, IReadOnlyList<int> Versions, TRow Row);

/// <summary>What a row says, without where it comes from.</summary>
public readonly record struct PlainRow<TRow>(string Tenant, DateTimeOffset KnownFrom, TRow Row);

/// <summary>A table is being built for the first time: it cannot be asked yet.</summary>
public sealed class TableNotReadyException(string table) : Exception($"Table {table} is being built.")
{
    public string Table => table;
}

/// <summary>Asks two-clock tables for any day and any moment of knowledge.</summary>
/// <param name="source">Connections as the application.</param>
public sealed class TableReader(NpgsqlDataSource source, TwoClockTables tables)
{
    private static readonly HashSet<string> s_statesOfSwappedTables =
        [PostgresErrorCodes.UndefinedTable, PostgresErrorCodes.UndefinedColumn, PostgresErrorCodes.FeatureNotSupported];

    private TablesInUse? _inUse;

    /// <summary>Questions to be asked together: one round trip, one snapshot.</summary>
    public TableQuestions Questions(Scope scope) => new(this, scope);

    /// <summary>The rows on a day, by what was known at a moment; by key.</summary>
    public async Task<IReadOnlyList<Segment<TRow>>> AskAsync<TRow>(Scope scope, PointInHistory point, RowFilter<TRow>? filter, CancellationToken cancel)
        where TRow : notnull
    {
        var questions = Questions(scope);
        var asked = questions.At(point, filter);
        await questions.AskAsync(cancel);
        return asked.Rows;
    }

    /// <summary>The rows on all days, by what was known at a moment; by key and day.</summary>
    public async Task<IReadOnlyList<Segment<TRow>>> HistoryAsync<TRow>(Scope scope, DateTimeOffset knownAt, RowFilter<TRow>? filter, CancellationToken cancel)
        where TRow : notnull
    {
        var questions = Questions(scope);
        var asked = questions.OverTime(knownAt, filter);
        await questions.AskAsync(cancel);
        return asked.Rows;
    }

    internal async Task<LogState> AskAsync(Scope scope, IReadOnlyList<TableQuestion> questions, CancellationToken cancel)
    {
        // A swap can come between what we know of the tables and the question: then we look again. Two in a row do not come that quickly.
        for (var attempt = 1; ; attempt++)
        {
            _inUse ??= await TablesInUse.LoadAsync(source, cancel);
            try
            {
                if (await source.AskAsync(() => AskAsync(scope, questions, _inUse, cancel)) is { } state)
                    return state;
            }
            catch (PostgresException e) when (s_statesOfSwappedTables.Contains(e.SqlState) && attempt < 3)
            {
                // Answered with other tables than we thought.
            }
            catch (TableNotReadyException) when (attempt == 1)
            {
                // What we know may be from before it was built.
            }

            _inUse = null;
        }
    }

    /// <returns>How PostgreSQL would answer each question.</returns>
    internal async Task<IReadOnlyList<string>> ExplainAsync(Scope scope, IReadOnlyList<TableQuestion> questions, CancellationToken cancel)
    {
        var inUse = await TablesInUse.LoadAsync(source, cancel);
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(scope.Setting());
        foreach (var question in questions)
        {
            var command = question.Command(scope, tables, inUse);
            command.CommandText = "explain " + command.CommandText;
            batch.BatchCommands.Add(command);
        }

        await using var reader = await batch.ExecuteReaderAsync(cancel);
        var plans = new List<string>();
        while (await reader.NextResultAsync(cancel))
        {
            var lines = new List<string>();
            while (await reader.ReadAsync(cancel))
                lines.Add(reader.GetString(0));
            plans.Add(string.Join('\n', lines));
        }

        return plans;
    }

    /// <returns>Null when other tables are in use than was thought.</returns>
    private async Task<LogState?> AskAsync(Scope scope, IReadOnlyList<TableQuestion> questions, TablesInUse inUse, CancellationToken cancel)
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand("begin isolation level repeatable read read only"));
        batch.BatchCommands.Add(scope.Setting());
        batch.BatchCommands.Add(new NpgsqlBatchCommand("select n.swaps, nullif(n.settled, '-infinity'), n.last_ordinal from store.numbering n"));
        foreach (var question in questions)
            batch.BatchCommands.Add(question.Command(scope, tables, inUse));
        batch.BatchCommands.Add(new NpgsqlBatchCommand("commit"));

        await using var reader = await batch.ExecuteReaderAsync(cancel);
        await reader.NextResultAsync(cancel);
        await reader.ReadAsync(cancel);
        if (reader.GetInt64(0) != inUse.Swaps)
            return null;
        var state = new LogState(reader.GetInt64(2), reader.IsDBNull(1) ? null : reader.GetFieldValue<DateTimeOffset>(1));
        foreach (var question in questions)
        {
            await reader.NextResultAsync(cancel);
            await question.ReadAsync(reader, inUse, cancel);
        }

        return state;
    }
}

/// <summary>Several questions that are asked together: name them, ask, then read each one's rows.</summary>
public sealed class TableQuestions
{
    private readonly TableReader _reader;
    private readonly Scope _scope;
    private readonly List<TableQuestion> _questions = [];

    internal TableQuestions(TableReader reader, Scope scope) => (_reader, _scope) = (reader, scope);

    /// <summary>The rows on a day, by what was known at a moment; by key.</summary>
    /// <param name="see">What the asker sees of a row, judged when all questions have been answered: null for a row that is not there for the asker.</param>
    public Asked<TRow> At<TRow>(PointInHistory point, RowFilter<TRow>? filter = null, Func<Segment<TRow>, Segment<TRow>?>? see = null)
        where TRow : notnull => Add(new Asked<TRow>(point.AsOf, point.KnownAt, filter ?? new RowFilter<TRow>(), see));

    /// <summary>The rows on all days, by what was known at a moment; by key and day.</summary>
    /// <inheritdoc cref="At" path="/param"/>
    public Asked<TRow> OverTime<TRow>(DateTimeOffset knownAt, RowFilter<TRow>? filter = null, Func<Segment<TRow>, Segment<TRow>?>? see = null)
        where TRow : notnull => Add(new Asked<TRow>(null, knownAt, filter ?? new RowFilter<TRow>(), see));

    /// <summary>The rows on a day, by what was known at a moment, in no order; for those who do not ask why.</summary>
    public AskedPlainly<TRow> PlainAt<TRow>(PointInHistory point)
        where TRow : notnull => Add(new AskedPlainly<TRow>(point.AsOf, point.KnownAt));

    /// <summary>Something else to be asked in the same round trip and snapshot.</summary>
    /// <param name="one">One row of the answer.</param>
    public AskedBeside<T> Beside<T>(NpgsqlBatchCommand command, Func<NpgsqlDataReader, T> one)
    {
        var question = new AskedBeside<T>(command, one);
        _questions.Add(question);
        return question;
    }

    /// <exception cref="TableNotReadyException">A table is being built for the first time.</exception>
    public Task<LogState> AskAsync(CancellationToken cancel) => _reader.AskAsync(_scope, _questions, cancel);

    internal Task<IReadOnlyList<string>> ExplainAsync(CancellationToken cancel) => _reader.ExplainAsync(_scope, _questions, cancel);

    private TQuestion Add<TQuestion>(TQuestion question)
        where TQuestion : TableQuestion
    {
        _questions.Add(question);
        return question;
    }
}

/// <summary>A question that is asked together with others.</summary>
public abstract class TableQuestion
{
    private protected TableQuestion()
    {
    }

    internal abstract NpgsqlBatchCommand Command(Scope scope, TwoClockTables tables, TablesInUse inUse);

    internal abstract Task ReadAsync(NpgsqlDataReader reader, TablesInUse inUse, CancellationToken cancel);
}

/// <summary>A question to the table with rows of one type.</summary>
public abstract class RowQuestion<TRow> : TableQuestion
    where TRow : notnull
{
    private readonly DateOnly? _asOf;
    private readonly DateTimeOffset _knownAt;

    private protected RowQuestion(DateOnly? asOf, DateTimeOffset knownAt, RowFilter<TRow> filter) => (_asOf, _knownAt, Filter) = (asOf, knownAt, filter);

    private protected RowFilter<TRow> Filter { get; }

    private protected abstract ReadColumns<TRow> ColumnsOf(InUse<TRow> table);

    internal override NpgsqlBatchCommand Command(Scope scope, TwoClockTables tables, TablesInUse inUse)
    {
        var table = inUse.Of<TRow>(tables.Of(typeof(TRow)));
        if (Filter.Columns.Any(c => !table.Has(c)))
            throw new TableNotReadyException(table.Name);

        var command = new NpgsqlBatchCommand();
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = scope.Readable, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        var conditions = "r.tenant = any ($1)";
        if (_knownAt == DateTimeOffset.MaxValue)
        {
            // Written out, because the index of what is known now is found by it.
            conditions += " and r.known_to = 'infinity'";
        }
        else
        {
            command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = _knownAt.ToUniversalTime(), NpgsqlDbType = NpgsqlDbType.TimestampTz });
            conditions += Clock($"r.known_from <= ${command.Parameters.Count} and r.known_to > ${command.Parameters.Count}");
        }

        if (_asOf is { } day)
        {
            command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = day, NpgsqlDbType = NpgsqlDbType.Date });
            conditions += Clock($"r.valid_from <= ${command.Parameters.Count} and r.valid_to > ${command.Parameters.Count}");
        }

        conditions += Filter.AddTo(command.Parameters);
        command.CommandText = $"{ColumnsOf(table).Select} where {conditions}";
        return command;
    }

    /// <summary>Where the stream is named, the primary key finds its few rows and the clocks choose among them.</summary>
    /// <remarks>
    /// As conditions of that index the clocks would make PostgreSQL 18 count on a search for each value skipped, and read the whole tenant by another
    /// index instead. A condition that <c>is true</c> belongs to no index.
    /// </remarks>
    private string Clock(string condition) => Filter.NamesStreams ? $" and ({condition}) is true" : $" and {condition}";

}

/// <summary>A question to the table with rows of one type, and its answer.</summary>
public sealed class Asked<TRow> : RowQuestion<TRow>
    where TRow : notnull
{
    private readonly Func<Segment<TRow>, Segment<TRow>?>? _see;
    private List<Segment<TRow>>? _rows;
    private IReadOnlyList<Segment<TRow>>? _seen;

    internal Asked(DateOnly? asOf, DateTimeOffset knownAt, RowFilter<TRow> filter, Func<Segment<TRow>, Segment<TRow>?>? see)
        : base(asOf, knownAt, filter) => _see = see;

    /// <exception cref="InvalidOperationException">The questions have not been asked yet.</exception>
    public IReadOnlyList<Segment<TRow>> Rows => _seen ??= Seen(_rows ?? throw new InvalidOperationException("Ask the questions before reading their rows."));

    private protected override ReadColumns<TRow> ColumnsOf(InUse<TRow> table) => table.WithOwn(Filter);

    private List<Segment<TRow>> Seen(List<Segment<TRow>> rows) => _see is null ? rows : [.. rows.Select(_see).OfType<Segment<TRow>>()];

    internal override async Task ReadAsync(NpgsqlDataReader reader, TablesInUse inUse, CancellationToken cancel)
    {
        var read = ColumnsOf(inUse.Of<TRow>()).Read.Value;
        var rows = new List<Segment<TRow>>();
        while (await reader.ReadAsync(cancel))
        {
            rows.Add(new Segment<TRow>(
                reader.GetString(0),
                new StreamKey(reader.GetString(1)),
                reader.GetString(2),
                reader.GetFieldValue<DateOnly>(3),
                reader.GetFieldValue<DateOnly>(4),
                reader.GetFieldValue<DateTimeOffset>(5),
                reader.GetFieldValue<int[]>(6),
                read(reader)));
        }

        rows.Sort(static (a, b) =>
        {
            var keys = string.CompareOrdinal(a.Key, b.Key);
            return keys != 0 ? keys : a.ValidFrom.CompareTo(b.ValidFrom);
        });
        (_rows, _seen) = (rows, null);
    }
}

/// <summary>A question to the table with rows of one type for what they say, and its answer.</summary>
public sealed class AskedPlainly<TRow> : RowQuestion<TRow>
    where TRow : notnull
{
    private List<PlainRow<TRow>>? _rows;

    internal AskedPlainly(DateOnly asOf, DateTimeOffset knownAt)
        : base(asOf, knownAt, new RowFilter<TRow>())
    {
    }

    /// <exception cref="InvalidOperationException">The questions have not been asked yet.</exception>
    public IReadOnlyList<PlainRow<TRow>> Rows => _rows ?? throw new InvalidOperationException("Ask the questions before reading their rows.");

    private protected override ReadColumns<TRow> ColumnsOf(InUse<TRow> table) => table.Plain;

    internal override async Task ReadAsync(NpgsqlDataReader reader, TablesInUse inUse, CancellationToken cancel)
    {
        var read = ColumnsOf(inUse.Of<TRow>()).Read.Value;
        var rows = new List<PlainRow<TRow>>();
        while (await reader.ReadAsync(cancel))
            rows.Add(new PlainRow<TRow>(reader.GetString(0), reader.GetFieldValue<DateTimeOffset>(1), read(reader)));
        _rows = rows;
    }
}

/// <summary>A question to something else than a two-clock table, and its answer.</summary>
public sealed class AskedBeside<T> : TableQuestion
{
    private readonly NpgsqlBatchCommand _command;
    private readonly Func<NpgsqlDataReader, T> _one;
    private List<T>? _rows;

    internal AskedBeside(NpgsqlBatchCommand command, Func<NpgsqlDataReader, T> one) => (_command, _one) = (command, one);

    /// <exception cref="InvalidOperationException">The questions have not been asked yet.</exception>
    public IReadOnlyList<T> Rows => _rows ?? throw new InvalidOperationException("Ask the questions before reading their rows.");

    // Asked anew when the tables turned out to be others: a command belongs to one batch.
    internal override NpgsqlBatchCommand Command(Scope scope, TwoClockTables tables, TablesInUse inUse)
    {
        var command = new NpgsqlBatchCommand(_command.CommandText);
        foreach (NpgsqlParameter parameter in _command.Parameters)
            command.Parameters.Add(parameter.Clone());
        return command;
    }

    internal override async Task ReadAsync(NpgsqlDataReader reader, TablesInUse inUse, CancellationToken cancel)
    {
        var rows = new List<T>();
        while (await reader.ReadAsync(cancel))
            rows.Add(_one(reader));
        _rows = rows;
    }
}

/// <summary>The tables in use, as the database's registry has them: perhaps older or newer than this program's.</summary>
internal sealed class TablesInUse
{
    private readonly Dictionary<string, (string Physical, HashSet<string> Columns)> _tables = [];
    private readonly ConcurrentDictionary<Type, object> _readers = new();

    private TablesInUse(long swaps) => Swaps = swaps;

    /// <summary>Of <c>tables.edition</c>, when this was read.</summary>
    public long Swaps { get; }

    public static async Task<TablesInUse> LoadAsync(NpgsqlDataSource source, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("select e.swaps, r.name, r.physical, r.columns from tables.edition e left join tables.registry r on true");
        await using var reader = await command.ExecuteReaderAsync(cancel);
        TablesInUse? found = null;
        while (await reader.ReadAsync(cancel))
        {
            found ??= new TablesInUse(reader.GetInt64(0));
            if (!reader.IsDBNull(1))
                found._tables.Add(reader.GetString(1), (reader.GetString(2), [.. reader.GetFieldValue<string[]>(3)]));
        }

        return found ?? throw new InvalidOperationException("The database holds no edition of the two-clock tables: its schema was not migrated.");
    }

    public InUse<TRow> Of<TRow>(TableSql table)
        where TRow : notnull => (InUse<TRow>)_readers.GetOrAdd(typeof(TRow), _ => Make<TRow>(table));

    public InUse<TRow> Of<TRow>()
        where TRow : notnull => (InUse<TRow>)_readers[typeof(TRow)];

    private InUse<TRow> Make<TRow>(TableSql table)
        where TRow : notnull
    {
        if (!_tables.TryGetValue(table.Table.Name, out var found))
            throw new TableNotReadyException(table.Table.Name);

        return new InUse<TRow>(table, found.Physical, found.Columns);
    }
}

/// <summary>A table as it is in use.</summary>
internal sealed class InUse<TRow>(TableSql table, string physical, HashSet<string> columns)
    where TRow : notnull
{
    private static readonly string[] s_own = ["tenant", "stream", "key", "valid_from", "valid_to", "known_from", "versions"];

    private readonly ConcurrentDictionary<string, ReadColumns<TRow>> _withOwn = new();

    public string Name => table.Table.Name;

    public ReadColumns<TRow> Plain => field ??= Columns(["tenant", "known_from"], Has);

    public ReadColumns<TRow> WithOwn(RowFilter<TRow> filter) =>
        _withOwn.GetOrAdd(filter.LeftOut, _ => Columns(s_own, column => Has(column) && !filter.LeavesOut(column)));

    public bool Has(RowColumn column) => columns.Contains(column.NameAndType);

    private ReadColumns<TRow> Columns(string[] own, Func<RowColumn, bool> reads) => new(
        $"select {string.Join(", ", own.Concat(table.Shape.Columns.Where(reads).Select(c => c.QuotedName)).Select(n => "r." + n))} from tables.{physical} r",
        new(() => table.Shape.Reader<TRow>(own.Length, reads)));
}

/// <param name="Select">Columns of every two-clock table, then those that table and row have in common.</param>
/// <param name="Read">The row, from what <paramref name="Select"/> gives; with defaults for what it does not give.</param>
internal sealed record ReadColumns<TRow>(string Select, Lazy<Func<NpgsqlDataReader, TRow>> Read);
