using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Municipalities;

public static class MunicipalityAggregate
{
    public static IAggregate Instance { get; } = new Aggregate<MunicipalityState, MunicipalityEvent>(
        "municipality", MunicipalityState.Initial, MunicipalityState.Evolve, MunicipalityDecider.Broken);
}
