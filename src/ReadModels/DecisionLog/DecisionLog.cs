using System.Text.Json.Serialization;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.ReadModels.DecisionLog;

/// <summary>Which events are asked for; null and empty let all pass.</summary>
/// <param name="Kinds">Kinds of stream: "participation".</param>
/// <param name="Types">Stored names of facts: "phase-started".</param>
/// <param name="Role">camelCase.</param>
/// <param name="Stream">One stream, by its name.</param>
/// <param name="EffectiveTo">Last day, included.</param>
/// <param name="RecordedTo">Last day by the calendar in Norway, included.</param>
/// <param name="Person">Only what is sealed under this person's key, and the person's erasure.</param>
public sealed record DecisionFilter(
    IReadOnlyList<string>? Kinds = null,
    IReadOnlyList<string>? Types = null,
    string? Role = null,
    string? Municipality = null,
    string? Stream = null,
    DateOnly? EffectiveFrom = null,
    DateOnly? EffectiveTo = null,
    DateOnly? RecordedFrom = null,
    DateOnly? RecordedTo = null,
    Guid? Person = null);

/// <summary>Every event that took effect by the day and was known at the moment, the last recorded first.</summary>
/// <param name="NextCursor">Where the next page begins; null when this is the last.</param>
public sealed record LoggedDecisions(IReadOnlyList<LoggedDecision> Entries, string? NextCursor)
{
    private static readonly Columns<LoggedDecision> Flat = new("decisions")
    {
        { "recordedAt", e => e.RecordedAt },
        { "effectiveOn", e => e.EffectiveOn.On },
        { "effectiveEarliest", e => e.EffectiveOn.First },
        { "effectiveLatest", e => e.EffectiveOn.Last },
        { "assumedBecause", e => e.EffectiveOn.AssumedBecause },
        { "type", e => new Code("fact", e.Type) },
        { "municipality", e => e.Municipality?.Name },
        { "values", e => e.Values.Select(v => $"{v.Key}={v.Value}").ToArray() },
        { "actor", e => e.Actor },
        { "role", e => new Code("role", e.Role) },
        { "decidedBy", e => e.DecidedBy },
        { "basisKind", e => new Code("basisKind", e.BasisKind) },
        { "basis", e => e.Basis },
        { "entryReason", e => e.EntryReason },
        { "notDocumented", e => Code.Of("prerequisite", e.NotDocumented) },
        { "replaces", e => e.Replaces },
        { "replacedBy", e => e.ReplacedBy },
        { "struckBy", e => e.StruckBy },
        { "simulated", e => e.IsSimulated },
        { "stream", e => e.Stream },
        { "version", e => e.Version },
        { "ordinal", e => e.Ordinal },
    };

    public FlatTable Rows() => Flat.Of(Entries);
}

/// <summary>One event, with all that a sentence about it needs.</summary>
/// <param name="Ordinal">Its place in the log; null until it is numbered, which takes moments.</param>
/// <param name="Type">Stored name of the fact: the sentence hangs on it.</param>
/// <param name="Municipality">The municipality it is about; null when it is about none.</param>
/// <param name="Values">The fact's body, flat: "content.focusAreas" → "a; b"; days as yyyy-MM-dd; of a person the reference; null and empty left out.</param>
/// <param name="Actor">A reference, never a name.</param>
/// <param name="Replaces">The version in the same stream that it replaces or strikes.</param>
/// <param name="ReplacedBy">The version that replaced it, by the moment asked about.</param>
/// <param name="StruckBy">The version that struck it, by the moment asked about.</param>
/// <param name="IsRecordedLate">Recorded more than 14 days after it took effect; never true where the moment was carried over from a source.</param>
/// <param name="LookedAt">The streams the decision looked at, with their versions.</param>
public sealed record LoggedDecision(
    string Tenant,
    string Stream,
    int Version,
    long? Ordinal,
    string Type,
    MunicipalityOnDay? Municipality,
    IReadOnlyDictionary<string, string> Values,
    Day EffectiveOn,
    DateTimeOffset RecordedAt,
    string Actor,
    string Role,
    string? DecidedBy,
    string BasisKind,
    string? Basis,
    string? EntryReason,
    IReadOnlyList<string> NotDocumented,
    int? Replaces,
    int? ReplacedBy,
    int? StruckBy,
    bool IsRecordedLate,
    bool IsSimulated,
    Guid CommandId,
    IReadOnlyDictionary<string, int> LookedAt)
{
    /// <summary>What the body says about persons, sealed, by path.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, PersonalData> Personal { get; init; } = new Dictionary<string, PersonalData>();
}
