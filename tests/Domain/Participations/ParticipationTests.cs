using HousingBank.Domain.Participations;
using HousingBank.Domain.Programmes;
using HousingBank.Domain.Tests.Agreements;
using HousingBank.Domain.Vocabulary;
using static HousingBank.Domain.Participations.ParticipationRefusals;
using static HousingBank.Domain.Tests.Participations.Course;

namespace HousingBank.Domain.Tests.Participations;

public sealed class ParticipationTests
{
    private static readonly StatedDay March = Some.Day(2010, 3, 1);

    private static readonly MeetCriterion ApprovePlan =
        new(Hamar, Some.Programme, Phase.Planning, GateCriteria.ActionPlanApproved, null, CouncilResolution) { On = Some.Day(2010, 3, 20) };

    private static readonly ExtendPhase Extend = new(Hamar, Phase.Planning, 3, "Planen må ut på høring.") { On = March };
    private static readonly SuspendParticipation Suspend = new(Hamar, "Kommunen skifter ledelse.") { On = March };
    private static readonly ResumeParticipation Resume = new(Hamar) { On = Some.Day(2010, 5, 1) };
    private static readonly MoveToFrameworkModel Move = new(Hamar, Some.Programme, 2, "Planleggingen viste seg for kort.") { On = March };
    private static readonly CompletePhase CompletePhaseOut = new(Hamar, Phase.PhaseOut) { On = LastDay };
    private static readonly CompleteParticipation Complete = new(Hamar) { On = LastDay };
    private static readonly WithdrawParticipation Withdraw = new(Hamar, "Ikke kapasitet.") { On = March };
    private static readonly TerminateParticipation Terminate = new(Hamar, "Avtalen er brutt.") { On = March };

    private static readonly PhaseExtended Extended = new(Phase.Planning, 3, "Planen må ut på høring.") { On = new DateOnly(2010, 3, 1) };
    private static readonly ParticipationEnded Withdrawn = new(ParticipationOutcome.Withdrawn, "Ikke kapasitet.") { On = new DateOnly(2010, 3, 1) };
    private static readonly CriterionMet ContinuationPlanAdopted = Met(Phase.PhaseOut, GateCriteria.ContinuationPlanAdopted, new(2015, 2, 1));

    private static readonly FrameworkModelRevised LongerPlanning =
        new(2, Some.Phases.Select(p => p with { LongestMonths = 2 * p.LongestMonths }).ToValueList(), "For kort.") { On = new DateOnly(2010, 2, 1) };

    private static readonly FrameworkModelChanged Moved =
        new(2, Move.Reason, LongerPlanning.Phases.Select(p => new PhaseTerms(p.Phase, p.LongestMonths, p.ShortestMonths, p.Criteria)).ToValueList()) { On = new DateOnly(2010, 3, 1) };

    [Fact]
    public void A_criterion_of_the_gate_is_met() => InPlanning().When(ApprovePlan).Then(ActionPlanApproved);

    [Fact]
    public void A_criterion_is_met_once() => InPlanning(ActionPlanApproved).When(ApprovePlan).ThenNothing();

    [Fact]
    public void A_criterion_belongs_to_the_gate_of_the_phase() =>
        InPlanning().When(ApprovePlan with { Phase = Phase.Implementation }).ThenRefused(CriterionNotInGate);

    [Theory]
    [InlineData(Phase.Preparation, GateCriteria.Admitted)]
    [InlineData(Phase.Planning, GateCriteria.AgreementInForce)]
    [InlineData(Phase.Planning, GateCriteria.ProgrammeLeaderAppointed)]
    [InlineData(Phase.Planning, GateCriteria.SteeringGroupAppointed)]
    [InlineData(Phase.Planning, GateCriteria.ProjectGroupAppointed)]
    [InlineData(Phase.Planning, GateCriteria.PreAnalysisDelivered)]
    public void What_has_a_fact_of_its_own_is_not_met_by_saying_so(Phase phase, string criterion) =>
        InPlanning().When(ApprovePlan with { Phase = phase, Criterion = criterion }).ThenRefused(CriterionHasItsOwnFact);

    [Fact]
    public void The_approval_of_the_action_plan_is_a_resolution() =>
        InPlanning().When(ApprovePlan with { Resolution = null }).ThenRefused(Fields.Missing, "resolution");

    [Fact]
    public void A_resolution_names_its_body() =>
        InPlanning().When(ApprovePlan with { Resolution = CouncilResolution with { Body = "" } }).ThenRefused(Fields.Missing, "resolution.body");

