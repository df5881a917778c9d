using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Participations;

/// <summary>Where in the municipality the programme leader sits.</summary>
public enum ProgrammeLeaderPlacement
{
    /// <summary>A unit for strategy that works across sectors.</summary>
    StrategicUnit,
    ServiceUnit,
}

/// <summary>Towards whom the programme leader mainly works.</summary>
public enum ProgrammeLeaderOrientation
{
    SteeringGroup,
    ProjectGroup,
    Both,
}

public enum ProjectGroupModel
{
    FixedGroup,
    FixedGroupWithSubprojects,

    /// <summary>No project group: working meetings with changing members, and groups for each sub-project, stand in its place.</summary>
    NoneStandingInForIt,
}

public enum RoleLevel
{
    Political,
    ChiefExecutive,
    ExecutiveDirector,
    HeadOfUnit,
    ProfessionalAdviser,

    /// <summary>The labour and welfare office (NAV).</summary>
    LabourAndWelfare,
    VoluntarySector,
    PrivateSector,
    UserOrganisation,
}

/// <summary>A member of a steering or project group, by office or unit.</summary>
/// <param name="Text">The office or unit as the municipality calls it: "rådmann", "NAV".</param>
/// <param name="RoleLevel">Null when the source does not say.</param>
/// <param name="Person">Who it is, sealed; null when nobody was named.</param>
public sealed record GroupMember(string Text, RoleLevel? RoleLevel, PersonalData? Person = null);

/// <summary>A number of members that another source gives.</summary>
/// <param name="Source">Which source: "table1", "slide".</param>
public sealed record OtherCount(string Source, int Count);

/// <param name="Unit">The unit the programme leader sits in, by its own name.</param>
/// <param name="LocalTitle">What the municipality calls the programme leader, where it differs: "prosjektleder".</param>
/// <param name="Person">Who it is, sealed; null when nobody was named.</param>
[StoredAs("programme-leader-appointed", 2)]
public sealed record ProgrammeLeaderAppointed(
    string Unit,
    ProgrammeLeaderPlacement Placement,
    ProgrammeLeaderOrientation Orientation,
    string? LocalTitle,
    PersonalData? Person = null) : ParticipationEvent;

/// <param name="OtherCounts">What sources say that count the members differently; empty when they agree.</param>
/// <param name="LocalName">What the municipality calls it, where it differs.</param>
[StoredAs("steering-group-appointed", 2)]
public sealed record SteeringGroupAppointed(ValueList<GroupMember> Members, ValueList<OtherCount> OtherCounts, string? LocalName) : ParticipationEvent;

/// <summary>A project group, or the body that stands in its place, was appointed.</summary>
[StoredAs("project-group-appointed", 2)]
public sealed record ProjectGroupAppointed(ProjectGroupModel Model, ValueList<GroupMember> Members) : ParticipationEvent;

/// <summary>The pre-analysis (foranalyse) was delivered.</summary>
[StoredAs("pre-analysis-delivered")]
public sealed record PreAnalysisDelivered(string Supplier) : ParticipationEvent;

/// <param name="LocalName">What the municipality calls its main goals, where it differs: "satsingsområder".</param>
[StoredAs("main-goals-described")]
public sealed record MainGoalsDescribed(ValueList<string> Goals, string? LocalName) : ParticipationEvent;
