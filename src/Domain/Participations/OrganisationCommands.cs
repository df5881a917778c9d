using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Participations;

/// <param name="Person">Who it is, sealed; null when nobody is named.</param>
public sealed record AppointProgrammeLeader(
    ParticipationId Participation,
    string Unit,
    ProgrammeLeaderPlacement Placement,
    ProgrammeLeaderOrientation Orientation,
    string? LocalTitle = null,
    PersonalData? Person = null) : ParticipationCommand(Participation)
{
    protected override Decision Decide(ParticipationState participation) => OrganisationDecider.AppointProgrammeLeader(participation, this);
}

/// <param name="OtherCounts">What other sources say that the members number.</param>
public sealed record AppointSteeringGroup(
    ParticipationId Participation,
    ValueList<GroupMember> Members,
    ValueList<OtherCount> OtherCounts = default,
    string? LocalName = null) : ParticipationCommand(Participation)
{
    protected override Decision Decide(ParticipationState participation) => OrganisationDecider.AppointSteeringGroup(participation, this);
}

public sealed record AppointProjectGroup(ParticipationId Participation, ProjectGroupModel Model, ValueList<GroupMember> Members)
    : ParticipationCommand(Participation)
{
    protected override Decision Decide(ParticipationState participation) => OrganisationDecider.AppointProjectGroup(participation, this);
}

public sealed record DeliverPreAnalysis(ParticipationId Participation, string Supplier) : ParticipationCommand(Participation)
{
    protected override Decision Decide(ParticipationState participation) => OrganisationDecider.DeliverPreAnalysis(participation, this);
}

public sealed record DescribeMainGoals(ParticipationId Participation, ValueList<string> Goals, string? LocalName = null) : ParticipationCommand(Participation)
{
    protected override Decision Decide(ParticipationState participation) => OrganisationDecider.DescribeMainGoals(participation, this);
}

/// <param name="Level">Null only when an imported source gives none.</param>
/// <param name="Plans">For the dimension of plans; empty for the others.</param>
public sealed record AssessAnchoring(
    ParticipationId Participation,
    AnchoringDimension Dimension,
    AnchoringLevel? Level,
    string? Ownership,
    bool? Representation,
    ValueList<string> Statements,
    ValueList<PlanAnchoring> Plans,
    AnchoringAssessor AssessedBy) : ParticipationCommand(Participation)
{
    protected override Decision Decide(ParticipationState participation) => OrganisationDecider.AssessAnchoring(participation, this);
}
