using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Participations;

public static class ParticipationAggregate
{
    public const string Kind = "participation";

    public static IAggregate Instance { get; } =
        new Aggregate<ParticipationState, ParticipationEvent>(Kind, ParticipationState.Initial, ParticipationState.Evolve, ParticipationDecider.Broken);
}
