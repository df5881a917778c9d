using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Reviews;
using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.Ranking;

namespace HousingBank.ReadModels.Tests.Ranking;

/// <summary>Figures worked out by hand.</summary>
public sealed class ScoringTests
{
    private static readonly SelectionCriterion[] s_criteria =
    [
        new("need", new LocalText("Behov"), 40), new("capacity", new LocalText("Evne"), 30), new("anchoring", new LocalText("Forankring"), 30),
    ];

    private static readonly IReadOnlyList<CriterionScore>[] s_reviews = [Review(5, 4, 3), Review(6, 2, 3), Review(5, 3, 4)];

    [Fact]
    public void A_criterion_has_the_mean_of_its_scores_and_their_range()
    {
        Scoring.Figures("need", s_reviews).ShouldBe(new CriterionFigures("need", 5.3333m, 5, 6)); // 16 / 3
        Scoring.Figures("capacity", s_reviews).ShouldBe(new CriterionFigures("capacity", 3m, 2, 4)); // 9 / 3
        Scoring.Figures("anchoring", s_reviews).ShouldBe(new CriterionFigures("anchoring", 3.3333m, 3, 4)); // 10 / 3
        Scoring.Figures("capacity", s_reviews).Spread.ShouldBe(2);
    }

    [Fact]
    public void The_total_is_the_weighted_mean_of_the_means()
    {
        Scoring.Total(s_criteria, s_reviews).ShouldBe(4.0333m); // (40 · 16/3 + 30 · 9/3 + 30 · 10/3) / 100 = 4.03333…
        Scoring.Total([s_criteria[0] with { Weight = 1 }, s_criteria[1] with { Weight = 3 }], s_reviews).ShouldBe(3.5833m); // (16/3 + 3 · 3) / 4 = 3.58333…
    }

    [Fact]
    public void A_members_own_total_is_weighted_the_same()
    {
        Scoring.Total(s_criteria, s_reviews[0]).ShouldBe(4.1m); // (200 + 120 + 90) / 100
        Scoring.Total(s_criteria, s_reviews[1]).ShouldBe(3.9m); // (240 + 60 + 90) / 100
    }

    [Fact]
    public void Without_a_score_on_every_criterion_there_is_no_total()
    {
        SelectionCriterion[] withNew = [.. s_criteria, new("plan", new LocalText("Plan"), 10)];

        Scoring.Total(withNew, s_reviews).ShouldBeNull();
        Scoring.Total(withNew, s_reviews[0]).ShouldBeNull();
        Scoring.Figures("plan", s_reviews).ShouldBe(new CriterionFigures("plan", null, null, null));
        Scoring.Total(s_criteria, Array.Empty<IReadOnlyList<CriterionScore>>()).ShouldBeNull();
        Scoring.Total([], s_reviews).ShouldBeNull();
    }

    [Fact]
    public void Where_only_some_have_scored_a_criterion_their_mean_counts()
    {
        IReadOnlyList<CriterionScore> older = [new("need", 2, "Lite"), new("capacity", 4, "God")];

        Scoring.Figures("anchoring", [s_reviews[0], older]).ShouldBe(new CriterionFigures("anchoring", 3m, 3, 3));
        Scoring.Total(s_criteria, [s_reviews[0], older]).ShouldBe(3.5m); // (40 · 3.5 + 30 · 4 + 30 · 3) / 100
    }

    [Fact]
    public void Equal_totals_share_a_place_and_what_has_none_has_no_place() =>
        Scoring.Places([3.5m, null, 4.1m, 3.5m, 2m]).ShouldBe([2, null, 1, 2, 4]);

    private static CriterionScore[] Review(int need, int capacity, int anchoring) =>
        [new("need", need, "Mange venter"), new("capacity", capacity, "Egen leder"), new("anchoring", anchoring, "Vedtatt")];
}
