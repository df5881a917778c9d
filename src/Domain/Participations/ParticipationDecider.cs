using HousingBank.Domain.Agreements;
using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Programmes;
using HousingBank.Domain.Vocabulary;
using static HousingBank.Domain.Participations.ParticipationRefusals;

namespace HousingBank.Domain.Participations;

/// <summary>The rules of a municipality's course through the programme. Whether a phase can start stands in <see cref="PhaseStart"/>.</summary>
public static class ParticipationDecider
{
    private const int LongestExtension = 36;

    public static Decision OpenCandidacy(ParticipationState participation, ProgrammeState programme, IntakeRoundState round, OpenCandidacy command)
    {
        if (Fields.Name(command.Municipality.Key, "municipality") is { } wrong)
            return wrong;
        if (participation.Candidacy is not null)
            return Decision.Nothing;
        if (round.Opened is not { } opened)
            return IntakeRoundRefusals.RoundUnknown;
        if (opened.Programme != command.Programme)
            return ProgrammeOfAnother;
        if (programme.CurrentModel is not { } model)
            return ProgrammeRefusals.FrameworkModelMissing;
        if (round.MayApplyFrom(command.Municipality) is not { } mayApplyFrom)
            return IntakeRoundRefusals.MunicipalityNotInvited;

        var day = command.On.PlacedFirst(mayApplyFrom);
        if (day.Placed < mayApplyFrom)
            return IntakeRoundRefusals.MunicipalityNotInvited;
        var preparation = model.Of(Phase.Preparation);
        return Decision.Record(
            command.Participation.Stream,
            new CandidacyOpened(command.Programme, command.Round, opened.Number, command.Municipality, model.Version) { On = day },
            new PhaseStarted(
                Phase.Preparation, preparation.LongestMonths, preparation.ShortestMonths, preparation.Criteria, PhaseGround.GateMet, [], null, [], null)
            { On = day });
    }

    public static Decision Admit(ParticipationState participation, IntakeRoundState round, AdmitParticipant command)
    {
        var admitted = new ParticipantAdmitted { On = InCourse(participation, command) };
        if (!participation.Remembers(admitted) && !round.Cohort.Contains(command.Municipality))
            return NotInCohort;
        return Record(participation, command, admitted);
    }

    public static Decision EndCandidacy(ParticipationState participation, EndCandidacy command)
    {
        if ((Fields.Known(command.Outcome) ?? Fields.ReasonIfAny(command.Reason)) is { } wrong)
            return wrong;
        return Record(participation, command, new CandidacyEnded(command.Outcome, command.Reason) { On = command.On.PlacedLast() });
    }

    public static Decision MeetCriterion(ParticipationState participation, ProgrammeState programme, MeetCriterion command)
    {
        if ((Fields.Known(command.Phase)
            ?? Fields.Name(command.Criterion)
            ?? Fields.ReasonIfAny(command.Evidence)
            ?? WrongResolution(command)) is { } wrong)
            return wrong;
        if (participation.Candidacy is not { } candidacy)
            return ParticipationUnknown;
        if (candidacy.Programme != command.Programme)
            return ProgrammeOfAnother;
        if (programme.Model(participation.ModelVersion)?.Of(command.Phase).Criteria.Contains(command.Criterion) != true)
            return CriterionNotInGate;
        if (Gate.HasItsOwnFact(command.Criterion))
            return CriterionHasItsOwnFact;
        return Record(participation, command, new CriterionMet(command.Phase, command.Criterion, command.Evidence, command.Resolution)
        {
            On = InCourse(participation, command),
        });
    }

    public static Decision CompletePhase(ParticipationState participation, AgreementState? agreement, CompletePhase command)
    {
        if ((Fields.Known(command.Phase) ?? WrongFieldOf(command.Waiver)) is { } wrong)
            return wrong;
        if (participation.PhaseInFact is not { } phase)
            return ParticipationUnknown;
        if (WrongAgreement(command.Agreement, agreement, command.Participation) is { } wrongAgreement)
            return wrongAgreement;
        if (participation.Phases.Any(p => p.Phase == command.Phase && p.Completed?.On.Stated == command.On))
            return Decision.Nothing;

        if (WrongWaiver(command.Waiver, phase) is { } wrongWaiver)
            return wrongWaiver;

        var gate = Gate.Of(participation, phase, agreement?.InForceOn(command.On.Last), command.On.Last);
        var passage = gate.Pass(command.Waiver, command.IsCriterionNotDocumented);
        return Record(participation, command, new PhaseCompleted(
            command.Phase,
            passage.Ground,
            passage.CriteriaNotMet,
            passage.WaiverReason,
            passage.NotDocumented,
            gate.Met.Any(m => m.Criterion == GateCriteria.AgreementInForce) ? command.Agreement : null)
        { On = command.On.PlacedLast() });
    }

