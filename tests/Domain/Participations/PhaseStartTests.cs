using HousingBank.Domain.Agreements;
using HousingBank.Domain.Participations;
using HousingBank.Domain.Programmes;
using HousingBank.Domain.Tests.Agreements;
using HousingBank.Domain.Vocabulary;
using static HousingBank.Domain.Participations.ParticipationRefusals;
using static HousingBank.Domain.Tests.Participations.Course;

namespace HousingBank.Domain.Tests.Participations;

public sealed class PhaseStartTests
{
    private static readonly Grounds FromSource = Grounds.None with { Basis = new(BasisKind.Source, "delrapport 2010, 2.2.4") };

    private static readonly StartPhase StartPlanning = new(Hamar, Some.Programme, Phase.Planning) { On = PlanningDay };

    private static readonly StartPhase StartImplementation =
        new(Hamar, Some.Programme, Phase.Implementation, SomeAgreement.Id) { On = ImplementationDay };

    private static readonly Waiver WithoutActionPlan = new("Planen behandles i juni.", [GateCriteria.ActionPlanApproved]);

    [Fact]
    public void The_next_phase_starts_when_all_that_the_gate_demands_is_met() =>
        InPlanning(ActionPlanApproved).When(StartImplementation).Then(Started(Phase.Implementation, ImplementationDay));

    [Fact]
    public void A_start_is_recorded_once() =>
        InPlanning(ActionPlanApproved, Started(Phase.Implementation, ImplementationDay)).When(StartImplementation).ThenNothing();

    [Fact]
    public void A_started_phase_cannot_start_on_another_day() =>
        InPlanning(ActionPlanApproved, Started(Phase.Implementation, ImplementationDay))
            .When(StartImplementation with { On = Some.Day(2010, 5, 1) })
            .ThenRefused(PhaseOutOfOrder);

    [Fact]
    public void A_gate_that_is_not_met_refuses_and_names_what_is_missing()
    {
        var answer = EarlyInPlanning(LeaderAppointed, PreAnalysis).When(StartImplementation with { Agreement = null });

        answer.ThenRefused(GateNotMet);
        answer.Decision.ShouldBeOfType<Decision.Refused>().Reason.Values.Values["missing"]
            .ShouldBe("agreementInForce, steeringGroupAppointed, projectGroupAppointed, actionPlanApproved");
    }

    [Fact]
    public void Leadership_may_waive_what_is_missing() =>
        InPlanning().When(StartImplementation with { Waiver = WithoutActionPlan }).Then(
            Started(Phase.Implementation, ImplementationDay, PhaseGround.Waived, GateCriteria.ActionPlanApproved) with
            {
                WaiverReason = WithoutActionPlan.Reason,
            });

    [Fact]
    public void A_waiver_of_something_else_does_not_open_the_gate() =>
        InPlanning().When(StartImplementation with { Waiver = new("Fordi.", [GateCriteria.PreAnalysisDelivered]) }).ThenRefused(GateNotMet);

    [Fact]
    public void What_was_met_is_not_recorded_as_waived() =>
        InPlanning(ActionPlanApproved)
            .When(StartImplementation with { Waiver = WithoutActionPlan })
            .Then(Started(Phase.Implementation, ImplementationDay));

    [Fact]
    public void A_waiver_names_a_reason() =>
        InPlanning().When(StartImplementation with { Waiver = WithoutActionPlan with { Reason = " " } }).ThenRefused(Fields.Missing, "waiver.reason");

    [Fact]
    public void A_waiver_names_what_it_waives() =>
        InPlanning().When(StartImplementation with { Waiver = WithoutActionPlan with { Criteria = [] } }).ThenRefused(Fields.Missing, "waiver.criteria");

    [Fact]
    public void A_waiver_speaks_of_the_gate_that_is_passed() =>
        InPlanning()
            .When(StartImplementation with { Waiver = new("Fordi.", [GateCriteria.ActionPlanApproved, GateCriteria.ContinuationPlanAdopted]) })
            .ThenRefused(WaivedCriterionNotInGate);

    [Fact]
    public void A_candidate_cannot_start_planning() => Candidate(PreparationMet).When(StartPlanning).ThenRefused(NotAdmitted);

    [Fact]
    public void No_waiver_makes_a_candidate_a_participant() =>
        Candidate(PreparationMet)
            .When(StartPlanning with { Waiver = new("Fordi.", [GateCriteria.Admitted]) })
            .ThenRefused(NotAdmitted);

    [Fact]
    public void Planning_does_not_start_before_the_day_of_admission() =>
        Participant().When(StartPlanning with { On = Some.Day(2009, 10, 14) }).ThenRefused(NotAdmitted);

    [Fact]
    public void A_source_that_is_silent_on_the_admission_lets_planning_start() =>
        Candidate(PreparationMet)
            .When(StartPlanning with { Grounds = FromSource with { NotDocumented = [ParticipationPrerequisites.Criterion(GateCriteria.Admitted)] } })
            .Then(Started(Phase.Planning, PlanningDay) with { NotDocumentedCriteria = [GateCriteria.Admitted] });

