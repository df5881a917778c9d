using Npgsql;
using NpgsqlTypes;

namespace HousingBank.Store;

/// <summary>One version of a two-clock table as SQL, made from the type of its rows.</summary>
internal sealed class TableSql(TwoClockTable table)
{
    private const int UsualSegments = 2;

    // Segments are written only by the transaction that has written the stream, and at its moment.
    private const string MomentOfTheFacts = """
        select s.recorded_at into moment from store.streams s
           where s.tenant = own_tenant and s.stream = $1 and s.xmin = pg_current_xact_id()::xid;
          if not found then
            raise exception 'segments of % are written with its facts', $1 using errcode = 'insufficient_privilege';
          end if;
        """;

    private readonly IReadOnlyList<RowColumn> _columns = RowShape.Of(table.RowType).Columns;

    private readonly string _writeUsual =
        $"select tables.write_{table.Name}_v{table.Version}_usual({Sql.Places(1, 3 + UsualSegments * (4 + RowShape.Of(table.RowType).Columns.Count))})";

    private readonly string _differs =
        $"raise exception 'table {table.Name} does not hold what the facts of % say: rebuild it', $1 using errcode = 'data_corrupted';";

    public TwoClockTable Table => table;

    public RowShape Shape { get; } = RowShape.Of(table.RowType);

    /// <summary>All that its table has, as <see cref="Create"/> makes them.</summary>
    public IReadOnlyList<string> Columns =>
    [
        "tenant text", "stream text", "key text", "valid_from date", "valid_to date", "known_from timestamptz", "known_to timestamptz", "versions integer[]",
        .. _columns.Select(c => c.NameAndType),
    ];

    /// <summary>"phase_v1": the name of its table in the schema <c>tables</c>, where that is not taken by an earlier build of the same version.</summary>
    public string VersionedName { get; } = $"{table.Name}_v{table.Version}";

    /// <summary>The function that writes what a decision usually changes.</summary>
    public string UsualWriter => $"write_{VersionedName}_usual";

    /// <summary>The table, empty and not yet under row-level security: rows are copied into it while nobody else can see it.</summary>
    /// <remarks>
    /// The primary key finds a stream, a key in it and its past; a key need only be a row's own within its stream. The first index finds what is known now
    /// and valid on a day, and holds nothing else. The second holds both clocks, so that a question about the past is settled within the index: a third of the time of
    /// reading the tenant's rows, and nearly that of the question about now.
    /// </remarks>
    public string Create(string physical) => $"""
        create table tables.{physical} (
          tenant     text        not null,
          stream     text        not null,
          key        text        not null,
          valid_from date        not null,
          valid_to   date        not null,  -- the first day after it; infinity while it is open
          known_from timestamptz not null,
          known_to   timestamptz not null,  -- the moment from which it is no longer known; infinity while it is
          versions   integer[]   not null,  -- of the facts that made the row
          {string.Concat(_columns.Select(c => c.Definition + ", "))}
          primary key (tenant, stream, key, valid_from, known_from)
        );
        create index on tables.{physical} (tenant, valid_to, valid_from) where known_to = 'infinity';
        create index on tables.{physical} (tenant, valid_to, valid_from, known_from, known_to);
        {CountSkipsAsFree(physical)}
        grant select, insert, delete on tables.{physical} to programme_rebuild;
        """;

    /// <remarks>
    /// PostgreSQL 18 counts on a search of the index for each value of a clock, which it never comes to, and would read all rows of the tenant by the
    /// primary key instead: ten times the time where keys have a long history. How many values there are decides nothing else here.
    /// </remarks>
    private static string CountSkipsAsFree(string physical) => $"""
        alter table tables.{physical} alter valid_from set (n_distinct = 1), alter valid_to set (n_distinct = 1),
          alter known_from set (n_distinct = 1), alter known_to set (n_distinct = 1);
        """;