    [Fact]
    public void A_source_may_be_silent_on_the_resolution() =>
        InPlanning()
            .When(ApprovePlan with { Resolution = null, Grounds = Grounds.None with { NotDocumented = [ParticipationPrerequisites.Resolution] } })
            .Then(ActionPlanApproved with { Resolution = null });

    [Fact]
    public void A_criterion_is_met_in_the_municipalitys_own_programme() =>
        InPlanning().When(ApprovePlan with { Programme = new(Guid.Empty) }).ThenRefused(ProgrammeOfAnother);

    [Fact]
    public void A_criterion_can_be_met_before_its_phase_starts() =>
        ContradictionsOf([Opened, PreparationStarted, .. PreparationMet, Admitted, ActionPlanApproved with { On = new DateOnly(2009, 6, 1) }, Started(Phase.Planning, PlanningDay)])
            .ShouldBeEmpty();

    [Fact]
    public void The_current_phase_can_be_extended() => InPlanning().When(Extend).Then(Extended);

    [Fact]
    public void An_extension_is_recorded_once() => InPlanning(Extended).When(Extend).ThenNothing();

    [Fact]
    public void A_phase_can_be_extended_again() =>
        InPlanning(Extended).When(Extend with { On = Some.Day(2010, 6, 1) }).Then(Extended with { On = new DateOnly(2010, 6, 1) });

    [Theory]
    [InlineData(Phase.Preparation)]
    [InlineData(Phase.Implementation)]
    public void Only_the_current_phase_is_extended(Phase phase) => InPlanning().When(Extend with { Phase = phase }).ThenRefused(PhaseNotCurrent);

    [Fact]
    public void An_extension_of_a_phase_that_was_current_on_its_day_can_be_entered_late() =>
        InPlanning(ActionPlanApproved, Started(Phase.Implementation, ImplementationDay)).When(Extend).Then(Extended);

    [Fact]
    public void A_phase_by_the_model_and_the_phase_in_fact_can_both_be_extended()
    {
        var ahead = Started(Phase.Implementation, ImplementationDay, PhaseGround.ByModel, GateCriteria.ActionPlanApproved);
        var later = Some.Day(2010, 12, 10);

        InPlanning(ahead).When(Extend with { On = later }).Then(Extended with { On = later.PlacedFirst() });
        InPlanning(ahead).When(Extend with { On = later, Phase = Phase.Implementation }).Then(Extended with { On = later.PlacedFirst(), Phase = Phase.Implementation });
    }

    [Fact]
    public void A_completed_phase_is_not_extended() =>
        InPlanning(ActionPlanApproved, Completed(Phase.Planning, Some.Day(2010, 3, 21)))
            .When(Extend with { On = Some.Day(2010, 3, 22) })
            .ThenRefused(PhaseIsCompleted);

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    [InlineData(37)]
    public void An_extension_is_one_to_thirty_six_months(int months) =>
        InPlanning().When(Extend with { Months = months }).ThenRefused(Fields.OutOfRange, "months");

    [Fact]
    public void An_extension_has_a_reason() => InPlanning().When(Extend with { Reason = "" }).ThenRefused(Fields.Missing, "reason");

    [Fact]
    public void An_extension_of_a_phase_that_starts_later_contradicts_the_start() =>
        ContradictionsOf([Opened, PreparationStarted, .. PreparationMet, Admitted, Extended with { On = new DateOnly(2009, 10, 20) }, Started(Phase.Planning, PlanningDay)])
            .ShouldBe([PhaseNotCurrent.Code]);

    [Fact]
    public void A_participation_can_be_suspended() => InPlanning().When(Suspend).Then(Suspended(new(2010, 3, 1)));

    [Fact]
    public void A_suspension_is_recorded_once() => InPlanning(Suspended(new(2010, 3, 1))).When(Suspend).ThenNothing();

    [Fact]
    public void What_is_suspended_cannot_be_suspended_again() =>
        InPlanning(Suspended(new(2010, 3, 1))).When(Suspend with { On = Some.Day(2010, 4, 1) }).ThenRefused(ParticipationIsSuspended);

    [Fact]
    public void A_suspension_has_a_reason() => InPlanning().When(Suspend with { Reason = " " }).ThenRefused(Fields.Missing, "reason");

