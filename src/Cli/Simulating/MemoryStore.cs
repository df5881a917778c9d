using HousingBank.Store;

namespace HousingBank.Cli.Simulating;

/// <summary>A store without a database: where a history is thought of before it is carried over.</summary>
internal sealed class MemoryStore(IFactCodec codec) : IEventStore
{
    private readonly Dictionary<StreamKey, List<StoredFact>> _streams = [];

    public IFactCodec Codec => codec;

    /// <summary>The moment of the next recording.</summary>
    public DateTimeOffset Moment { get; set; }

    /// <summary>Every stream, by its name.</summary>
    public IReadOnlyList<IReadOnlyList<StoredFact>> Streams => [.. _streams.Where(s => s.Value.Count > 0).OrderBy(s => s.Key.Name, StringComparer.Ordinal).Select(s => s.Value)];

    public Task<Loaded> LoadAsync(Scope scope, IReadOnlyList<StreamKey> streams, ReceiptKey? receipt, CancellationToken cancel) =>
        Task.FromResult(new Loaded(null, streams.Distinct().ToDictionary(s => s, s => (IReadOnlyList<StoredFact>)Of(s))));

    public Task<WriteResult> WriteAsync(
        Scope scope,
        Loaded loaded,
        IReadOnlyList<StreamWrite> writes,
        Circumstances circumstances,
        ReceiptKey? receipt,
        string? answer,
        CancellationToken cancel)
    {
        var touched = writes.Where(w => w.Facts.Count > 0).ToList();
        // As in the database: one moment for all of them, later than the last of each stream.
        var moment = touched.SelectMany(w => Of(w.Stream)).Select(f => f.RecordedAt.AddMicroseconds(1)).Append(Moment).Max();
        var recorded = new List<StoredFact>();
        foreach (var write in touched)
        {
            foreach (var (fact, on, replaces) in write.Facts)
            {
                var stored = new StoredFact(
                    scope.Tenant, write.Stream, Of(write.Stream).Count + 1, codec.NameOf(fact), fact, on, moment, circumstances, replaces, 0, null);
                Of(write.Stream).Add(stored);
                recorded.Add(stored);
            }
        }

        return Task.FromResult<WriteResult>(new WriteResult.Written(moment, recorded));
    }

    private List<StoredFact> Of(StreamKey stream)
    {
        if (!_streams.TryGetValue(stream, out var facts))
            _streams.Add(stream, facts = []);
        return facts;
    }
}
