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

/// <summary>What becomes of reviews that were handed in on the criteria before.</summary>
public enum GivenReviews
{
    /// <summary>They count as they are.</summary>
    Stand,

    /// <summary>They count no more until they are handed in anew.</summary>
    DoneAnew,
}

/// <summary>The criteria or their weights were changed under way.</summary>
/// <param name="Version">2 or more; the criteria the round was opened with are version 1.</param>
[StoredAs("criteria-revised")]
public sealed record CriteriaRevised(int Version, ValueList<SelectionCriterion> Criteria, GivenReviews GivenReviews, string Reason) : IntakeRoundEvent;

/// <summary>A figure that municipalities were chosen by, as it was known then.</summary>
/// <param name="Code">Short and stable within the round: "householdsWithHousingAllowance".</param>
/// <param name="Unit">"households", "percent", "kroner".</param>
/// <param name="Period">The year, month or day it is of.</param>
/// <param name="Value">Null when it is missing or cannot be read in the source: kept as missing, never guessed.</param>
/// <param name="Note">Why it is missing, or what else must be known of it.</param>
public sealed record SelectionFigure(string Code, LocalText Name, string Unit, string Period, decimal? Value, string? Note);

/// <param name="Figures">All that are kept for the municipality; they take the place of those kept before.</param>
/// <param name="Source">Source and table.</param>
[StoredAs("selection-figures-kept")]
public sealed record SelectionFiguresKept(MunicipalityId Municipality, ValueList<SelectionFigure> Figures, string Source) : IntakeRoundEvent;

/// <param name="From">The first day applications can be submitted.</param>
/// <param name="Deadline">The last day they are in time.</param>
[StoredAs("application-window-set")]
public sealed record ApplicationWindowSet(StatedDay From, StatedDay Deadline, string Reason) : IntakeRoundEvent;

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

/// <summary>What leadership decided on the round's applications is public from this day.</summary>
[StoredAs("decisions-published")]
public sealed record DecisionsPublished : IntakeRoundEvent;

/// <summary>From the day after, nobody is invited to the round or admitted in it.</summary>
[StoredAs("round-closed")]
public sealed record RoundClosed : IntakeRoundEvent;
