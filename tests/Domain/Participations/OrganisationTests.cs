using HousingBank.Domain.Participations;
using HousingBank.Domain.Vocabulary;
using static HousingBank.Domain.Participations.ParticipationRefusals;
using static HousingBank.Domain.Tests.Participations.Course;

namespace HousingBank.Domain.Tests.Participations;

public sealed class OrganisationTests
{
    private static readonly AppointProgrammeLeader AppointLeader =
        new(Hamar, "Strategiavdeling", ProgrammeLeaderPlacement.StrategicUnit, ProgrammeLeaderOrientation.SteeringGroup) { On = Some.Day(2009, 12, 1) };

    private static readonly AppointSteeringGroup AppointSteeringGroup = new(Hamar, [new("rådmann", RoleLevel.ChiefExecutive)]) { On = Some.Day(2009, 12, 2) };

    private static readonly AppointProjectGroup AppointProjectGroup =
        new(Hamar, ProjectGroupModel.NoneStandingInForIt, [new("arbeidsmøter", null)]) { On = Some.Day(2009, 12, 3) };

    private static readonly DeliverPreAnalysis Deliver = new(Hamar, "NOVA") { On = Some.Day(2010, 1, 20) };
    private static readonly DescribeMainGoals Describe = new(Hamar, ["boligtilbud", "kompetanse"], "satsingsområder") { On = Some.Day(2010, 2, 1) };

    private static readonly AssessAnchoring Assess = new(
        Hamar, AnchoringDimension.Political, AnchoringLevel.Partial, "political", false, ["politisk eierskap"], [], AnchoringAssessor.Evaluator)
    { On = Some.Day(2010, 12, 10) };

    private static readonly AssessAnchoring AssessPlans = Assess with
    {
        Dimension = AnchoringDimension.Plans,
        Ownership = null,
        Representation = null,
        Statements = [],
        Plans = [new("Boligplan 2010–2013", PlanRelation.ImplementationPlanOf)],
    };

    private static readonly MainGoalsDescribed Described = new(["boligtilbud", "kompetanse"], "satsingsområder") { On = new DateOnly(2010, 2, 1) };

    private static readonly AnchoringAssessed Assessed =
        new(AnchoringDimension.Political, AnchoringLevel.Partial, "political", false, ["politisk eierskap"], [], AnchoringAssessor.Evaluator) { On = new DateOnly(2010, 12, 10) };

    [Fact]
    public void A_programme_leader_is_appointed() => EarlyInPlanning().When(AppointLeader).Then(LeaderAppointed);

    [Fact]
    public void An_appointment_is_recorded_once() => EarlyInPlanning(LeaderAppointed).When(AppointLeader).ThenNothing();

    [Fact]
    public void Another_programme_leader_stands_beside_the_first_in_history() =>
        EarlyInPlanning(LeaderAppointed)
            .When(AppointLeader with { Unit = "NAV", On = Some.Day(2010, 9, 1) })
            .Then(LeaderAppointed with { Unit = "NAV", On = new DateOnly(2010, 9, 1) });

    [Fact]
    public void A_programme_leader_sits_somewhere() => EarlyInPlanning().When(AppointLeader with { Unit = " " }).ThenRefused(Fields.Missing, "unit");

    [Fact]
    public void A_placement_is_one_of_the_known() =>
        EarlyInPlanning().When(AppointLeader with { Placement = (ProgrammeLeaderPlacement)7 }).ThenRefused(Fields.UnknownValue, "placement");

    [Fact]
    public void An_orientation_is_one_of_the_known() =>
        EarlyInPlanning().When(AppointLeader with { Orientation = (ProgrammeLeaderOrientation)7 }).ThenRefused(Fields.UnknownValue, "orientation");

    [Fact]
    public void A_local_title_is_not_blank() =>
        EarlyInPlanning().When(AppointLeader with { LocalTitle = "" }).ThenRefused(Fields.Missing, "localTitle");

    [Fact]
    public void A_steering_group_is_appointed() => EarlyInPlanning().When(AppointSteeringGroup).Then(SteeringGroup);

    [Fact]
    public void A_steering_group_is_recorded_once() => EarlyInPlanning(SteeringGroup).When(AppointSteeringGroup).ThenNothing();

    [Fact]
    public void A_steering_group_has_members() =>
        EarlyInPlanning().When(AppointSteeringGroup with { Members = [] }).ThenRefused(Fields.Missing, "members");

    [Fact]
    public void A_member_is_named_by_office() =>
        EarlyInPlanning().When(AppointSteeringGroup with { Members = [new("rådmann", null), new("", null)] }).ThenRefused(Fields.Missing, "members[1].text");

    [Fact]
    public void A_role_level_is_one_of_the_known() =>
        EarlyInPlanning().When(AppointSteeringGroup with { Members = [new("rådmann", (RoleLevel)99)] }).ThenRefused(Fields.UnknownValue, "members[0].roleLevel");

    [Fact]
    public void What_sources_count_differently_is_kept() =>
        EarlyInPlanning()
            .When(AppointSteeringGroup with { OtherCounts = [new("table1", 6), new("slide", 7)] })
            .Then(SteeringGroup with { OtherCounts = [new("table1", 6), new("slide", 7)] });

    [Fact]
    public void A_count_is_not_negative() =>
        EarlyInPlanning().When(AppointSteeringGroup with { OtherCounts = [new("table1", -1)] }).ThenRefused(Fields.OutOfRange, "otherCounts[0].count");

