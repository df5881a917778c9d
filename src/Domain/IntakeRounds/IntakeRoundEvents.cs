using HousingBank.Domain.Applications;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.IntakeRounds;

/// <summary>What has happened in one intake round (opptaksrunde).</summary>
public abstract record IntakeRoundEvent : Fact;

/// <summary>What applications are weighed by.</summary>
/// <param name="Code">Short and stable within the round: "need".</param>
/// <param name="Weight">Against the weights of the others.</param>
public sealed record SelectionCriterion(string Code, LocalText Name, int Weight);

/// <param name="Number">1 for the programme's first round.</param>
/// <param name="Deadline">The last day applications are in time; null when the source is silent on it.</param>
/// <param name="Capacity">How many municipalities can be admitted; null when the source is silent on it.</param>
/// <param name="OpenToAll">True when municipalities may apply without an invitation.</param>
[StoredAs("round-opened")]
public sealed record RoundOpened(
    ProgrammeId Programme,
    int Number,
    StatedDay? Deadline,
    int? Capacity,
    bool OpenToAll,
    ValueList<SelectionCriterion> Criteria) : IntakeRoundEvent;

/// <summary>Counts a source gives without names. They stand beside what is known by name and are never added to it.</summary>
/// <param name="Source">Where the counts are from.</param>
[StoredAs("counts-reported")]
public sealed record CountsReported(int? Invited, int? Applied, string Source) : IntakeRoundEvent;

[StoredAs("municipality-invited")]
public sealed record MunicipalityInvited(MunicipalityId Municipality) : IntakeRoundEvent;

/// <param name="Capacity">How many can be admitted from now on.</param>
[StoredAs("capacity-raised")]
public sealed record CapacityRaised(int Capacity, string Reason) : IntakeRoundEvent;

/// <summary>Leadership took the municipality into the round's cohort (pulje).</summary>
/// <param name="Recommendation">What the council advised; null when there was no recommendation or the source is silent on it.</param>
/// <param name="DeviationReason">Why it was admitted against the recommendation; null when it was not.</param>
/// <param name="NotDocumented">What the rules ask for and the source is silent on: <see cref="IntakePrerequisites"/>.</param>
[StoredAs("municipality-admitted")]
public sealed record MunicipalityAdmitted(
    MunicipalityId Municipality,
    Advice? Recommendation,
    string? DeviationReason,
    ValueList<string> NotDocumented) : IntakeRoundEvent;

/// <summary>From the day after, nobody is invited to the round or admitted in it.</summary>
[StoredAs("round-closed")]
public sealed record RoundClosed : IntakeRoundEvent;
