using System.Text.Json.Serialization;

namespace HousingBank.Domain.Vocabulary;

/// <summary>What is known about a person, readable only with that person's key. The rules never see what it says.</summary>
/// <param name="Person">Whose key opens it: a reference that says nothing by itself, and stays when the person is erased.</param>
/// <param name="Ciphertext">The sealed text, in base64. Sealed twice, the same text looks different.</param>
/// <param name="Mark">The same for the same text of the same person, and nothing to guess from once the person's key is gone.</param>
public sealed record PersonalData(PersonId Person, string Ciphertext, string Mark)
{
    /// <summary>True for what says the same of the same person, however it was sealed.</summary>
    public bool Equals(PersonalData? other) => other is not null && Person == other.Person && Mark == other.Mark;

    public override int GetHashCode() => HashCode.Combine(Person, Mark);
}

/// <summary>Whose key something is sealed under: a person, or a case and all that was written and sent in with it.</summary>
[JsonConverter(typeof(UuidConverter<PersonId>))]
public readonly record struct PersonId(Guid Value) : IUuid<PersonId>
{
    public const string Kind = "person";

    public static PersonId From(Guid value) => new(value);

    public StreamId Stream => new(Kind, Value.ToString());
}
