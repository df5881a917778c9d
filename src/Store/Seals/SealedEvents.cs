namespace HousingBank.Store.Seals;

/// <summary>Compares the events of a seal with what stands in the log now.</summary>
internal static class SealedEvents
{
    /// <param name="found">What has an ordinal of the seal, by ordinal.</param>
    /// <returns>What is not as it was sealed, by ordinal; empty when all is.</returns>
    public static IReadOnlyList<Finding> Compare(Seal seal, List<FoundEvent> found)
    {
        if (IsAsSealed(seal, found))
            return [];

        var findings = new List<Finding>();
        var sealedAs = Enumerable.Range(0, seal.Leaves.Length / Merkle.HashSize)
            .GroupBy(i => Key(Leaf(seal, i))).ToDictionary(g => g.Key, g => seal.First + g.First());
        var standsAt = found.Where(f => f.Leaf is not null).GroupBy(f => Key(f.Leaf)).ToDictionary(g => g.Key, g => g.First().Ordinal);
        var byOrdinal = found.ToLookup(f => f.Ordinal);
        for (var ordinal = seal.First; ordinal <= seal.Last; ordinal++)
        {
            var expected = Leaf(seal, (int)(ordinal - seal.First)).ToArray();
            var here = byOrdinal[ordinal].ToList();
            if (here.Count == 0)
                findings.Add(new Finding(ordinal, null, null, null, "the ordinal is gone, and with it the event's place in the log"));
            else if (here.Count > 1)
                findings.Add(here.Find(f => !IsLeaf(f, expected))?.Is("was inserted: two events stand here") ?? here[1].Is("stands here twice"));
            else if (!IsLeaf(here[0], expected))
                findings.Add(Unlike(here[0], Key(expected), sealedAs, standsAt));
        }

        return findings;
    }

    private static Finding Unlike(FoundEvent here, string expected, Dictionary<string, long> sealedAs, Dictionary<string, long> standsAt)
    {
        if (here.Leaf is null)
            return here.Is("the event is gone");
        var isSealed = sealedAs.TryGetValue(Key(here.Leaf), out var place);
        var isElsewhere = standsAt.TryGetValue(expected, out var elsewhere);
        return (isSealed, isElsewhere) switch
        {
            (true, true) => here.Is($"the order was changed: this one was sealed as event {place}, and the one sealed here stands at {elsewhere}"),
            (true, false) => new Finding(here.Ordinal, null, null, null, $"the event is gone; in its place stands the one sealed as event {place}, {here.Tenant}/{here.Stream} version {here.Version}"),
            (false, true) => here.Is($"was inserted: the event sealed here stands at {elsewhere}"),
            _ => here.Is("was changed after it was sealed"),
        };
    }

    /// <summary>True when the events are those that the seal was made of, whatever its own columns say of them.</summary>
    public static bool GiveHash(Seal seal, List<FoundEvent> found)
    {
        if (found.Count == 0 || found.Any(f => f.Leaf is not { Length: Merkle.HashSize }))
            return false;
        var root = Merkle.Root(found.SelectMany(f => f.Leaf!).ToArray());
        return Seal.HashOf(Seal.HeaderOf(seal.Form, seal.Number, seal.First, seal.Last, root, seal.Previous, seal.SealedAt)).AsSpan().SequenceEqual(seal.Hash);
    }

    private static bool IsAsSealed(Seal seal, List<FoundEvent> found)
    {
        if (found.Count != seal.Leaves.Length / Merkle.HashSize)
            return false;
        for (var i = 0; i < found.Count; i++)
        {
            if (found[i].Ordinal != seal.First + i || !IsLeaf(found[i], Leaf(seal, i)))
                return false;
        }

        return true;
    }

    private static bool IsLeaf(FoundEvent found, ReadOnlySpan<byte> leaf) => found.Leaf is not null && leaf.SequenceEqual(found.Leaf);

    private static ReadOnlySpan<byte> Leaf(Seal seal, int index) => seal.Leaves.AsSpan(index * Merkle.HashSize, Merkle.HashSize);

    private static string Key(ReadOnlySpan<byte> leaf) => Convert.ToHexString(leaf);
}
