using System.Diagnostics;

namespace HousingBank.Domain.Persons;

/// <summary>A person as far as the rules need to know: whether there still is anything to read.</summary>
/// <param name="Erased">Null as long as the key is there.</param>
public sealed record PersonState(PersonErased? Erased)
{
    public static readonly PersonState Initial = new((PersonErased?)null);

    public static PersonState Evolve(PersonState person, PersonEvent fact) => fact switch
    {
        PersonErased e => person with { Erased = person.Erased ?? e },
        _ => throw new UnreachableException($"{fact.GetType().Name} has no case in Evolve."),
    };
}