    [Fact]
    public void A_suspended_participation_can_be_resumed() =>
        InPlanning(Suspended(new(2010, 3, 1))).When(Resume).Then(Resumed(new(2010, 5, 1)));

    [Fact]
    public void A_resumption_is_recorded_once() =>
        InPlanning(Suspended(new(2010, 3, 1)), Resumed(new(2010, 5, 1))).When(Resume).ThenNothing();

    [Fact]
    public void What_is_not_suspended_cannot_be_resumed() => InPlanning().When(Resume).ThenRefused(ParticipationNotSuspended);

    [Fact]
    public void What_is_suspended_is_not_resumed_before_that() =>
        InPlanning(Suspended(new(2010, 6, 1))).When(Resume).ThenRefused(ParticipationNotSuspended);

    [Fact]
    public void A_resumed_participation_can_be_suspended_again() =>
        InPlanning(Suspended(new(2010, 1, 1)), Resumed(new(2010, 2, 1))).When(Suspend).Then(Suspended(new(2010, 3, 1)));

    [Fact]
    public void A_decision_moves_a_municipality_to_a_newer_version_of_the_model() =>
        InPlanning().And(Some.Programme.Stream, LongerPlanning).When(Move).Then(Moved);

    [Fact]
    public void A_move_is_recorded_once() => InPlanning(Moved).And(Some.Programme.Stream, LongerPlanning).When(Move).ThenNothing();

    [Fact]
    public void A_municipality_does_not_move_back() =>
        InPlanning(Moved).And(Some.Programme.Stream, LongerPlanning).When(Move with { Version = 1 }).ThenRefused(ModelVersionNotNewer);

    [Fact]
    public void A_version_that_nobody_adopted_is_refused() => InPlanning().When(Move).ThenRefused(ModelVersionUnknown);

    [Fact]
    public void A_move_has_a_reason() =>
        InPlanning().And(Some.Programme.Stream, LongerPlanning).When(Move with { Reason = "" }).ThenRefused(Fields.Missing, "reason");

    [Fact]
    public void A_move_is_within_the_municipalitys_own_programme() =>
        InPlanning().When(Move with { Programme = new(Guid.Empty) }).ThenRefused(ProgrammeOfAnother);

    [Fact]
    public void After_a_move_the_new_version_rules_the_phases_under_way()
    {
        var moved = new ParticipationEvent[] { Opened, PreparationStarted, Admitted, Started(Phase.Planning, PlanningDay), Moved }
            .Aggregate(ParticipationState.Initial, ParticipationState.Evolve);

        moved.ModelVersion.ShouldBe(2);
        moved.CurrentPhase!.Terms.LongestMonths.ShouldBe(12);
        moved.Phases[0].Terms.LongestMonths.ShouldBe(3);
    }

    [Fact]
    public void The_last_phase_is_completed_when_its_gate_is_met() =>
        InPhaseOut(ContinuationPlanAdopted).When(CompletePhaseOut).Then(Completed(Phase.PhaseOut, LastDay));

    [Fact]
    public void A_completion_is_recorded_once() =>
        InPhaseOut(ContinuationPlanAdopted, Completed(Phase.PhaseOut, LastDay)).When(CompletePhaseOut).ThenNothing();

    [Fact]
    public void A_phase_is_completed_on_one_day() =>
        InPhaseOut(ContinuationPlanAdopted, Completed(Phase.PhaseOut, LastDay))
            .When(CompletePhaseOut with { On = Some.Day(2015, 5, 1) })
            .ThenRefused(PhaseIsCompleted);

    [Fact]
    public void A_phase_whose_gate_is_not_met_is_not_completed() => InPhaseOut().When(CompletePhaseOut).ThenRefused(GateNotMet);

    [Fact]
    public void Leadership_may_waive_what_completion_lacks() =>
        InPhaseOut().When(CompletePhaseOut with { Waiver = new("Fordi.", [GateCriteria.ContinuationPlanAdopted]) }).Then(
            Completed(Phase.PhaseOut, LastDay) with
            {
                Ground = PhaseGround.Waived,
                CriteriaNotMet = [GateCriteria.ContinuationPlanAdopted],
                WaiverReason = "Fordi.",
            });

    [Fact]
    public void A_waiver_speaks_of_the_gate_of_the_completed_phase() =>
        InPhaseOut().When(CompletePhaseOut with { Waiver = new("Fordi.", [GateCriteria.Admitted]) }).ThenRefused(WaivedCriterionNotInGate);

