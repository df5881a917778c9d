using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.OneRound;

namespace HousingBank.ReadModels.Ranking;

/// <summary>The applications of a round that are before the council, with what its members scored: the highest total first.</summary>
public sealed record RankingPage(Guid Round, int RoundNumber, IReadOnlyList<RoundCriterion> Criteria, IReadOnlyList<RankedApplication> Applications, FactsBehind? Facts)
{
    /// <param name="headingOf">Heading of a figure ("mean", "lowest", "highest") of a criterion.</param>
    public FlatTable Rows(Func<string, LocalText, string> headingOf) => new(
        "ranking",
        [
            new("municipality"), new("place"), new("total"), new("lowestTotal"), new("highestTotal"), new("spread"), new("reviews"),
            .. Criteria.SelectMany(c => Figures.Select(f => new Column($"{c.Code}.{f.Code}", headingOf(f.Code, c.Name)))),
            new("councilPlace"), new("advice"),
        ],
        [
            .. Applications.Select(a => (IReadOnlyList<object?>)
            [
                a.Municipality.Name, a.Place, a.Total, a.LowestTotal, a.HighestTotal, a.Spread, a.Reviews?.Count,
                .. a.Criteria.SelectMany(c => Figures.Select(f => f.Of(c))),
                a.CouncilPlace, Code.Of("advice", a.Advice),
            ]),
        ]);

    private static readonly (string Code, Func<CriterionFigures, object?> Of)[] Figures = [("mean", f => f.Mean), ("lowest", f => f.Lowest), ("highest", f => f.Highest)];
}

/// <summary>An application as the members who handed in think of it together. Without figures for a member who has not handed in an own review.</summary>
/// <param name="State">As that of the application.</param>
/// <param name="Place">By total among those the asker sees; equal totals share a place. Null without a total.</param>
/// <param name="Total">Weighted mean of the means by criterion, four decimals; null when a criterion has no score.</param>
/// <param name="LowestTotal">The lowest that a member's own scores give.</param>
/// <param name="HighestTotal">The highest that a member's own scores give.</param>
/// <param name="Reviews">Those that count; null for a member who has not handed in an own one.</param>
/// <param name="Criteria">In the order of the round's criteria.</param>
/// <param name="CouncilPlace">In the council's own order among those the asker sees; null while it is not ranked.</param>
/// <param name="Advice">admit, decline or defer; null until there is one.</param>
public sealed record RankedApplication(
    MunicipalityOnDay Municipality,
    string State,
    int? Place,
    decimal? Total,
    decimal? LowestTotal,
    decimal? HighestTotal,
    IReadOnlyList<CountedReview>? Reviews,
    IReadOnlyList<CriterionFigures> Criteria,
    int? CouncilPlace,
    string? Advice,
    FactsBehind Facts)
{
    /// <summary>The range between members: the highest total less the lowest.</summary>
    public decimal? Spread => HighestTotal - LowestTotal;
}

/// <param name="Mean">Four decimals; null without a score.</param>
public sealed record CriterionFigures(string Criterion, decimal? Mean, int? Lowest, int? Highest)
{
    /// <summary>The range between members: the highest score less the lowest.</summary>
    public int? Spread => Highest - Lowest;
}

/// <summary>A review that counts.</summary>
/// <param name="Member">By reference.</param>
/// <param name="Total">Its own weighted mean; null when it has no score on a criterion.</param>
/// <param name="Scores">In the order of the round's criteria; null where it has none.</param>
public sealed record CountedReview(string Member, decimal? Total, IReadOnlyList<int?> Scores, FactsBehind Facts);
