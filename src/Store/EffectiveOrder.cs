namespace HousingBank.Store;

/// <summary>The facts of a growing stream that stand, in effective order: as <see cref="Standing.InEffectiveOrder"/> gives them, one fact after the other.</summary>
internal sealed class EffectiveOrder
{
    private readonly List<StoredFact> _facts = [];
    private int _recorded;

    public IReadOnlyList<StoredFact> Facts => _facts;

    /// <summary>Takes in what was recorded since the last time.</summary>
    /// <param name="count">How many of the stream's facts are taken in after that.</param>
    /// <returns>The first place at which another fact stands than before; the number of facts before when they only got more.</returns>
    public int Add(IReadOnlyList<StoredFact> recorded, int count)
    {
        var from = _facts.Count;
        while (_recorded < count)
        {
            var fact = recorded[_recorded++];
            from = Math.Min(from, fact.Replaces is null && fact.Type != Standing.Strike ? Insert(fact) : StandAnew(recorded));
        }

        return from;
    }

    /// <summary>Those already there stand as they did: the new one comes after all of its day and of earlier ones.</summary>
    private int Insert(StoredFact fact)
    {
        var at = _facts.Count;
        while (at > 0 && _facts[at - 1].On.Placed > fact.On.Placed)
            at--;
        _facts.Insert(at, fact);
        return at;
    }

    private int StandAnew(IReadOnlyList<StoredFact> recorded)
    {
        var standing = Standing.InEffectiveOrder([.. recorded.Take(_recorded)]);
        var same = 0;
        while (same < standing.Count && same < _facts.Count && ReferenceEquals(standing[same].Fact, _facts[same]))
            same++;
        _facts.RemoveRange(same, _facts.Count - same);
        for (var i = same; i < standing.Count; i++)
            _facts.Add(standing[i].Fact);
        return same;
    }
}