    [Fact]
    public void What_a_source_is_silent_on_stays_told_as_not_documented() =>
        EarlyInPlanning(LeaderAppointed, SteeringGroup, ProjectGroup, ActionPlanApproved)
            .When(StartImplementation with
            {
                Agreement = null,
                Grounds = FromSource with
                {
                    NotDocumented =
                    [
                        ParticipationPrerequisites.Criterion(GateCriteria.PreAnalysisDelivered),
                        ParticipationPrerequisites.Criterion(GateCriteria.AgreementInForce),
                    ],
                },
            })
            .Then(Started(Phase.Implementation, ImplementationDay) with
            {
                NotDocumentedCriteria = [GateCriteria.AgreementInForce, GateCriteria.PreAnalysisDelivered],
                Agreement = null,
            });

    [Fact]
    public void A_source_can_tell_of_a_phase_by_the_model_though_the_gate_was_not_met() =>
        InPlanning().When(StartImplementation with { ByModel = true, Grounds = FromSource }).Then(ImplementationByModel());

    [Fact]
    public void A_source_that_goes_by_the_model_though_the_gate_was_met_tells_of_a_start_in_fact() =>
        InPlanning(ActionPlanApproved)
            .When(StartImplementation with { ByModel = true, Grounds = FromSource })
            .Then(Started(Phase.Implementation, ImplementationDay));

    [Fact]
    public void Live_no_phase_starts_by_the_model_alone() =>
        InPlanning().When(StartImplementation with { ByModel = true }).ThenRefused(ByModelOnlyFromSource);

    [Fact]
    public void A_start_by_the_model_is_recorded_once() =>
        InPlanning(ImplementationByModel()).When(StartImplementation with { ByModel = true, Grounds = FromSource }).ThenNothing();

    [Fact]
    public void A_phase_that_started_by_the_model_starts_in_fact_when_its_gate_is_met() =>
        InPlanning(ImplementationByModel(), ActionPlanApproved with { On = new DateOnly(2011, 2, 1) })
            .When(StartImplementation with { On = Some.Day(2011, 3, 1) })
            .Then(Started(Phase.Implementation, Some.Day(2011, 3, 1)));

    [Fact]
    public void After_a_phase_by_the_model_the_next_in_fact_is_that_same_phase() =>
        InPlanning(ImplementationByModel())
            .When(StartImplementation with { Phase = Phase.PhaseOut, On = Some.Day(2013, 8, 1) })
            .ThenRefused(PhaseOutOfOrder);

    [Fact]
    public void A_source_can_tell_of_several_phases_by_the_model() =>
        InPlanning(ImplementationByModel())
            .When(StartImplementation with { Phase = Phase.PhaseOut, On = Some.Day(2013, 8, 1), ByModel = true, Grounds = FromSource })
            .Then(Started(Phase.PhaseOut, Some.Day(2013, 8, 1), PhaseGround.ByModel, GateCriteria.ActionPlanRevised, GateCriteria.MeasuresCarriedOutOrDropped));

    [Theory]
    [InlineData(Phase.Preparation)]
    [InlineData(Phase.Planning)]
    [InlineData(Phase.PhaseOut)]
    public void Phases_come_in_the_order_of_the_model(Phase phase) =>
        InPlanning(ActionPlanApproved).When(StartImplementation with { Phase = phase }).ThenRefused(PhaseOutOfOrder);

    [Fact]
    public void A_phase_does_not_start_before_the_one_it_follows() =>
        InPlanning(ActionPlanApproved).When(StartImplementation with { On = Some.Day(2009, 10, 31) }).ThenRefused(PhaseStartsBeforeThePrevious);

    [Fact]
    public void What_is_met_later_is_not_met_on_the_day_of_the_start() =>
        InPlanning(ActionPlanApproved with { On = new DateOnly(2010, 4, 2) }).When(StartImplementation).ThenRefused(GateNotMet);

    [Fact]
    public void An_agreement_is_in_force_from_the_later_signature() =>
        EarlyInPlanning(LeaderAppointed, SteeringGroup, ProjectGroup, PreAnalysis, ActionPlanApproved)
            .And(SomeAgreement.Id.Stream, SomeAgreement.Drafted, SomeAgreement.SignedByBank, SomeAgreement.SignedByMunicipality with { On = new DateOnly(2010, 4, 2) })
            .When(StartImplementation)
            .ThenRefused(GateNotMet);

    [Fact]
    public void An_agreement_that_has_ended_is_not_in_force() =>
        InPlanning(ActionPlanApproved)
            .And(SomeAgreement.Id.Stream, new AgreementEnded("Sagt opp.", null) { On = new DateOnly(2010, 3, 31) })
            .When(StartImplementation)
            .ThenRefused(GateNotMet);

