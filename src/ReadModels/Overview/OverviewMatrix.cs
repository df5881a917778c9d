using HousingBank.Domain.Vocabulary;

namespace HousingBank.ReadModels.Overview;

/// <summary>Table 1 of the interim report of 2010: municipalities side by side, how they are organised, anchored and what they aim at.</summary>
public sealed record OverviewMatrix(IReadOnlyList<OverviewColumn> Municipalities)
{
    private static readonly (string Code, Func<OverviewColumn, object?> Cell)[] Aspects =
    [
        ("round", m => m.RoundNumber),
        ("phase", m => Code.Of(m.Phase)),
        ("steeringGroup", m => m.SteeringGroup?.Members.Select(g => g.Text).ToArray()),
        ("projectGroupModel", m => Code.Of("projectGroupModel", m.ProjectGroup?.Model)),
        ("projectGroup", m => m.ProjectGroup?.Members.Select(g => g.Text).ToArray()),
        ("programmeLeaderUnit", m => m.ProgrammeLeader?.Unit),
        ("programmeLeaderPlacement", m => Code.Of("placement", m.ProgrammeLeader?.Placement)),
        ("programmeLeaderOrientation", m => Code.Of("orientation", m.ProgrammeLeader?.Orientation)),
        ("politicalOwnership", m => Code.Of("ownership", m.Political?.Ownership)),
        ("politicalRepresentation", m => m.Political?.Representation),
        ("politicalAnchoring", m => m.Political?.Statements),
        ("administrativeOwnership", m => m.Administrative?.Ownership),
        ("administrativeAnchoring", m => m.Administrative?.Statements),
        ("externalMobilisation", m => m.External?.Statements),
        ("userParticipation", m => m.Users?.Statements),
        ("planAnchoring", m => m.Plans?.Plans.Select(p => p.Plan).ToArray()),
        ("mainGoals", m => m.MainGoals?.Goals),
    ];

    /// <summary>Municipalities as columns, as in the report; the first column names the aspect.</summary>
    public FlatTable Rows() => new(
        "overview",
        [new Column("aspect"), .. Municipalities.Select(m => new Column(m.Municipality.Key, m.Municipality.Name))],
        [.. Aspects.Select(a => (IReadOnlyList<object?>)[new Code("aspect", a.Code), .. Municipalities.Select(a.Cell)])]);
}

/// <summary>One municipality in the matrix. What had not been recorded by that day is null.</summary>
/// <param name="Administrative">The latest assessment of each dimension.</param>
public sealed record OverviewColumn(
    Guid Participation,
    MunicipalityOnDay Municipality,
    int RoundNumber,
    Phase Phase,
    SteeringGroup? SteeringGroup,
    ProjectGroup? ProjectGroup,
    ProgrammeLeader? ProgrammeLeader,
    Anchoring? Political,
    Anchoring? Administrative,
    Anchoring? External,
    Anchoring? Users,
    Anchoring? Plans,
    MainGoals? MainGoals,
    bool IsSimulated);

/// <param name="OtherCounts">What sources say of its size when they do not agree with the list: "slide": 7.</param>
/// <param name="LocalName">What the municipality calls it, when it differs.</param>
public sealed record SteeringGroup(IReadOnlyList<GroupMember> Members, IReadOnlyDictionary<string, int> OtherCounts, string? LocalName, Day Since, FactsBehind Facts);

/// <param name="Model">fixedGroupWithSubprojects, noneStandingInForIt or fixedGroup.</param>
public sealed record ProjectGroup(string Model, IReadOnlyList<GroupMember> Members, Day Since, FactsBehind Facts);

/// <param name="Text">The office or unit, as the source names it.</param>
/// <param name="RoleLevel">political, chiefExecutive …; null when not documented.</param>
/// <param name="Person">Who it is: a reference, which /api/v1/persons gives a name to for those who may read it.</param>
public sealed record GroupMember(string Text, string? RoleLevel, PersonalData? Person);

/// <param name="Placement">strategicUnit or serviceUnit.</param>
/// <param name="Orientation">steeringGroup, projectGroup or both.</param>
/// <param name="Person">Who it is: a reference, which /api/v1/persons gives a name to for those who may read it.</param>
public sealed record ProgrammeLeader(string Unit, string Placement, string Orientation, string? LocalTitle, PersonalData? Person, Day Since, FactsBehind Facts);

/// <summary>One assessment of how the work is anchored in one dimension.</summary>
/// <param name="Dimension">administrative, political, external, users or plans.</param>
/// <param name="Level">none, weak, partial or strong; null when the source gives none.</param>
/// <param name="Ownership">Political or administrative for the political dimension; who owns it for the others.</param>
/// <param name="AssessedBy">municipality, secretariat or evaluator.</param>
public sealed record Anchoring(
    string Dimension,
    string? Level,
    string? Ownership,
    bool? Representation,
    IReadOnlyList<string> Statements,
    IReadOnlyList<AnchoringPlan> Plans,
    string AssessedBy,
    Day On,
    FactsBehind Facts);

/// <param name="Relation">implementationPlanOf, anchoredIn, planned …</param>
public sealed record AnchoringPlan(string Plan, string Relation);

/// <param name="LocalName">What the municipality calls them ("satsingsområder"); null when it says main goals.</param>
public sealed record MainGoals(IReadOnlyList<string> Goals, string? LocalName, Day Since, FactsBehind Facts);
