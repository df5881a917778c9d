using HousingBank.Domain.Vocabulary;
using static HousingBank.Domain.Persons.PersonRefusals;

namespace HousingBank.Domain.Persons;

/// <summary>The rules of a person's data.</summary>
public static class PersonDecider
{
    public static Decision Erase(PersonState person, ErasePerson command)
    {
        if (Fields.Known(command.Reason) is { } wrong)
            return wrong;
        if (person.Erased is not null)
            return Decision.Nothing;
        if (string.IsNullOrWhiteSpace(command.Grounds.Basis.Reference))
            return BasisMissing;
        return Decision.Record(command.Person.Stream, new PersonErased(command.Reason) { On = command.On.PlacedFirst() });
    }

    /// <summary>The rules that hold on every day, whatever the order things were recorded in.</summary>
    public static IEnumerable<Refusal> Broken(PersonState person, PersonEvent fact) => PersonErasedAlready.When(person.Erased is not null);
}
