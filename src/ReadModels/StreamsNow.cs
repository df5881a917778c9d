using HousingBank.Store;
using Npgsql;
using NpgsqlTypes;

namespace HousingBank.ReadModels;

/// <summary>What the log itself knows about streams: their versions, and how many facts were recorded late.</summary>
/// <param name="source">Connections as the application.</param>
public sealed class StreamsNow(NpgsqlDataSource source)
{
    // Stream by stream: for lists of tenants and of streams PostgreSQL counts on searching an index for each pair, and would rather read all that the tenant has.
    private const string Versions = """
        select f.tenant, f.stream, f.version
          from unnest($2) s (name)
         cross join lateral (select * from store.streams f where (f.tenant = any ($1)) is true and f.stream = s.name offset 0) f
        """;

    // More than 14 days after the last day it can have taken effect, by the calendar in Norway. What an import tells of the past was not
    // entered late by anybody here, and a source's own moment is not known: it is left out (domain.md, "Two clocks").
    // The conditions are word for word those of the index store.events_recorded_late, which answers by itself.
    private const string RecordedLateOfAll = """
        select e.stream, count(*)::integer
          from store.events e
         where (e.tenant = any ($1)) is true
           and e.recorded_at <= $2 and e.effective_on <= $3
           and e.basis_kind <> 'source'
           and (e.recorded_at at time zone 'Europe/Oslo')::date > e.effective_last + 14
        """;

    private const string ByStream = " group by e.stream";
    private const string RecordedLate = $"select l.* from unnest($4) s (name) cross join lateral ({RecordedLateOfAll} and e.stream = s.name{ByStream}) l";

    /// <param name="point">Late entries are counted as they were known there; versions are always those of now.</param>
    public Task<StreamFigures> AskAsync(Scope scope, IReadOnlyList<StreamKey> streams, PointInHistory point, CancellationToken cancel) =>
        source.AskAsync(() => AskOnceAsync(scope, streams, point, cancel));

    /// <summary>Late entries of all streams the scope reads, asked together with its tables; without versions.</summary>
    public static Lazy<StreamFigures> RecordedLateBeside(TableQuestions questions, Scope scope, PointInHistory point)
    {
        var late = questions.Beside(
            new NpgsqlBatchCommand(RecordedLateOfAll + ByStream) { Parameters = { Texts(scope.Readable), Moment(point), Day(point) } },
            row => (Stream: row.GetString(0), Count: row.GetInt32(1)));
        return new(() => new StreamFigures(StreamFigures.NoFigures, late.Rows.ToDictionary(l => l.Stream, l => l.Count)));
    }

    private async Task<StreamFigures> AskOnceAsync(Scope scope, IReadOnlyList<StreamKey> streams, PointInHistory point, CancellationToken cancel)
    {
        if (streams.Count == 0)
            return StreamFigures.None;
        var names = Texts([.. streams.Select(s => s.Name)]);
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(scope.Setting());
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Versions) { Parameters = { Texts(scope.Readable), names } });
        batch.BatchCommands.Add(Late(scope, names.Clone(), point));

        await using var reader = await batch.ExecuteReaderAsync(cancel);
        await reader.NextResultAsync(cancel);
        var versions = new Dictionary<string, int>();
        while (await reader.ReadAsync(cancel))
        {
            // A stream of the scope's own tenant hides one of the same name elsewhere.
            if (reader.GetString(0) == scope.Tenant || !versions.ContainsKey(reader.GetString(1)))
                versions[reader.GetString(1)] = reader.GetInt32(2);
        }

        return new StreamFigures(versions, await ReadLateAsync(reader, cancel));
    }

    private static NpgsqlBatchCommand Late(Scope scope, NpgsqlParameter names, PointInHistory point) => new(RecordedLate)
    {
        Parameters = { Texts(scope.Readable), Moment(point), Day(point), names },
    };

    private static async Task<Dictionary<string, int>> ReadLateAsync(NpgsqlDataReader reader, CancellationToken cancel)
    {
        await reader.NextResultAsync(cancel);
        var late = new Dictionary<string, int>();
        while (await reader.ReadAsync(cancel))
            late[reader.GetString(0)] = reader.GetInt32(1);
        return late;
    }

    private static NpgsqlParameter Moment(PointInHistory point) => new() { Value = point.KnownAt, NpgsqlDbType = NpgsqlDbType.TimestampTz };

    private static NpgsqlParameter Day(PointInHistory point) => new() { Value = point.AsOf, NpgsqlDbType = NpgsqlDbType.Date };

    private static NpgsqlParameter Texts(string[] values) => new() { Value = values, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
}

/// <summary>Versions and late entries by stream.</summary>
public sealed class StreamFigures(IReadOnlyDictionary<string, int> versions, IReadOnlyDictionary<string, int> recordedLate)
{
    internal static readonly IReadOnlyDictionary<string, int> NoFigures = new Dictionary<string, int>();

    public static StreamFigures None { get; } = new(NoFigures, NoFigures);

    /// <summary>The last version, now: what a form must say to change the stream. 0 when there is none.</summary>
    public int Version(StreamKey stream) => versions.GetValueOrDefault(stream.Name);

    /// <summary>Without the streams that are not there for the asker, and without the facts that are not there in others.</summary>
    internal StreamFigures SeenThrough(Sight sight) => sight.IsWhole
        ? this
        : new(
            versions.Where(v => !sight.Closes(new(v.Key))).ToDictionary(v => v.Key, v => sight.Version(new(v.Key), v.Value)),
            recordedLate.Where(l => !sight.Closes(new(l.Key))).ToDictionary());

    /// <summary>Facts recorded more than 14 days after they took effect, by the point asked about.</summary>
    public int RecordedLate(StreamKey stream) => recordedLate.GetValueOrDefault(stream.Name);
}