    [Fact]
    public void Another_phase_than_the_current_is_not_completed() =>
        InPhaseOut(ContinuationPlanAdopted).When(CompletePhaseOut with { Phase = Phase.Implementation }).ThenRefused(PhaseNotCurrent);

    [Fact]
    public void Planning_can_be_completed_with_its_agreement_before_implementation_starts() =>
        InPlanning(ActionPlanApproved)
            .When(new CompletePhase(Hamar, Phase.Planning, SomeAgreement.Id) { On = ImplementationDay })
            .Then(Completed(Phase.Planning, ImplementationDay) with { Agreement = SomeAgreement.Id });

    [Fact]
    public void The_agreement_of_a_completion_is_this_municipalitys() =>
        EarlyInPlanning()
            .And(SomeAgreement.Id.Stream, SomeAgreement.Drafted with { Participation = Moss })
            .When(new CompletePhase(Hamar, Phase.Planning, SomeAgreement.Id) { On = ImplementationDay })
            .ThenRefused(AgreementOfAnother);

    [Fact]
    public void A_suspended_participation_completes_no_phase() =>
        InPhaseOut(ContinuationPlanAdopted, Suspended(new(2015, 3, 1))).When(CompletePhaseOut).ThenRefused(ParticipationIsSuspended);

    [Fact]
    public void A_participation_is_completed_after_its_last_phase() =>
        InPhaseOut(ContinuationPlanAdopted, Completed(Phase.PhaseOut, LastDay))
            .When(Complete)
            .Then(new ParticipationEnded(ParticipationOutcome.Completed, null) { On = LastDay.PlacedLast() });

    [Fact]
    public void A_participation_whose_last_phase_is_not_completed_is_not_completed() =>
        InPhaseOut(ContinuationPlanAdopted).When(Complete).ThenRefused(LastPhaseNotCompleted);

    [Fact]
    public void A_participation_is_not_completed_from_an_earlier_phase() =>
        InPlanning(ActionPlanApproved, Completed(Phase.Planning, ImplementationDay) with { Agreement = SomeAgreement.Id })
            .When(Complete)
            .ThenRefused(LastPhaseNotCompleted);

    [Fact]
    public void A_municipality_can_withdraw() => InPlanning().When(Withdraw).Then(Withdrawn);

    [Fact]
    public void A_withdrawal_is_recorded_once() => InPlanning(Withdrawn).When(Withdraw).ThenNothing();

    [Fact]
    public void The_bank_can_terminate() =>
        InPlanning().When(Terminate).Then(new ParticipationEnded(ParticipationOutcome.Terminated, "Avtalen er brutt.") { On = March.PlacedLast() });

    [Fact]
    public void A_termination_is_recorded_once() =>
        InPlanning(new ParticipationEnded(ParticipationOutcome.Terminated, "Avtalen er brutt.") { On = March.PlacedLast() }).When(Terminate).ThenNothing();

    [Fact]
    public void A_participation_ends_once() => InPlanning(Withdrawn).When(Terminate with { On = Some.Day(2010, 2, 1) }).ThenRefused(ParticipationHasEnded);

    [Fact]
    public void A_candidate_has_no_participation_to_withdraw_from() => Candidate().When(Withdraw).ThenRefused(NotAdmitted);

    [Fact]
    public void A_withdrawal_has_a_reason() => InPlanning().When(Withdraw with { Reason = null }).ThenRefused(Fields.Missing, "reason");

    [Fact]
    public void A_termination_has_a_reason() => InPlanning().When(Terminate with { Reason = "" }).ThenRefused(Fields.Missing, "reason");

    [Fact]
    public void A_source_may_be_silent_on_the_reason() =>
        InPlanning()
            .When(Withdraw with { Reason = null, Grounds = Grounds.None with { NotDocumented = [ParticipationPrerequisites.Reason] } })
            .Then(Withdrawn with { Reason = null });

    [Fact]
    public void An_inexact_end_is_placed_on_its_last_day() =>
        InPlanning().When(Withdraw with { On = StatedDay.From(new(2010, 1, 1), DayPrecision.Year) })
            .Then(Withdrawn with { On = new(new(2010, 12, 31), StatedDay.From(new(2010, 1, 1), DayPrecision.Year)) });

    [Fact]
    public void What_happened_before_the_end_can_be_entered_after_it() =>
        InPlanning(Withdrawn).When(Extend with { On = Some.Day(2010, 2, 1) }).Then(Extended with { On = new DateOnly(2010, 2, 1) });
}
