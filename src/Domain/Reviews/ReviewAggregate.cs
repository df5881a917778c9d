using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Reviews;

public static class ReviewAggregate
{
    public static IAggregate Instance { get; } = new Aggregate<ReviewState, ReviewEvent>(
        "review", ReviewState.Initial, ReviewState.Evolve, ReviewDecider.Broken);
}
