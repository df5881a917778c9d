using System.Text.Json.Serialization;

namespace HousingBank.ReadModels.Persons;

/// <summary>Everything that is held about a person: each event with something sealed under the person's key, also those that were replaced, and the erasure itself.</summary>
/// <param name="Person">The reference.</param>
/// <param name="Readability">readable, erased or unreadable.</param>
/// <param name="Readings">Who has read it, the last first; at most the last 100.</param>
public sealed record PersonReport(Guid Person, string Readability, IReadOnlyList<HeldAboutPerson> Held, IReadOnlyList<ReadAboutPersons> Readings)
{
    private static readonly Columns<HeldAboutPerson> Flat = new("person")
    {
        { "recordedAt", h => h.RecordedAt },
        { "effectiveOn", h => h.EffectiveOn.On },
        { "type", h => new Code("fact", h.Type) },
        { "field", h => h.Field },
        { "personName", h => h.Name },
        { "email", h => h.Email },
        { "phone", h => h.Phone },
        { "municipality", h => h.Municipality?.Name },
        { "actor", h => h.Actor },
        { "role", h => new Code("role", h.Role) },
        { "replacedBy", h => h.ReplacedBy },
        { "stream", h => h.Stream },
        { "version", h => h.Version },
    };

    public FlatTable Rows() => Flat.Of(Held);
}

/// <param name="Field">The path in the event's body: content.contactPerson; null for the erasure.</param>
/// <param name="Name">As it was written; null when it cannot be read any more, and for a draft, which its municipality alone reads.</param>
/// <param name="ReplacedBy">The version of the stream that replaced or struck it.</param>
public sealed record HeldAboutPerson(
    string Stream,
    int Version,
    string Type,
    string? Field,
    MunicipalityOnDay? Municipality,
    Day EffectiveOn,
    DateTimeOffset RecordedAt,
    string Actor,
    string Role,
    int? ReplacedBy,
    string? Name,
    string? Email,
    string? Phone)
{
    internal const string Draft = "application-draft-saved";

    /// <summary>True for what a municipality wrote before it submitted: it is there, and what it says is the municipality's own.</summary>
    [JsonIgnore]
    public bool IsDraft => Type == Draft;
}
