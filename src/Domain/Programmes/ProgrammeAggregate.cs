using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Programmes;

public static class ProgrammeAggregate
{
    public static IAggregate Instance { get; } = new Aggregate<ProgrammeState, ProgrammeEvent>(
        "programme", ProgrammeState.Initial, ProgrammeState.Evolve, ProgrammeDecider.Broken);
}
