namespace HousingBank.Store;

/// <summary>A fact that stands, with its place in its stream.</summary>
/// <param name="StandsAt">Its own version, or that of the first fact it replaces.</param>
public readonly record struct PlacedFact(int StandsAt, StoredFact Fact);

/// <summary>
/// Which facts of a stream stand. Facts that name one another by <see cref="StoredFact.Replaces"/> speak of one thing, and the last of them holds:
/// a replacement stands where the first one stood, with its own day; a strike leaves nothing there.
/// A strike of a strike only takes that strike back, as if neither had been recorded.
/// </summary>
/// <remarks>Every method takes a stream from its first fact on, in recorded order. Knowledge at an earlier moment is a shorter stream: <see cref="KnownAt"/>.</remarks>
public static class Standing
{
    /// <summary>Stored name of the fact that strikes another.</summary>
    public const string Strike = "fact-struck";

    /// <summary>What was known at a moment: the facts recorded until then, the moment included.</summary>
    public static IReadOnlyList<StoredFact> KnownAt(IReadOnlyList<StoredFact> recorded, DateTimeOffset moment) =>
        [.. recorded.TakeWhile(f => f.RecordedAt <= moment)];

    /// <summary>The facts that stand by their placed day, those of one day by where they stand: what tables and contradictions are folded from.</summary>
    public static IReadOnlyList<PlacedFact> InEffectiveOrder(IReadOnlyList<StoredFact> recorded)
    {
        var standing = InRecordedOrder(recorded);
        for (var i = 1; i < standing.Count; i++)
        {
            if (standing[i].Fact.On.Placed < standing[i - 1].Fact.On.Placed)
                return [.. standing.OrderBy(f => f.Fact.On.Placed)];
        }

        return standing;
    }

    /// <summary>The facts that stand by where they stand: what deciders fold.</summary>
    public static IReadOnlyList<PlacedFact> InRecordedOrder(IReadOnlyList<StoredFact> recorded)
    {
        var place = new int[recorded.Count];
        var lastWord = new StoredFact?[recorded.Count];
        var silent = TakenBack(recorded);
        for (var i = 0; i < recorded.Count; i++)
        {
            place[i] = recorded[i].Replaces is { } earlier ? place[earlier - 1] : i;
            if (!silent.Contains(i + 1))
                lastWord[place[i]] = recorded[i];
        }

        var standing = new List<PlacedFact>(recorded.Count);
        for (var i = 0; i < lastWord.Length; i++)
        {
            if (lastWord[i] is { } fact && !IsStrike(fact))
                standing.Add(new PlacedFact(i + 1, fact));
        }

        return standing;
    }

    /// <summary>Versions of the strikes that a later strike takes back, and of those that do so.</summary>
    private static HashSet<int> TakenBack(IReadOnlyList<StoredFact> recorded)
    {
        var found = new HashSet<int>();
        for (var i = recorded.Count - 1; i >= 0; i--)
        {
            if (IsStrike(recorded[i]) && recorded[i].Replaces is { } earlier && IsStrike(recorded[earlier - 1]) && !found.Contains(i + 1))
                found.UnionWith([i + 1, earlier]);
        }

        return found;
    }

    private static bool IsStrike(StoredFact fact) => fact.Type == Strike;
}
