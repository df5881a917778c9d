using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Letters;

public static class LetterTemplateAggregate
{
    public static IAggregate Instance { get; } = new Aggregate<LetterTemplateState, LetterTemplateEvent>(
        "letter-template", LetterTemplateState.Initial, LetterTemplateState.Evolve, LetterTemplateDecider.Broken);
}
