namespace HousingBank.Support;

/// <summary>
/// A round as an office plays it: sixteen invited, eleven applying, two of them late, three whose application lacks something, one that withdraws; a council of
/// seven with two recusals, one member away, a tie; room for four, one admitted against the advice. Played through the API and in the browser, and counted by hand.
/// </summary>
public static class RoundScript
{
    public const string Chair = "council-region-ost";
    public const string Affiliated = "council-2-region-ost";
    public const string Conflicted = "council-3-region-ost";
    public const string Away = "council-7-region-ost";

    public const string OfAffiliated = "moss";
    public const string OfConflicted = "sarpsborg";

    public static IReadOnlyList<string> Council { get; } = [Chair, .. Enumerable.Range(2, 6).Select(n => $"council-{n}-region-ost")];

    /// <summary>What becomes of each, in the order they were invited.</summary>
    public static IReadOnlyList<Fate> Fates { get; } =
    [
        new("halden", "admitted", "admit", 6, 0),
        new(OfAffiliated, "admitted", "admit", 5, 0),
        new(OfConflicted, "admitted", "admit", 2, 2),
        new("fredrikstad", "deferred", "defer", 6, 0) { IsLate = true },
        new("drammen", "admitted", "decline", 4, 2),
        new("kongsberg", "declined", "decline", 6, 0) { LacksFirst = true },
        new("ringerike", "declined", "decline", 5, 1) { SupplementOn = "2009-06-15" },
        new("hamar", "deferred", "defer", 4, 1) { SupplementOn = "2009-06-25" },
        new("lillehammer", "supplementRequested") { SupplementOn = "never" },
        new("gjovik", "withdrawn"),
        new("ringsaker", "declined", "decline", 6, 0) { IsLate = true },
        // Never let in after the deadline.
        new("elverum", "draft"),
        new("tonsberg", "none"),
        new("sandefjord", "none"),
        new("larvik", "none"),
        new("skien", "none"),
    ];

    /// <summary>Those before the council, the one it puts first at the top.</summary>
    public static IReadOnlyList<string> Order { get; } =
        ["sarpsborg", "halden", "moss", "hamar", "fredrikstad", "ringerike", "drammen", "kongsberg", "ringsaker"];

    public static IEnumerable<Fate> Judged => Fates.Where(f => f.Advice is not null);

    /// <summary>How many are counted at each step of the funnel in the end: invited, begun, submitted, complete, under review, recommended, admitted.</summary>
    public static IReadOnlyList<int> Funnel { get; } = [16, 12, 11, 10, 10, 9, 4];

    /// <summary>What a member scores an application on the first criterion, of weight 2, and on the second, of weight 1: the same whenever it is asked for.</summary>
    public static (int Need, int Will) Scores(string member, string municipality)
    {
        var (m, a) = (Council.ToList().IndexOf(member), Fates.ToList().FindIndex(f => f.Key == municipality));
        return (1 + (((a * 2) + m) % 6), 1 + ((a + (m * 3)) % 6));
    }

    /// <summary>Who reviews an application: all but who is recused, and one of them not everywhere.</summary>
    public static IReadOnlyList<string> Reviewers(string municipality) =>
        [.. Council.Where(m => !IsRecused(m, municipality) && (m != Away || municipality != "ringerike"))];

    public static bool IsRecused(string member, string municipality) => (member, municipality) is (Affiliated, OfAffiliated) or (Conflicted, OfConflicted);

    /// <summary>Votes on an application: for first, then against, then those who abstain.</summary>
    public static IReadOnlyList<(string Member, string Vote)> Votes(Fate fate) =>
    [
        .. Council.Where(m => m != Away && !IsRecused(m, fate.Key))
            .Select((member, i) => (member, i < fate.For ? "for" : i < fate.For + fate.Against ? "against" : "abstained")),
    ];

    /// <summary>Counted from what was scored, without the programme's help.</summary>
    public static List<RankedByHand> Counted(IReadOnlyList<Fate> fates)
    {
        var order = Order.Where(key => fates.Any(f => f.Key == key)).ToList();
        var totals = fates.ToDictionary(f => f.Key, f => Reviewers(f.Key).Select(m => Scores(m, f.Key)).ToList());
        decimal Total(string key) => Math.Round(((2 * (decimal)totals[key].Average(s => (decimal)s.Need)) + (decimal)totals[key].Average(s => (decimal)s.Will)) / 3, 4, MidpointRounding.AwayFromZero);
        decimal Spread(string key)
        {
            var own = totals[key].Select(s => Math.Round(((2m * s.Need) + s.Will) / 3, 4, MidpointRounding.AwayFromZero)).ToList();
            return own.Max() - own.Min();
        }

        return
        [
            .. fates.Select(f => new RankedByHand(
                f.Key, 1 + fates.Count(other => Total(other.Key) > Total(f.Key)), Total(f.Key), Spread(f.Key), totals[f.Key].Count, order.IndexOf(f.Key) + 1, f.Advice!)),
        ];
    }
}

/// <summary>What becomes of a municipality in the round.</summary>
/// <param name="State">Of its application in the end; none when it never began.</param>
/// <param name="Advice">The council's; null for one that never came before it.</param>
/// <param name="For">Votes for the advice.</param>
public sealed record Fate(string Key, string State, string? Advice = null, int For = 0, int Against = 0)
{
    /// <summary>Comes after the deadline, and is let in.</summary>
    public bool IsLate { get; init; }

    /// <summary>Is first submitted without all that it must hold.</summary>
    public bool LacksFirst { get; init; }

    /// <summary>When what was wanted came, due on 20 June; "never"; null when nothing was wanted.</summary>
    public string? SupplementOn { get; init; }

    public bool IsDeviation => (Advice, State) is ("admit", not "admitted") or ("decline", not "declined") or ("defer", not "deferred");
}

/// <summary>An application in the ranking of the round.</summary>
/// <param name="Total">Weighted mean of all scores.</param>
/// <param name="Spread">Between the member who gave it most and the one who gave it least.</param>
/// <param name="CouncilPlace">Where the council puts it, 1 for the first.</param>
public sealed record RankedByHand(string Key, int Place, decimal Total, decimal Spread, int Reviews, int CouncilPlace, string Advice);
