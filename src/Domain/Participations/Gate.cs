using HousingBank.Domain.Programmes;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Participations;

/// <summary>The gate of a phase (beslutningspunkt): what the framework model demands before the phase can be left, and what of it is there on a day.</summary>
/// <param name="Met">What is there, each with the first day it was.</param>
/// <param name="Missing">Codes of what is not there, in the model's order.</param>
public sealed record Gate(ValueList<MetCriterion> Met, ValueList<string> Missing)
{
    /// <param name="agreementInForceFrom">The first day the cooperation agreement is in force; null when it is not.</param>
    public static Gate Of(ParticipationState participation, StartedPhase phase, DateOnly? agreementInForceFrom, DateOnly day)
    {
        var met = new List<MetCriterion>();
        var missing = new List<string>();
        foreach (var criterion in phase.Terms.Criteria)
        {
            var since = criterion == GateCriteria.AgreementInForce
                ? agreementInForceFrom
                : participation.Facts.Where(f => CriterionMetBy(f, phase.Phase) == criterion).Min(f => (DateOnly?)f.On.Placed);
            if (since <= day)
                met.Add(new(criterion, since.Value));
            else
                missing.Add(criterion);
        }

        return new(met.ToValueList(), missing.ToValueList());
    }

    /// <summary>The criterion that a fact of the participation meets, in the gate of this phase; null when it meets none.</summary>
    public static string? CriterionMetBy(ParticipationEvent fact, Phase phase) => fact switch
    {
        ParticipantAdmitted => GateCriteria.Admitted,
        ProgrammeLeaderAppointed => GateCriteria.ProgrammeLeaderAppointed,
        SteeringGroupAppointed => GateCriteria.SteeringGroupAppointed,
        // The body that stands in place of a project group will do (domain.md, "Participation and its phases": Hamar had none).
        ProjectGroupAppointed => GateCriteria.ProjectGroupAppointed,
        PreAnalysisDelivered => GateCriteria.PreAnalysisDelivered,
        CriterionMet e when e.Phase == phase => e.Criterion,
        _ => null,
    };

    /// <summary>True for a criterion that an appointment, an admission, a delivery or an agreement meets: nobody can simply say that it is met.</summary>
    public static bool HasItsOwnFact(string criterion) => criterion
        is GateCriteria.Admitted
        or GateCriteria.AgreementInForce
        or GateCriteria.ProgrammeLeaderAppointed
        or GateCriteria.SteeringGroupAppointed
        or GateCriteria.ProjectGroupAppointed
        or GateCriteria.PreAnalysisDelivered;

    /// <summary>How the gate is passed when leadership waives some of what is missing and the imported source is silent on some.</summary>
    public Passage Pass(Waiver? waiver, Func<string, bool> isNotDocumented)
    {
        var notDocumented = Missing.Where(isNotDocumented).ToValueList();
        var waived = Missing.Except(notDocumented).Where(c => waiver is not null && waiver.Criteria.Contains(c)).ToValueList();
        return waived.Count > 0
            ? new(PhaseGround.Waived, waived, waiver!.Reason, notDocumented)
            : new(PhaseGround.GateMet, [], null, notDocumented);
    }

    /// <summary>How a source that says so lets the gate be passed by the model alone: all that is missing stays told as not met.</summary>
    public Passage PassByModel(Func<string, bool> isNotDocumented) =>
        new(PhaseGround.ByModel, Missing.Where(c => !isNotDocumented(c)).ToValueList(), null, Missing.Where(isNotDocumented).ToValueList());

    /// <summary>What stands in the way of a passage: criteria neither met nor waived, nor left open by a silent source.</summary>
    public IEnumerable<Refusal> Stops(ValueList<string> criteriaNotMet, ValueList<string> notDocumented)
    {
        var missing = Missing.Except(criteriaNotMet).Except(notDocumented).ToList();
        return ParticipationRefusals.GateNotMet.With("missing", string.Join(", ", missing)).When(missing.Count > 0);
    }
}

/// <param name="Since">The first day it was met.</param>
public sealed record MetCriterion(string Criterion, DateOnly Since);

/// <summary>How a gate is passed.</summary>
/// <param name="CriteriaNotMet">What it demanded and was missing.</param>
/// <param name="NotDocumented">What it demanded and the imported source is silent on.</param>
public sealed record Passage(PhaseGround Ground, ValueList<string> CriteriaNotMet, string? WaiverReason, ValueList<string> NotDocumented);
