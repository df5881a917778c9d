using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Participations;

/// <summary>In whom or what the programme is anchored.</summary>
public enum AnchoringDimension
{
    Administrative,
    Political,

    /// <summary>Actors outside the municipality.</summary>
    External,
    Users,
    Plans,
}

public enum AnchoringLevel
{
    None,
    Weak,
    Partial,
    Strong,
}

public enum AnchoringAssessor
{
    Municipality,
    Secretariat,
    Evaluator,
}

/// <summary>How the programme's work stands to a plan of the municipality.</summary>
public enum PlanRelation
{
    /// <summary>The work carries the plan out.</summary>
    ImplementationPlanOf,

    /// <summary>The work is coordinated with the plan.</summary>
    CoordinatedWith,

    /// <summary>The work is anchored in the plan.</summary>
    AnchoredIn,

    /// <summary>The housing plan (boligplan), and the work by it, is anchored in the plan.</summary>
    BoligplanAnchoredIn,

    /// <summary>The work is to become such a plan, or a part of it.</summary>
    PlannedAsThematicPlan,

    /// <summary>Anchoring in the plan is intended, not yet there.</summary>
    Planned,

    /// <summary>The plan itself is the work's standing: what it is at the moment.</summary>
    Status,
}

/// <param name="Plan">The plan by its own name and period: "Boligplan 2010–2013".</param>
public sealed record PlanAnchoring(string Plan, PlanRelation Relation);

/// <summary>Somebody assessed one dimension on a day. Later assessments stand beside it, they never overwrite it.</summary>
/// <param name="Level">Null only when an imported source gives none.</param>
/// <param name="Ownership">Who owns the programme in this dimension: "rådmann"; for the political one "political" or "administrative". Null when it was not assessed.</param>
/// <param name="Representation">Whether they sit in the steering or project group; null when it was not assessed.</param>
/// <param name="Statements">The reasons, each in a sentence.</param>
/// <param name="Plans">For the dimension of plans; empty for the others.</param>
[StoredAs("anchoring-assessed")]
public sealed record AnchoringAssessed(
    AnchoringDimension Dimension,
    AnchoringLevel? Level,
    string? Ownership,
    bool? Representation,
    ValueList<string> Statements,
    ValueList<PlanAnchoring> Plans,
    AnchoringAssessor AssessedBy) : ParticipationEvent;
