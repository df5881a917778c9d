namespace HousingBank.Domain.Vocabulary;

/// <summary>What the rules look at: each stream folded in recorded order, without the facts that were replaced or struck.</summary>
public sealed class Histories
{
    private readonly IReadOnlyDictionary<StreamId, StreamHistory> _streams;

    public Histories(IEnumerable<StreamHistory> streams) => _streams = streams.ToDictionary(s => s.Stream);

    /// <summary>The state of a stream; the aggregate's initial state when nothing is recorded in it.</summary>
    public TState State<TState>(StreamId stream) => (TState)Of(stream).State();

    /// <summary>The version of the last recorded fact; 0 when there is none.</summary>
    public int LastVersion(StreamId stream) => Of(stream).LastVersion;

    public bool Exists(StreamId stream) => LastVersion(stream) > 0;

    /// <summary>True when the fact at this version has neither been replaced nor struck.</summary>
    public bool Stands(StreamId stream, int version) => Of(stream).Standing.Any(f => f.IsNamedBy(version));

    /// <summary>The same histories, one stream as it was before the place where the fact of this version stands.</summary>
    public Histories Before(StreamId stream, int version)
    {
        var place = Of(stream).Standing.First(f => f.IsNamedBy(version)).Version;
        return new(_streams.Values.Select(s => s.Stream == stream ? s with { Standing = [.. s.Standing.Where(f => f.Version < place)] } : s));
    }

    private StreamHistory Of(StreamId stream) => _streams.TryGetValue(stream, out var history)
        ? history
        : throw new InvalidOperationException($"The command looks at {stream} without naming it in Streams().");
}

/// <summary>One stream as the rules see it.</summary>
/// <param name="Stream">Which stream.</param>
/// <param name="LastVersion">The version of the last recorded fact, replaced ones included; 0 when there is none.</param>
/// <param name="Standing">The facts that stand, in recorded order.</param>
public sealed record StreamHistory(StreamId Stream, int LastVersion, ValueList<StandingFact> Standing)
{
    public object State() => Aggregates.Of(Stream.Kind).Fold(Standing.Select(f => f.Fact));
}