    /// <summary>The way in for the application: ends and begins segments of a stream of its own tenant, in the transaction that records the facts and at their moment.</summary>
    /// <remarks>
    /// What is usual, at most one segment ended and one or two begun, has a function with single values; unnesting an array for each column
    /// takes longer than adding the rows.
    /// </remarks>
    public string Writers(string physical) => $"""
        create or replace function tables.write_{VersionedName}(
          text, text[], date[], text[], date[], date[], text[]{string.Concat(_columns.Select(c => $", {c.Type}[]"))}) returns void
        language plpgsql
        security definer
        set search_path = pg_catalog, pg_temp
        set enable_seqscan = off
        as $$
        declare
          own_tenant constant text := current_setting('store.tenant');
          moment timestamptz;
          found_there integer;
        begin
          {MomentOfTheFacts}
          update tables.{physical} t set known_to = moment
            from unnest($2, $3) as e (key, valid_from)
           where t.tenant = own_tenant and t.stream = $1 and t.key = e.key and t.valid_from = e.valid_from and t.known_to = 'infinity';
          get diagnostics found_there = row_count;
          if found_there <> cardinality($2) then
            {_differs}
          end if;
          insert into {WithColumns(physical)}
          select own_tenant, $1, b.key, b.valid_from, b.valid_to, moment, 'infinity', b.versions::integer[]{ColumnList("b.")}
            from unnest($4, $5, $6, $7{string.Concat(_columns.Select((_, i) => $", ${i + 8}"))}) as b (key, valid_from, valid_to, versions{ColumnList("")});
        end
        $$;
        create or replace function tables.{UsualWriter}(
          text, text, date{string.Concat(Enumerable.Repeat($", text, date, date, integer[]{string.Concat(_columns.Select(c => $", {c.Type}"))}", UsualSegments))}) returns void
        language plpgsql
        security definer
        set search_path = pg_catalog, pg_temp
        set enable_seqscan = off
        as $${UsualWriterBody(physical)}$$;
        grant execute on function tables.write_{VersionedName}, tables.{UsualWriter} to programme_app;
        """;

    /// <summary>What the usual writer does. One statement for all of it takes a sixth more instructions of the server than three.</summary>
    public string UsualWriterBody(string physical) => $"""

        declare
          own_tenant constant text := current_setting('store.tenant');
          moment timestamptz;
        begin
          {MomentOfTheFacts}
          if $2 is not null then
            update tables.{physical} t set known_to = moment
             where t.tenant = own_tenant and t.stream = $1 and t.key = $2 and t.valid_from = $3 and t.known_to = 'infinity';
            if not found then
              {_differs}
            end if;
          end if;
          if ${FirstParameter(1)} is null then
            insert into {WithColumns(physical)}
            values (own_tenant, $1, {KeyAndDays(0)}, moment, 'infinity', {VersionsAndRow(0)});
          else
            insert into {WithColumns(physical)}
            select own_tenant, $1, b.key, b.valid_from, b.valid_to, moment, 'infinity', b.versions{ColumnList("b.")}
              from (values {string.Join(", ", Enumerable.Range(0, UsualSegments).Select(i => $"({KeyAndDays(i)}, {VersionsAndRow(i)})"))}) as b (key, valid_from, valid_to, versions{ColumnList("")});
          end if;
        end

        """;

    /// <summary>Puts the filled table into use: row-level security, privileges, and the view that people read.</summary>
    public string Publish(string physical) => $"""
        revoke insert, delete on tables.{physical} from programme_rebuild;
        select store.protect('tables.{physical}');
        grant select on tables.{physical} to programme_app, programme_reader;
        grant insert on tables.{physical} to programme_import;
        {Writers(physical)}
        drop view if exists read.{table.Name};
        create view read.{table.Name} with (security_invoker = true) as select * from tables.{physical};
        grant select on read.{table.Name} to programme_app, programme_reader;
        """;

    public string CopyIn(string physical) => $"copy {WithColumns(physical)} from stdin (format binary)";

    public NpgsqlBatchCommand Write(StreamKey stream, SegmentChanges changes) =>
        changes is { Ended.Count: <= 1, Begun.Count: >= 1 and <= UsualSegments } ? WriteUsual(stream, changes) : WriteAny(stream, changes);

    private NpgsqlBatchCommand WriteUsual(StreamKey stream, SegmentChanges changes)
    {
        var command = new NpgsqlBatchCommand(_writeUsual);
        var parameters = command.Parameters;
        var ended = changes.Ended.Count == 0 ? null : changes.Ended[0];
        parameters.Add(Sql.Text(stream.Name));
        parameters.Add(Sql.Text(ended?.Key));
        parameters.Add(Sql.DayOrNull(ended?.ValidFrom));
        for (var i = 0; i < UsualSegments; i++)
        {
            var begun = i < changes.Begun.Count ? changes.Begun[i] : null;
            parameters.Add(Sql.Text(begun?.Key));
            parameters.Add(Sql.DayOrNull(begun?.ValidFrom));
            parameters.Add(Sql.DayOrNull(begun?.ValidTo));
            parameters.Add(Sql.Integers(begun?.Versions ?? []));
            foreach (var column in _columns)
                parameters.Add(column.ValueOf(begun?.Row));
        }

        return command;
    }

