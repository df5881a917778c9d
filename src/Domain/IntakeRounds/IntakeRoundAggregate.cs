using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.IntakeRounds;

public static class IntakeRoundAggregate
{
    public static IAggregate Instance { get; } = new Aggregate<IntakeRoundState, IntakeRoundEvent>(
        "round", IntakeRoundState.Initial, IntakeRoundState.Evolve, IntakeRoundDecider.Broken);
}
