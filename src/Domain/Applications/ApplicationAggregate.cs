using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Applications;

public static class ApplicationAggregate
{
    public static IAggregate Instance { get; } = new Aggregate<ApplicationState, ApplicationEvent>(
        "application", ApplicationState.Initial, ApplicationState.Evolve, ApplicationDecider.Broken);
}