    public static Decision ExtendPhase(ParticipationState participation, ExtendPhase command)
    {
        if ((Fields.Known(command.Phase)
            ?? Fields.Between(command.Months, 1, LongestExtension)
            ?? WrongReason(command, command.Reason)) is { } wrong)
            return wrong;
        var started = participation.Phases.LastOrDefault(p => p.Phase == command.Phase)?.Start.Placed;
        return Record(participation, command, new PhaseExtended(command.Phase, command.Months, command.Reason) { On = command.On.PlacedFirst(started) });
    }

    public static Decision Suspend(ParticipationState participation, SuspendParticipation command)
    {
        if (WrongReason(command, command.Reason) is { } wrong)
            return wrong;
        return Record(participation, command, new ParticipationSuspended(command.Reason) { On = InCourse(participation, command) });
    }

    public static Decision Resume(ParticipationState participation, ResumeParticipation command) =>
        Record(participation, command, new ParticipationResumed { On = command.On.PlacedFirst(participation.SuspendedSince) });

    public static Decision MoveToFrameworkModel(ParticipationState participation, ProgrammeState programme, MoveToFrameworkModel command)
    {
        if (Fields.Reason(command.Reason) is { } wrong)
            return wrong;
        if (participation.Candidacy is not { } candidacy)
            return ParticipationUnknown;
        if (candidacy.Programme != command.Programme)
            return ProgrammeOfAnother;
        if (programme.Model(command.Version) is not { } model)
            return ModelVersionUnknown;

        var phases = model.Phases.Select(p => new PhaseTerms(p.Phase, p.LongestMonths, p.ShortestMonths, p.Criteria)).ToValueList();
        return Record(participation, command, new FrameworkModelChanged(model.Version, command.Reason, phases) { On = command.On.PlacedFirst(model.From) });
    }

    public static Decision Complete(ParticipationState participation, CompleteParticipation command) =>
        End(participation, command, ParticipationOutcome.Completed, null);

    public static Decision Withdraw(ParticipationState participation, WithdrawParticipation command) =>
        WrongReason(command, command.Reason) is { } wrong ? wrong : End(participation, command, ParticipationOutcome.Withdrawn, command.Reason);

    public static Decision Terminate(ParticipationState participation, TerminateParticipation command) =>
        WrongReason(command, command.Reason) is { } wrong ? wrong : End(participation, command, ParticipationOutcome.Terminated, command.Reason);

    /// <summary>The rules that hold on every day, whatever the order things were recorded in.</summary>
    public static IEnumerable<Refusal> Broken(ParticipationState participation, ParticipationEvent fact)
    {
        var day = fact.On.Placed;
        return fact switch
        {
            CandidacyOpened => CandidacyOpenedAlready.When(participation.Candidacy is not null),
            _ when participation.Candidacy is null => [ParticipationUnknown],
            _ when participation.HasEndedBy(day) => [participation.Ended is null ? CandidacyHasEnded : ParticipationHasEnded],
            ParticipantAdmitted => AdmittedAlready.When(participation.AdmittedOn is not null),
            CandidacyEnded when participation.AdmittedOn is not null => [AdmittedAlready],
            CandidacyEnded => CandidacyHasEnded.When(participation.CandidacyEnded is not null),
            PhaseStarted e => PhaseStart.Stops(participation, e),
            PhaseExtended e => PhaseStops(participation.PhasesOn(day).LastOrDefault(p => p.Phase == e.Phase), day),
            PhaseCompleted e => CompletionStops(participation, e),
            ParticipationSuspended => ParticipationIsSuspended.When(participation.IsSuspendedOn(day)),
            ParticipationResumed => ParticipationNotSuspended.When(!participation.IsSuspendedOn(day)),
            FrameworkModelChanged e => ModelVersionNotNewer.When(e.ModelVersion <= participation.ModelVersion),
            ParticipationEnded e => EndStops(participation, e),
            _ => [],
        };
    }

