namespace HousingBank.Store.Tests.TwoClock;

/// <summary>The answer by definition: take what was known, leave out what no longer holds, sort, fold up to the day. Shares nothing with the engine.</summary>
public static class NaiveShelf
{
    public static Dictionary<string, (string Goods, int Amount)> Answer(IReadOnlyList<StoredFact> stream, DateOnly asOf, DateTimeOffset knownAt)
    {
        var known = stream.Where(f => f.RecordedAt <= knownAt).ToDictionary(f => f.Version);
        var shelf = new Dictionary<string, (string Goods, int Amount)>();
        foreach (var fact in known.Values.Where(f => f.On.Placed <= asOf && Stands(known, f)).OrderBy(f => f.On.Placed).ThenBy(f => FirstOf(known, f)))
        {
            switch (fact.Fact)
            {
                case Put put:
                    shelf.TryAdd(put.Goods, (put.Goods, put.Amount));
                    break;
                case Added added when shelf.TryGetValue(added.Goods, out var there):
                    shelf[added.Goods] = (added.Goods, there.Amount + added.Amount);
                    break;
                case AddedToAll all:
                    foreach (var (goods, there) in shelf.ToList())
                        shelf[goods] = (goods, there.Amount + all.Amount);
                    break;
                case Removed removed:
                    shelf.Remove(removed.Goods);
                    break;
            }
        }

        return shelf;
    }

    private static bool Stands(Dictionary<int, StoredFact> known, StoredFact fact) =>
        fact.Fact is not Struck
        && !known.Values.Any(later => later.Version > fact.Version && FirstOf(known, later) == FirstOf(known, fact) && Speaks(known, later));

    /// <summary>All but the strikes that were taken back and those that took them back.</summary>
    private static bool Speaks(Dictionary<int, StoredFact> known, StoredFact fact) => !IsTakenBack(known, fact) && !TakesBack(known, fact);

    private static bool IsTakenBack(Dictionary<int, StoredFact> known, StoredFact fact) =>
        known.Values.Any(later => later.Replaces == fact.Version && TakesBack(known, later) && !IsTakenBack(known, later));

    private static bool TakesBack(Dictionary<int, StoredFact> known, StoredFact fact) =>
        fact is { Fact: Struck, Replaces: { } earlier } && known[earlier].Fact is Struck;

    private static int FirstOf(Dictionary<int, StoredFact> known, StoredFact fact) => fact.Replaces is { } earlier ? FirstOf(known, known[earlier]) : fact.Version;
}
