using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Letters;

public static class LetterAggregate
{
    public static IAggregate Instance { get; } = new Aggregate<LetterState, LetterEvent>(
        "letter", LetterState.Initial, LetterState.Evolve, LetterDecider.Broken);
}
