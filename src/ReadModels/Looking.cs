using HousingBank.ReadModels.Seeing;
using HousingBank.Store;

namespace HousingBank.ReadModels;

/// <summary>Asks the two-clock tables for a screen.</summary>
public sealed class Looking(TableReader tables, StreamsNow streams, TimeProvider clock)
{
    public Look Begin(Scope scope, Question question) => new(tables.Questions(scope), streams, clock, scope, question);
}

/// <summary>One round trip: several questions at the same point in history, and the answer's place there.</summary>
public sealed class Look
{
    private readonly TableQuestions _questions;
    private readonly StreamsNow _streams;
    private readonly TimeProvider _clock;
    private readonly Scope _scope;
    private readonly Question _question;
    private readonly List<Func<DateTimeOffset?>> _lastKnown = [];
    private readonly Dictionary<(Type Row, bool IsOverTime), object> _whole = [];
    private readonly Lazy<Sight> _sight;
    private LogState? _log;

    internal Look(TableQuestions questions, StreamsNow streams, TimeProvider clock, Scope scope, Question question)
    {
        (_questions, _streams, _clock, _scope, _question) = (questions, streams, clock, scope, question);
        var facts = question.Member is { } member ? new MemberFacts(questions, scope, member) : null;
        _sight = new(() => new Sight(question, facts));
    }

    public DateOnly AsOf => _question.AsOf;

    /// <summary>What the asker sees; to be read when the questions have been asked. Rows are seen through it by themselves.</summary>
    public Sight Sight => _sight.Value;

    /// <summary>Rows on the day asked about.</summary>
    public Asked<TRow> At<TRow>(RowFilter<TRow>? filter = null)
        where TRow : notnull => Once(filter, isOverTime: false, () => _questions.At<TRow>(new PointInHistory(_question.AsOf, KnownAt), filter, See));

    /// <summary>Rows of these streams on the day asked about; all when the streams are not known.</summary>
    public Asked<TRow> At<TRow>(IReadOnlyList<StreamKey>? streams)
        where TRow : notnull => At(streams is null ? null : new RowFilter<TRow>().OfStream(streams));

    /// <summary>What rows say on the day asked about, of tables in which nothing is kept back from anybody.</summary>
    internal AskedPlainly<TRow> PlainAt<TRow>()
        where TRow : notnull
    {
        var asked = _questions.PlainAt<TRow>(new PointInHistory(_question.AsOf, KnownAt));
        _lastKnown.Add(() => asked.Rows.Max(r => (DateTimeOffset?)r.KnownFrom));
        return asked;
    }

    /// <summary>Rows on all days, the day asked about or not.</summary>
    public Asked<TRow> OverTime<TRow>(RowFilter<TRow>? filter = null)
        where TRow : notnull => Once(filter, isOverTime: true, () => _questions.OverTime<TRow>(KnownAt, filter, See));

    /// <summary>What streams are about, for judging whether their facts may be seen.</summary>
    internal Cases CasesOf(IReadOnlyList<StreamKey> streams) => new(_questions, _scope, streams);

    public async Task AskAsync(CancellationToken cancel) => _log = await _questions.AskAsync(cancel);

    /// <summary>Versions of streams now, and how many of their facts were recorded late by the point asked about.</summary>
    public async Task<StreamFigures> FiguresAsync(IEnumerable<StreamKey> streams, CancellationToken cancel) =>
        (await _streams.AskAsync(_scope, [.. streams.Distinct()], new PointInHistory(_question.AsOf, KnownAt), cancel)).SeenThrough(Sight);

    /// <summary>How many of each stream's facts were recorded late by the point asked about, without versions; to be read when the questions have been asked.</summary>
    public Lazy<StreamFigures> RecordedLate()
    {
        var late = StreamsNow.RecordedLateBeside(_questions, _scope, new PointInHistory(_question.AsOf, KnownAt));
        return new(() => late.Value.SeenThrough(Sight));
    }

    public Answer<T> Answer<T>(T value)
    {
        var log = _log ?? throw new InvalidOperationException("Ask before answering.");
        // Ordinals count every event, also those that are not there for a council member.
        return new(value, _question.AsOf, _question.KnownAt ?? Now(), _question.Member is null ? log.Ordinal : 0, log.SettledAt);
    }

    private Segment<TRow>? See<TRow>(Segment<TRow> segment)
        where TRow : notnull => Sight.Of(segment);

    // All that is known now is asked for without a moment; the moment named is one at which the same is known.
    private DateTimeOffset KnownAt => _question.KnownAt ?? DateTimeOffset.MaxValue;

    private DateTimeOffset Now() => _lastKnown.Select(last => last()).Append(_clock.GetUtcNow()).Max()!.Value;

    /// <summary>A whole table is read once, however many parts of a screen ask for it.</summary>
    private Asked<TRow> Once<TRow>(RowFilter<TRow>? filter, bool isOverTime, Func<Asked<TRow>> ask)
        where TRow : notnull
    {
        if (filter is null && _whole.TryGetValue((typeof(TRow), isOverTime), out var before))
            return (Asked<TRow>)before;
        var asked = ask();
        _lastKnown.Add(() => asked.Rows.Max(r => (DateTimeOffset?)r.KnownFrom));
        if (filter is null)
            _whole.Add((typeof(TRow), isOverTime), asked);
        return asked;
    }
}
