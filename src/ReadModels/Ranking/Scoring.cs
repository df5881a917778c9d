using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Reviews;

namespace HousingBank.ReadModels.Ranking;

/// <summary>What the scores of several members say together.</summary>
public static class Scoring
{
    /// <summary>Totals and means are kept to four decimals: those that read the same rank the same.</summary>
    private const int Decimals = 4;

    public static CriterionFigures Figures(string criterion, IReadOnlyList<IReadOnlyList<CriterionScore>> reviews)
    {
        var scores = reviews.Select(r => ScoreOf(r, criterion)).OfType<int>().Order().ToList();
        return scores.Count == 0
            ? new(criterion, null, null, null)
            : new(criterion, Rounded((decimal)scores.Sum() / scores.Count), scores[0], scores[^1]);
    }

    /// <summary>A member's weighted mean; null when a criterion has no score.</summary>
    public static decimal? Total(IReadOnlyList<SelectionCriterion> criteria, IReadOnlyList<CriterionScore> review) =>
        Weighed(criteria, c => ScoreOf(review, c) is { } score ? score : null);

    /// <summary>The weighted mean of the means by criterion; null when a criterion has no score.</summary>
    public static decimal? Total(IReadOnlyList<SelectionCriterion> criteria, IReadOnlyList<IReadOnlyList<CriterionScore>> reviews) => Weighed(criteria, c =>
    {
        var scores = reviews.Select(r => ScoreOf(r, c)).OfType<int>().ToList();
        return scores.Count == 0 ? null : (decimal)scores.Sum() / scores.Count;
    });

    /// <summary>Places by total, the highest first: equal ones share a place, and the place after is as many further on. What has no total has no place.</summary>
    public static IReadOnlyList<int?> Places(IReadOnlyList<decimal?> totals) => [.. totals.Select(t => t is null ? null : (int?)(1 + totals.Count(other => other > t)))];

    private static decimal? Weighed(IReadOnlyList<SelectionCriterion> criteria, Func<string, decimal?> valueOf)
    {
        var sum = 0m;
        foreach (var criterion in criteria)
        {
            if (valueOf(criterion.Code) is not { } value)
                return null;
            sum += criterion.Weight * value;
        }

        return criteria.Count == 0 ? null : Rounded(sum / criteria.Sum(c => c.Weight));
    }

    private static int? ScoreOf(IReadOnlyList<CriterionScore> review, string criterion) => review.FirstOrDefault(s => s.Criterion == criterion)?.Score;

    private static decimal Rounded(decimal value) => Math.Round(value, Decimals, MidpointRounding.AwayFromZero);
}
