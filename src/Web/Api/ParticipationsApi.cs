using HousingBank.Domain.Participations;
using HousingBank.Domain.Vocabulary;
using HousingBank.Web.Access;
using HousingBank.Web.Persons;

namespace HousingBank.Web.Api;

/// <summary>Municipalities' courses: phases and their gates, organisation, anchoring.</summary>
internal static class ParticipationsApi
{
    public static void MapParticipations(this IEndpointRouteBuilder api)
    {
        var participation = api.MapGroup("/participations/{participation:guid}").WithTags("Participations");
        MapPhases(participation);
        MapEnds(participation);
        MapOrganisation(participation);
    }

    private static void MapPhases(IEndpointRouteBuilder participation)
    {
        participation.MapPost("/meet-criterion", (Guid participation, CriterionRequest r, Deciding decide) =>
                decide.OnAsync(new MeetCriterion(new(participation), new(r.Programme), r.Phase, r.Criterion, r.Evidence, r.Resolution?.ToResolution()) { On = r.On, Grounds = r.Grounds }))
            .Decides("meetCriterion", "Records that a criterion of a gate is met.", Policies.Register);
        participation.MapPost("/start-phase", (Guid participation, StartPhaseRequest r, Deciding decide) =>
                decide.WithWaiverAsync(r.Waiver, () => decide.OnAsync(
                    new StartPhase(new(participation), new(r.Programme), r.Phase, AgreementOf(r.Agreement), r.Waiver?.ToWaiver()) { On = r.On, Grounds = r.Grounds })))
            .Decides("startPhase", "Starts the next phase when the gate is met, or when leadership waives what is missing.", Policies.Register);
        participation.MapPost("/complete-phase", (Guid participation, CompletePhaseRequest r, Deciding decide) =>
                decide.WithWaiverAsync(r.Waiver, () => decide.OnAsync(
                    new CompletePhase(new(participation), r.Phase, AgreementOf(r.Agreement), r.Waiver?.ToWaiver()) { On = r.On, Grounds = r.Grounds })))
            .Decides("completePhase", "Passes the gate of a phase without starting another.", Policies.Register);
        participation.MapPost("/extend-phase", (Guid participation, ExtendPhaseRequest r, Deciding decide) =>
                decide.OnAsync(new ExtendPhase(new(participation), r.Phase, r.Months, r.Reason) { On = r.On, Grounds = r.Grounds }))
            .Decides("extendPhase", "Extends the phase that is under way.", Policies.Decide);
        participation.MapPost("/suspend", (Guid participation, ReasonRequest r, Deciding decide) =>
                decide.OnAsync(new SuspendParticipation(new(participation), r.Reason) { On = r.On, Grounds = r.Grounds }))
            .Decides("suspendParticipation", "Stops the clock; its day is the first on which it stands still.", Policies.Decide);
        participation.MapPost("/resume", (Guid participation, PlainRequest r, Deciding decide) =>
                decide.OnAsync(new ResumeParticipation(new(participation)) { On = r.On, Grounds = r.Grounds }))
            .Decides("resumeParticipation", "Lets the clock run again from that day on.", Policies.Decide);
        participation.MapPost("/move-to-framework-model", (Guid participation, MoveToModelRequest r, Deciding decide) =>
                decide.OnAsync(new MoveToFrameworkModel(new(participation), new(r.Programme), r.Version, r.Reason) { On = r.On, Grounds = r.Grounds }))
            .Decides("moveToFrameworkModel", "Moves the municipality to a newer version of the framework model.", Policies.Decide);
    }