    private NpgsqlBatchCommand WriteAny(StreamKey stream, SegmentChanges changes)
    {
        var command = new NpgsqlBatchCommand($"select tables.write_{VersionedName}({Sql.Places(1, _columns.Count + 7)})")
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = stream.Name, NpgsqlDbType = NpgsqlDbType.Text },
                Texts(changes.Ended.Select(s => s.Key)),
                Days(changes.Ended.Select(s => s.ValidFrom)),
                Texts(changes.Begun.Select(s => s.Key)),
                Days(changes.Begun.Select(s => s.ValidFrom)),
                Days(changes.Begun.Select(s => s.ValidTo)),
                Texts(changes.Begun.Select(s => $"{{{string.Join(',', s.Versions)}}}")),
            },
        };
        foreach (var column in _columns)
            command.Parameters.Add(column.ArrayOf(changes.Begun));
        return command;
    }

    /// <summary>Adds all that the table ever held of whole streams, once it is said by <see cref="CarryInto"/> where to; null when it holds nothing of them.</summary>
    public NpgsqlBatchCommand? Carry(string tenant, IReadOnlyList<IReadOnlyList<StoredFact>> streams)
    {
        var segments = streams.Where(s => table.Takes(s[0].Stream.Kind)).SelectMany(s => Segments.History(table, s).Select(k => (Stream: s[0].Stream.Name, Known: k))).ToArray();
        if (segments.Length == 0)
            return null;

        var stretches = segments.Select(s => s.Known.Stretch).ToArray();
        var command = new NpgsqlBatchCommand
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = tenant, NpgsqlDbType = NpgsqlDbType.Text },
                Texts(segments.Select(s => s.Stream)),
                Texts(stretches.Select(s => s.Key)),
                Days(stretches.Select(s => s.ValidFrom)),
                Days(stretches.Select(s => s.ValidTo)),
                Sql.Moments(segments.Select(s => s.Known.KnownFrom)),
                Sql.Moments(segments.Select(s => s.Known.KnownTo)),
                Texts(stretches.Select(s => $"{{{string.Join(',', s.Versions)}}}")),
            },
        };
        foreach (var column in _columns)
            command.Parameters.Add(column.ArrayOf(stretches));
        return command;
    }

    public string CarryInto(string physical) => $"""
        insert into {WithColumns(physical)}
        select $1, s.stream, s.key, s.valid_from, s.valid_to, s.known_from, s.known_to, s.versions::integer[]{ColumnList("s.")}
          from unnest({Sql.Places(2, _columns.Count + 7)})
            as s (stream, key, valid_from, valid_to, known_from, known_to, versions{ColumnList("")})
        """;

    public void WriteRow(NpgsqlBinaryImporter importer, string tenant, StreamKey stream, KnownStretch segment)
    {
        importer.StartRow();
        importer.Write(tenant, NpgsqlDbType.Text);
        importer.Write(stream.Name, NpgsqlDbType.Text);
        importer.Write(segment.Stretch.Key, NpgsqlDbType.Text);
        importer.Write(segment.Stretch.ValidFrom, NpgsqlDbType.Date);
        importer.Write(segment.Stretch.ValidTo, NpgsqlDbType.Date);
        importer.Write(segment.KnownFrom, NpgsqlDbType.TimestampTz);
        importer.Write(segment.KnownTo, NpgsqlDbType.TimestampTz);
        importer.Write(segment.Stretch.Versions as int[] ?? [.. segment.Stretch.Versions], NpgsqlDbType.Array | NpgsqlDbType.Integer);
        foreach (var column in _columns)
            column.Write(importer, segment.Stretch.Row);
    }

    /// <summary>Of a begun segment of the usual writer: its key, which is followed by what else it has.</summary>
    private int FirstParameter(int segment) => 4 + segment * (4 + _columns.Count);

    private string KeyAndDays(int segment) => Sql.Places(FirstParameter(segment), 3);

    private string VersionsAndRow(int segment) => Sql.Places(FirstParameter(segment) + 3, 1 + _columns.Count);

    /// <summary>Where rows are put: a table and all that it has.</summary>
    private string WithColumns(string physical) => $"tables.{physical} (tenant, stream, key, valid_from, valid_to, known_from, known_to, versions{ColumnList("")})";

    private string ColumnList(string prefix) => string.Concat(_columns.Select(c => $", {prefix}{c.QuotedName}"));

    private static NpgsqlParameter<string[]> Texts(IEnumerable<string> values) =>
        new() { TypedValue = [.. values], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };

    private static NpgsqlParameter<DateOnly[]> Days(IEnumerable<DateOnly> values) =>
        new() { TypedValue = [.. values], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Date };
}
