using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Persons;

public static class PersonAggregate
{
    public static IAggregate Instance { get; } =
        new Aggregate<PersonState, PersonEvent>(PersonId.Kind, PersonState.Initial, PersonState.Evolve, PersonDecider.Broken);
}