    [Fact]
    public void An_agreement_that_a_source_speaks_of_as_in_force_will_do() =>
        EarlyInPlanning(LeaderAppointed, SteeringGroup, ProjectGroup, PreAnalysis, ActionPlanApproved)
            .And(SomeAgreement.Id.Stream, SomeAgreement.Drafted, new AgreementReportedInForce { On = new DateOnly(2009, 12, 1) })
            .When(StartImplementation)
            .Then(Started(Phase.Implementation, ImplementationDay));

    [Fact]
    public void The_agreement_is_this_municipalitys() =>
        EarlyInPlanning()
            .And(SomeAgreement.Id.Stream, SomeAgreement.Drafted with { Participation = Moss })
            .When(StartImplementation)
            .ThenRefused(AgreementOfAnother);

    [Fact]
    public void An_agreement_that_is_not_there_is_unknown() =>
        EarlyInPlanning().When(StartImplementation).ThenRefused(AgreementRefusals.AgreementUnknown);

    [Fact]
    public void The_programme_is_this_municipalitys() =>
        EarlyInPlanning().When(StartImplementation with { Programme = new(Guid.Empty), Agreement = null }).ThenRefused(ProgrammeOfAnother);

    [Fact]
    public void A_suspended_municipality_starts_no_phase() =>
        InPlanning(ActionPlanApproved, Suspended(new(2010, 4, 1))).When(StartImplementation).ThenRefused(ParticipationIsSuspended);

    [Fact]
    public void A_municipality_that_is_not_there_starts_nothing() => Scenario.Nothing.When(StartPlanning).ThenRefused(ParticipationUnknown);

    [Fact]
    public void A_phase_that_is_none_of_the_four_is_refused() =>
        InPlanning().When(StartImplementation with { Phase = (Phase)9 }).ThenRefused(Fields.UnknownValue, "phase");

    [Fact]
    public void What_was_waived_when_the_phase_was_completed_need_not_be_waived_again() =>
        InPlanning(Completed(Phase.Planning, Some.Day(2010, 3, 1)) with
        {
            Ground = PhaseGround.Waived,
            CriteriaNotMet = [GateCriteria.ActionPlanApproved],
            WaiverReason = "Fordi.",
            Agreement = SomeAgreement.Id,
        })
            .When(StartImplementation)
            .Then(Started(Phase.Implementation, ImplementationDay, PhaseGround.Waived, GateCriteria.ActionPlanApproved) with { WaiverReason = "Fordi." });

    [Fact]
    public void The_agreement_a_completion_rested_on_need_not_be_given_again() =>
        InPlanning(ActionPlanApproved, Completed(Phase.Planning, Some.Day(2010, 3, 21)) with { Agreement = SomeAgreement.Id })
            .When(StartImplementation with { Agreement = null })
            .Then(Started(Phase.Implementation, ImplementationDay));

    [Fact]
    public void A_criterion_met_in_another_phase_does_not_open_this_gate() =>
        InPlanning(ActionPlanApproved with { Phase = Phase.Implementation }).When(StartImplementation).ThenRefused(GateNotMet);

    [Fact]
    public void An_inexact_start_is_placed_where_its_gate_was_met()
    {
        var spring = StatedDay.From(new(2010, 3, 1), DayPrecision.Season);

        InPlanning(ActionPlanApproved).When(StartImplementation with { On = spring }).Then(
            Started(Phase.Implementation, ImplementationDay) with { On = new(new(2010, 3, 20), spring) });
    }

    [Fact]
    public void A_municipality_starts_by_the_version_of_the_model_it_is_on() =>
        InPlanning(ActionPlanApproved)
            .And(Some.Programme.Stream, new FrameworkModelRevised(2, Some.Phases.Select(p => p with { LongestMonths = 1 }).ToValueList(), "For lang.") { On = new DateOnly(2010, 1, 1) })
            .When(StartImplementation)
            .Then(Started(Phase.Implementation, ImplementationDay));

    [Fact]
    public void An_approval_moved_past_the_start_contradicts_it() =>
        ContradictionsOf(
        [
            Opened, PreparationStarted, .. PreparationMet, Admitted, Started(Phase.Planning, PlanningDay),
            LeaderAppointed, SteeringGroup, ProjectGroup, PreAnalysis,
            Started(Phase.Implementation, ImplementationDay), ActionPlanApproved with { On = new DateOnly(2010, 6, 1) },
        ]).ShouldBe([GateNotMet.Code]);

    [Fact]
    public void A_start_entered_late_before_the_one_it_follows_contradicts_both() =>
        ContradictionsOf(Opened, PreparationStarted, Admitted with { On = Some.OpeningDay }, Started(Phase.Planning, PlanningDay, PhaseGround.Waived, [.. GateCriteria.Leaving(Phase.Preparation)]),
            Started(Phase.Implementation, Some.Day(2009, 10, 20), PhaseGround.Waived, [.. GateCriteria.Leaving(Phase.Planning)]))
            .ShouldBe([PhaseOutOfOrder.Code, PhaseOutOfOrder.Code]);

    private static PhaseStarted ImplementationByModel() =>
        Started(Phase.Implementation, ImplementationDay, PhaseGround.ByModel, GateCriteria.ActionPlanApproved);
}
