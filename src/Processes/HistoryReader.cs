using HousingBank.Domain.Vocabulary;
using HousingBank.Store;

namespace HousingBank.Processes;

/// <summary>One stream as the rules see it, for those who must know more than a fact says before they can ask for what follows.</summary>
public sealed class HistoryReader(IEventStore store)
{
    /// <summary>The state of a stream in recorded order, as all know it now.</summary>
    public async Task<TState> StateAsync<TState>(string tenant, StreamId stream, CancellationToken cancel)
    {
        var key = new StreamKey(stream.ToString());
        var loaded = await store.LoadAsync(Scope.Of(tenant), [key], null, cancel);
        return (TState)Of(key, loaded.Streams[key]).State();
    }

    internal static StreamHistory Of(StreamKey stream, IReadOnlyList<StoredFact> recorded) => new(
        StreamId.Parse(stream.Name),
        recorded.Count,
        Standing.InRecordedOrder(recorded).Select(s => new StandingFact(s.StandsAt, (Fact)s.Fact.Fact, s.Fact.Version)).ToValueList());
}
