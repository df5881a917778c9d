using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Learning;

public static class LearningEntryAggregate
{
    public static IAggregate Instance { get; } = new Aggregate<LearningEntryState, LearningEntryEvent>(
        "learning", LearningEntryState.Initial, LearningEntryState.Evolve, LearningEntryDecider.Broken);
}