    private static void MapEnds(IEndpointRouteBuilder participation)
    {
        participation.MapPost("/complete", (Guid participation, PlainRequest r, Deciding decide) =>
                decide.OnAsync(new CompleteParticipation(new(participation)) { On = r.On, Grounds = r.Grounds }))
            .Decides("completeParticipation", "Ends the participation when its last phase is completed.", Policies.Decide);
        participation.MapPost("/withdraw", (Guid participation, ReasonRequest r, Deciding decide) =>
                decide.OnAsync(new WithdrawParticipation(new(participation), r.Reason) { On = r.On, Grounds = r.Grounds }))
            .Decides("withdrawParticipation", "The municipality leaves the programme.", Policies.Decide);
        participation.MapPost("/terminate", (Guid participation, ReasonRequest r, Deciding decide) =>
                decide.OnAsync(new TerminateParticipation(new(participation), r.Reason) { On = r.On, Grounds = r.Grounds }))
            .Decides("terminateParticipation", "The bank ends the participation.", Policies.Decide);
    }

    private static void MapOrganisation(IEndpointRouteBuilder participation)
    {
        participation.MapPost("/appoint-programme-leader", (Guid participation, ProgrammeLeaderRequest r, Deciding decide) =>
                decide.ForParticipationAsync(participation, () => decide.OnAsync(async (sealing, id) =>
                    new AppointProgrammeLeader(
                        new(participation), r.Unit, r.Placement, r.Orientation, r.LocalTitle, await sealing.SealAsync(id, "person", r.Person?.Details, r.Person?.Person))
                    {
                        On = r.On,
                        Grounds = r.Grounds,
                    })))
            .Decides("appointProgrammeLeader", "Says where in the organisation the programme leader is placed.", Policies.WriteForMunicipality);
        participation.MapPost("/appoint-steering-group", (Guid participation, SteeringGroupRequest r, Deciding decide) =>
                decide.ForParticipationAsync(participation, () => decide.OnAsync(async (sealing, id) =>
                    new AppointSteeringGroup(new(participation), await GroupMemberRequest.SealedAsync(r.Members, sealing, id), [], r.LocalName) { On = r.On, Grounds = r.Grounds })))
            .Decides("appointSteeringGroup", "Appoints the steering group.", Policies.WriteForMunicipality);
        participation.MapPost("/appoint-project-group", (Guid participation, ProjectGroupRequest r, Deciding decide) =>
                decide.ForParticipationAsync(participation, () => decide.OnAsync(async (sealing, id) =>
                    new AppointProjectGroup(new(participation), r.Model, await GroupMemberRequest.SealedAsync(r.Members, sealing, id)) { On = r.On, Grounds = r.Grounds })))
            .Decides("appointProjectGroup", "Appoints the project group, or names what stands in its place.", Policies.WriteForMunicipality);
        participation.MapPost("/deliver-pre-analysis", (Guid participation, PreAnalysisRequest r, Deciding decide) =>
                decide.ForParticipationAsync(participation, () => decide.OnAsync(
                    new DeliverPreAnalysis(new(participation), r.Supplier) { On = r.On, Grounds = r.Grounds })))
            .Decides("deliverPreAnalysis", "Records that the pre-analysis was delivered.", Policies.WriteForMunicipality);
        participation.MapPost("/describe-main-goals", (Guid participation, MainGoalsRequest r, Deciding decide) =>
                decide.ForParticipationAsync(participation, () => decide.OnAsync(
                    new DescribeMainGoals(new(participation), r.Goals, r.LocalName) { On = r.On, Grounds = r.Grounds })))
            .Decides("describeMainGoals", "Says what the municipality mainly aims at.", Policies.WriteForMunicipality);
        participation.MapPost("/assess-anchoring", (Guid participation, AnchoringRequest r, Deciding decide) =>
                decide.ForParticipationAsync(participation, () => decide.AsAssessorAsync(r.AssessedBy, () => decide.OnAsync(
                    new AssessAnchoring(new(participation), r.Dimension, r.Level, r.Ownership, r.Representation, r.Statements, r.Plans, r.AssessedBy) { On = r.On, Grounds = r.Grounds }))))
            .Decides("assessAnchoring", "Assesses how the work is anchored in one dimension; earlier assessments stay.", Policies.WriteForMunicipality);
    }

    private static AgreementId? AgreementOf(Guid? agreement) => agreement is { } id ? new AgreementId(id) : null;
}

