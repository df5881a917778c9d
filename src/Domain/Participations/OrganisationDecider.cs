using HousingBank.Domain.Vocabulary;
using static HousingBank.Domain.Participations.ParticipationRefusals;

namespace HousingBank.Domain.Participations;

/// <summary>The rules of how the municipality organises its programme, what it aims at, and how it is anchored.</summary>
public static class OrganisationDecider
{
    private const int MostMembers = 1_000;

    public static Decision AppointProgrammeLeader(ParticipationState participation, AppointProgrammeLeader command)
    {
        if ((Fields.Name(command.Unit)
            ?? Fields.Known(command.Placement)
            ?? Fields.Known(command.Orientation)
            ?? Fields.NameIfAny(command.LocalTitle)) is { } wrong)
            return wrong;
        return Record(participation, command, new ProgrammeLeaderAppointed(command.Unit, command.Placement, command.Orientation, command.LocalTitle, command.Person));
    }

    public static Decision AppointSteeringGroup(ParticipationState participation, AppointSteeringGroup command)
    {
        if ((Fields.NotEmpty(command.Members)
            ?? Fields.Each(command.Members, WrongFieldOf)
            ?? Fields.Each(command.OtherCounts, WrongFieldOf)
            ?? Fields.NameIfAny(command.LocalName)) is { } wrong)
            return wrong;
        return Record(participation, command, new SteeringGroupAppointed(command.Members, command.OtherCounts, command.LocalName));
    }

    public static Decision AppointProjectGroup(ParticipationState participation, AppointProjectGroup command)
    {
        var noneIsFixed = command.Model == ProjectGroupModel.NoneStandingInForIt;
        if ((Fields.Known(command.Model)
            ?? (noneIsFixed ? null : Fields.NotEmpty(command.Members))
            ?? Fields.Each(command.Members, WrongFieldOf)) is { } wrong)
            return wrong;
        return Record(participation, command, new ProjectGroupAppointed(command.Model, command.Members));
    }

    public static Decision DeliverPreAnalysis(ParticipationState participation, DeliverPreAnalysis command)
    {
        if (Fields.Name(command.Supplier) is { } wrong)
            return wrong;
        return Record(participation, command, new PreAnalysisDelivered(command.Supplier));
    }

    public static Decision DescribeMainGoals(ParticipationState participation, DescribeMainGoals command)
    {
        if ((Fields.NotEmpty(command.Goals) ?? Fields.Texts(command.Goals, Fields.ReasonLength) ?? Fields.NameIfAny(command.LocalName)) is { } wrong)
            return wrong;
        return Record(participation, command, new MainGoalsDescribed(command.Goals, command.LocalName));
    }

    public static Decision AssessAnchoring(ParticipationState participation, AssessAnchoring command)
    {
        if ((Fields.Known(command.Dimension)
            ?? (command.IsNotDocumented(ParticipationPrerequisites.Level) ? null : Fields.Given(command.Level))
            ?? Fields.Known(command.Level)
            ?? Fields.NameIfAny(command.Ownership)
            ?? (command.Plans.Count > 0 ? null : Fields.NotEmpty(command.Statements))
            ?? Fields.Texts(command.Statements, Fields.ReasonLength)
            ?? Fields.Each(command.Plans, WrongFieldOf)
            ?? Fields.Known(command.AssessedBy)) is { } wrong)
            return wrong;
        if (command.Dimension != AnchoringDimension.Plans && command.Plans.Count > 0)
            return PlansOfAnotherDimension;
        return Record(participation, command, new AnchoringAssessed(
            command.Dimension, command.Level, command.Ownership, command.Representation, command.Statements, command.Plans, command.AssessedBy));
    }

    private static Decision Record(ParticipationState participation, ParticipationCommand command, ParticipationEvent fact) =>
        ParticipationDecider.Record(participation, command, fact with { On = command.On.PlacedFirst(participation.Candidacy?.On.Placed) });

    private static Refusal? WrongFieldOf(GroupMember? member, string field) =>
        member is null
            ? Fields.Given(member, field)
            : Fields.Name(member.Text, field + ".text") ?? Fields.Known(member.RoleLevel, field + ".roleLevel");

    private static Refusal? WrongFieldOf(OtherCount? other, string field) =>
        other is null
            ? Fields.Given(other, field)
            : Fields.Name(other.Source, field + ".source") ?? Fields.Between(other.Count, 0, MostMembers, field + ".count");

    private static Refusal? WrongFieldOf(PlanAnchoring? plan, string field) =>
        plan is null
            ? Fields.Given(plan, field)
            : Fields.Name(plan.Plan, field + ".plan") ?? Fields.Known(plan.Relation, field + ".relation");
}
