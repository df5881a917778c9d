using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Persons;

public static class PersonRefusals
{
    public static readonly Refusal PersonUnknown = Refusal.Unknown("person-unknown");

    /// <summary>An erasure rests on a law or a case.</summary>
    public static readonly Refusal BasisMissing = Refusal.OfField("basis-missing", "basis");

    /// <summary>Nothing more can be sealed under a key that was destroyed.</summary>
    public static readonly Refusal PersonErasedAlready = new("person-erased-already");

    /// <summary>No correction and no strike brings a destroyed key back.</summary>
    public static readonly Refusal ErasureStands = new("erasure-stands");
}