/// <param name="Criterion">needsAssessed, focusAreasChosen, actionPlanApproved …</param>
/// <param name="Evidence">What shows it: a document, a case.</param>
/// <param name="Resolution">Demanded where the criterion is a resolution.</param>
public sealed record CriterionRequest(Guid Programme, Phase Phase, string Criterion, string? Evidence = null, ResolutionRequest? Resolution = null) : DecisionRequest;

/// <param name="Agreement">The cooperation agreement, where the gate demands one in force.</param>
/// <param name="Waiver">What leadership waives; left out when nothing is.</param>
public sealed record StartPhaseRequest(Guid Programme, Phase Phase, Guid? Agreement = null, WaiverRequest? Waiver = null) : DecisionRequest;

/// <param name="Agreement">The cooperation agreement, where the gate demands one in force.</param>
/// <param name="Waiver">What leadership waives; left out when nothing is.</param>
public sealed record CompletePhaseRequest(Phase Phase, Guid? Agreement = null, WaiverRequest? Waiver = null) : DecisionRequest;

/// <param name="Criteria">The codes of the criteria that are waived.</param>
public sealed record WaiverRequest(string Reason, ValueList<string> Criteria)
{
    internal Waiver ToWaiver() => new(Reason, Criteria);
}

/// <param name="Months">1 to 36 whole calendar months.</param>
public sealed record ExtendPhaseRequest(Phase Phase, int Months, string Reason) : DecisionRequest;

/// <param name="Version">Newer than the one the municipality is on.</param>
public sealed record MoveToModelRequest(Guid Programme, int Version, string Reason) : DecisionRequest;

/// <param name="Unit">Where in the organisation.</param>
/// <param name="LocalTitle">What the municipality calls the programme leader, when it differs.</param>
/// <param name="Person">Who it is.</param>
public sealed record ProgrammeLeaderRequest(
    string Unit, ProgrammeLeaderPlacement Placement, ProgrammeLeaderOrientation Orientation, string? LocalTitle = null, PersonRequest? Person = null) : DecisionRequest;

/// <param name="Text">The office or unit as the municipality calls it.</param>
/// <param name="Person">Who it is.</param>
public sealed record GroupMemberRequest(string Text, RoleLevel? RoleLevel, PersonRequest? Person = null)
{
    internal static async Task<ValueList<GroupMember>> SealedAsync(ValueList<GroupMemberRequest> members, PersonSealing sealing, Guid command)
    {
        var sealedMembers = new List<GroupMember>();
        foreach (var (place, member) in members.Index())
            sealedMembers.Add(member is null ? null! : new(member.Text, member.RoleLevel, await sealing.SealAsync(command, $"members[{place}].person", member.Person?.Details, member.Person?.Person)));
        return sealedMembers.ToValueList();
    }
}

/// <param name="LocalName">What the municipality calls the group, when it differs.</param>
public sealed record SteeringGroupRequest(ValueList<GroupMemberRequest> Members, string? LocalName = null) : DecisionRequest;

public sealed record ProjectGroupRequest(ProjectGroupModel Model, ValueList<GroupMemberRequest> Members) : DecisionRequest;

public sealed record PreAnalysisRequest(string Supplier) : DecisionRequest;

/// <param name="LocalName">What the municipality calls its goals, when it differs.</param>
public sealed record MainGoalsRequest(ValueList<string> Goals, string? LocalName = null) : DecisionRequest;

/// <param name="Ownership">Political or administrative, for the political dimension; who owns it, for the others.</param>
/// <param name="Representation">Whether politicians take part; for the political dimension.</param>
/// <param name="Statements">What the assessment rests on.</param>
/// <param name="Plans">For the dimension of plans; empty for the others.</param>
public sealed record AnchoringRequest(
    AnchoringDimension Dimension,
    AnchoringLevel Level,
    string? Ownership,
    bool? Representation,
    ValueList<string> Statements,
    ValueList<PlanAnchoring> Plans,
    AnchoringAssessor AssessedBy) : DecisionRequest;
