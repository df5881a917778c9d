using HousingBank.Domain.Agreements;
using HousingBank.Domain.Programmes;
using HousingBank.Domain.Vocabulary;
using static HousingBank.Domain.Participations.ParticipationRefusals;

namespace HousingBank.Domain.Participations;

/// <summary>Where it is decided that a phase can start: <see cref="Stops"/> lists what stands in the way, <see cref="Gate"/> what the framework model demands.</summary>
public static class PhaseStart
{
    /// <summary>The rules, as they hold on every day, whatever the order things were recorded in.</summary>
    public static IEnumerable<Refusal> Stops(ParticipationState participation, PhaseStarted start)
    {
        var day = start.On.Placed;
        var leaving = Leaving(participation, byModel: start.Ground == PhaseGround.ByModel);

        // The first phase starts with the candidacy: nothing comes before it.
        if (leaving is null)
            return PhaseOutOfOrder.When(start.Phase != Phase.Preparation);

        // Only a candidate's preparation comes before admission, and no waiver makes a participant.
        if (!participation.IsParticipantOn(day) && !start.NotDocumentedCriteria.Contains(GateCriteria.Admitted))
            return [NotAdmitted];

        // Phases come in the model's order, and each after the one before it.
        if (start.Phase != leaving.Phase + 1)
            return [PhaseOutOfOrder];
        if (day < leaving.Start.Placed)
            return [PhaseStartsBeforeThePrevious];

        if (participation.IsSuspendedOn(day))
            return [ParticipationIsSuspended];

        // What the model demands is met; or leadership waived it, or the source leaves it open, and the fact says so.
        var agreementInForceFrom = start.Agreement is null ? (DateOnly?)null : day;
        return Gate.Of(participation, leaving, agreementInForceFrom, day).Stops(start.CriteriaNotMet, start.NotDocumentedCriteria);
    }

    public static Decision Decide(StartPhase command, ParticipationState participation, ProgrammeState programme, AgreementState? agreement)
    {
        if ((Fields.Known(command.Phase) ?? ParticipationDecider.WrongFieldOf(command.Waiver)) is { } wrong)
            return wrong;
        if (participation.Candidacy is not { } candidacy || participation.PhaseInFact is null)
            return ParticipationUnknown;
        if (candidacy.Programme != command.Programme)
            return ProgrammeOfAnother;
        if (programme.Model(participation.ModelVersion)?.Of(command.Phase) is not { } terms)
            return ProgrammeRefusals.ProgrammeUnknown;
        if (ParticipationDecider.WrongAgreement(command.Agreement, agreement, command.Participation) is { } wrongAgreement)
            return wrongAgreement;
        if (IsStartedAlready(participation, command))
            return Decision.Nothing;
        if (command.ByModel && command.Grounds.Basis.Kind != BasisKind.Source)
            return ByModelOnlyFromSource;

        var leaving = Leaving(participation, command.ByModel)!;
        if (ParticipationDecider.WrongWaiver(command.Waiver, leaving) is { } wrongWaiver)
            return wrongWaiver;

        var gate = Gate.Of(participation, leaving, agreement?.InForceOn(command.On.Last), command.On.Last);
        var passage = PassageOut(leaving, gate, command);
        return ParticipationDecider.Record(participation, command, new PhaseStarted(
            command.Phase,
            terms.LongestMonths,
            terms.ShortestMonths,
            terms.Criteria,
            passage.Ground,
            passage.CriteriaNotMet,
            passage.WaiverReason,
            passage.NotDocumented,
            leaving.Completed?.Agreement ?? (gate.Met.Any(m => m.Criterion == GateCriteria.AgreementInForce) ? command.Agreement : null))
        {
            On = command.On.PlacedFirst(gate.Met.Select(m => m.Since).Append(leaving.Start.Placed).Max()),
        });
    }

    /// <summary>The phase whose gate is passed: the last in fact; where a source goes by the model, the last it has told of.</summary>
    private static StartedPhase? Leaving(ParticipationState participation, bool byModel) =>
        byModel ? participation.CurrentPhase : participation.PhaseInFact;

    private static bool IsStartedAlready(ParticipationState participation, StartPhase command) =>
        participation.Phases.Any(p => p.Phase == command.Phase && p.Start.Stated == command.On && (p.IsInFact || command.ByModel));

    private static Passage PassageOut(StartedPhase leaving, Gate gate, StartPhase command)
    {
        if (leaving.Completed is { } done)
            return new(done.Ground, done.CriteriaNotMet, done.WaiverReason, done.NotDocumentedCriteria);
        var isByModel = command.ByModel && (gate.Missing.Count > 0 || !leaving.IsInFact);
        return isByModel ? gate.PassByModel(command.IsCriterionNotDocumented) : gate.Pass(command.Waiver, command.IsCriterionNotDocumented);
    }
}