    [Fact]
    public void A_body_that_stands_in_place_of_the_project_group_is_appointed() =>
        EarlyInPlanning().When(AppointProjectGroup).Then(ProjectGroup);

    [Fact]
    public void A_project_group_is_recorded_once() => EarlyInPlanning(ProjectGroup).When(AppointProjectGroup).ThenNothing();

    [Fact]
    public void A_fixed_project_group_has_members() =>
        EarlyInPlanning().When(AppointProjectGroup with { Model = ProjectGroupModel.FixedGroup, Members = [] }).ThenRefused(Fields.Missing, "members");

    [Fact]
    public void A_project_groups_model_is_one_of_the_known() =>
        EarlyInPlanning().When(AppointProjectGroup with { Model = (ProjectGroupModel)5 }).ThenRefused(Fields.UnknownValue, "model");

    [Fact]
    public void A_pre_analysis_is_delivered() => EarlyInPlanning().When(Deliver).Then(PreAnalysis);

    [Fact]
    public void A_delivery_is_recorded_once() => EarlyInPlanning(PreAnalysis).When(Deliver).ThenNothing();

    [Fact]
    public void A_pre_analysis_has_a_supplier() => EarlyInPlanning().When(Deliver with { Supplier = "" }).ThenRefused(Fields.Missing, "supplier");

    [Fact]
    public void Main_goals_are_described() => EarlyInPlanning().When(Describe).Then(Described);

    [Fact]
    public void Main_goals_are_recorded_once() => EarlyInPlanning(Described).When(Describe).ThenNothing();

    [Fact]
    public void Main_goals_are_at_least_one() => EarlyInPlanning().When(Describe with { Goals = [] }).ThenRefused(Fields.Missing, "goals");

    [Fact]
    public void No_main_goal_is_given_twice() =>
        EarlyInPlanning().When(Describe with { Goals = ["boligtilbud", "boligtilbud"] }).ThenRefused(Fields.Repeated, "goals");

    [Fact]
    public void Anchoring_is_assessed() => InPlanning().When(Assess).Then(Assessed);

    [Fact]
    public void An_assessment_is_recorded_once() => InPlanning(Assessed).When(Assess).ThenNothing();

    [Fact]
    public void A_later_assessment_never_overwrites_an_earlier_one()
    {
        var later = Assessed with { Level = AnchoringLevel.Strong, On = new DateOnly(2011, 12, 10) };

        InPlanning(Assessed).When(Assess with { Level = AnchoringLevel.Strong, On = Some.Day(2011, 12, 10) }).Then(later);
        new ParticipationEvent[] { Opened, Assessed, later }.Aggregate(ParticipationState.Initial, ParticipationState.Evolve)
            .Facts.OfType<AnchoringAssessed>().ShouldBe([Assessed, later]);
    }

    [Fact]
    public void Two_assessors_can_see_the_same_day_differently() =>
        InPlanning(Assessed)
            .When(Assess with { Level = AnchoringLevel.Weak, AssessedBy = AnchoringAssessor.Municipality })
            .Then(Assessed with { Level = AnchoringLevel.Weak, AssessedBy = AnchoringAssessor.Municipality });

    [Fact]
    public void An_assessment_has_a_level() => InPlanning().When(Assess with { Level = null }).ThenRefused(Fields.Missing, "level");

    [Fact]
    public void A_source_may_be_silent_on_the_level() =>
        InPlanning()
            .When(Assess with { Level = null, Grounds = Grounds.None with { NotDocumented = [ParticipationPrerequisites.Level] } })
            .Then(Assessed with { Level = null });

    [Fact]
    public void A_level_is_one_of_the_known() =>
        InPlanning().When(Assess with { Level = (AnchoringLevel)8 }).ThenRefused(Fields.UnknownValue, "level");

    [Fact]
    public void A_dimension_is_one_of_the_known() =>
        InPlanning().When(Assess with { Dimension = (AnchoringDimension)8 }).ThenRefused(Fields.UnknownValue, "dimension");

    [Fact]
    public void An_assessor_is_one_of_the_known() =>
        InPlanning().When(Assess with { AssessedBy = (AnchoringAssessor)8 }).ThenRefused(Fields.UnknownValue, "assessedBy");

    [Fact]
    public void An_assessment_has_reasons() => InPlanning().When(Assess with { Statements = [] }).ThenRefused(Fields.Missing, "statements");

    [Fact]
    public void Plans_are_reason_enough_for_the_anchoring_in_plans() =>
        InPlanning().When(AssessPlans).Then(Assessed with
        {
            Dimension = AnchoringDimension.Plans,
            Ownership = null,
            Representation = null,
            Statements = [],
            Plans = AssessPlans.Plans,
        });

    [Fact]
    public void Plans_belong_to_the_dimension_of_plans() =>
        InPlanning().When(Assess with { Plans = AssessPlans.Plans }).ThenRefused(PlansOfAnotherDimension);

    [Fact]
    public void A_plan_has_a_name() =>
        InPlanning().When(AssessPlans with { Plans = [new("", PlanRelation.Planned)] }).ThenRefused(Fields.Missing, "plans[0].plan");

    [Fact]
    public void A_relation_to_a_plan_is_one_of_the_known() =>
        InPlanning().When(AssessPlans with { Plans = [new("kommuneplan", (PlanRelation)50)] }).ThenRefused(Fields.UnknownValue, "plans[0].relation");
}
