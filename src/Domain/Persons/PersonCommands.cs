using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Persons;

/// <summary>Erases all that is sealed under a person's key, for ever. It must rest on a law or a case.</summary>
public sealed record ErasePerson(PersonId Person, ErasureReason Reason) : Command
{
    public override ValueList<StreamId> Streams() => [Person.Stream];

    public override Decision Decide(Histories histories) => PersonDecider.Erase(histories.State<PersonState>(Person.Stream), this);
}
