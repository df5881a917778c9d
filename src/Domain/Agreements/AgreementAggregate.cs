using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Agreements;

public static class AgreementAggregate
{
    public const string Kind = "agreement";

    public static IAggregate Instance { get; } =
        new Aggregate<AgreementState, AgreementEvent>(Kind, AgreementState.Initial, AgreementState.Evolve, AgreementDecider.Broken);
}