    /// <summary>Nothing when it is recorded already, a refusal when it breaks a rule, otherwise the fact.</summary>
    internal static Decision Record(ParticipationState participation, ParticipationCommand command, ParticipationEvent fact) =>
        participation.Remembers(fact) ? Decision.Nothing
        : Broken(participation, fact).FirstOrDefault() is { } refusal ? refusal
        : Decision.Record(command.Participation.Stream, fact);

    internal static Refusal? WrongFieldOf(Waiver? waiver) =>
        waiver is null ? null : Fields.Reason(waiver.Reason) ?? Fields.NotEmpty(waiver.Criteria) ?? Fields.Texts(waiver.Criteria, Fields.NameLength);

    internal static Refusal? WrongWaiver(Waiver? waiver, StartedPhase leaving) =>
        waiver is not null && waiver.Criteria.Except(leaving.Terms.Criteria).Any() ? WaivedCriterionNotInGate : null;

    internal static Refusal? WrongAgreement(AgreementId? id, AgreementState? agreement, ParticipationId participation) =>
        id is null ? null
        : agreement is not { IsDrafted: true } ? AgreementRefusals.AgreementUnknown
        : agreement.Participation != participation ? AgreementOfAnother
        : null;

    private static Decision End(ParticipationState participation, ParticipationCommand command, ParticipationOutcome outcome, string? reason) =>
        Record(participation, command, new ParticipationEnded(outcome, reason) { On = command.On.PlacedLast() });

    private static IEnumerable<Refusal> PhaseStops(StartedPhase? phase, DateOnly day) =>
        phase is null ? [PhaseNotCurrent] : PhaseIsCompleted.When(phase.Completed?.On.Placed <= day);

    private static IEnumerable<Refusal> CompletionStops(ParticipationState participation, PhaseCompleted completed)
    {
        var day = completed.On.Placed;
        var phase = participation.PhasesOn(day).LastOrDefault(p => p.IsInFact && p.Phase == completed.Phase);
        if (PhaseStops(phase, day).FirstOrDefault() is { } stop)
            return [stop];
        if (participation.IsSuspendedOn(day))
            return [ParticipationIsSuspended];
        var agreementInForceFrom = completed.Agreement is null ? (DateOnly?)null : day;
        return Gate.Of(participation, phase!, agreementInForceFrom, day).Stops(completed.CriteriaNotMet, completed.NotDocumentedCriteria);
    }

    private static IEnumerable<Refusal> EndStops(ParticipationState participation, ParticipationEnded ended)
    {
        if (participation.Ended is not null)
            return [ParticipationHasEnded];
        if (!participation.IsParticipantOn(ended.On.Placed))
            return [NotAdmitted];
        var isLastCompleted = participation.PhaseInFact is { Phase: Phase.PhaseOut, Completed: not null };
        return LastPhaseNotCompleted.When(ended.Outcome == ParticipationOutcome.Completed && !isLastCompleted);
    }

    private static EffectiveDay InCourse(ParticipationState participation, Command command) => command.On.PlacedFirst(participation.Candidacy?.On.Placed);

    private static Refusal? WrongReason(Command command, string? reason) =>
        reason is null && command.IsNotDocumented(ParticipationPrerequisites.Reason) ? null : Fields.Reason(reason, "reason");

    // The framework model speaks of a political resolution on the application, and of the municipal council's approval of the action plan.
    private static Refusal? WrongResolution(MeetCriterion command)
    {
        var isResolution = command.Criterion is GateCriteria.ApplicationWithResolution or GateCriteria.ActionPlanApproved;
        if (command.Resolution is not { } resolution)
            return isResolution && !command.IsNotDocumented(ParticipationPrerequisites.Resolution) ? Fields.Given(command.Resolution) : null;
        return Fields.Name(resolution.Body, "resolution.body") ?? Fields.Day(resolution.On, "resolution.on") ?? Fields.NameIfAny(resolution.CaseNumber, "resolution.caseNumber");
    }
}
