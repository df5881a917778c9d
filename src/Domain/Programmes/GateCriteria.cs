using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Programmes;

/// <summary>Codes of what can be asked for at the gate of a phase (beslutningspunkt).</summary>
/// <remarks>Source: the framework model, interim report 2010; domain.md, "The programme".</remarks>
public static class GateCriteria
{
    public const string NeedsAssessed = "needsAssessed";
    public const string FocusAreasChosen = "focusAreasChosen";
    public const string ApplicationWithResolution = "applicationWithResolution";
    public const string Admitted = "admitted";
    public const string AgreementInForce = "agreementInForce";
    public const string ProgrammeLeaderAppointed = "programmeLeaderAppointed";
    public const string SteeringGroupAppointed = "steeringGroupAppointed";
    public const string ProjectGroupAppointed = "projectGroupAppointed";
    public const string PreAnalysisDelivered = "preAnalysisDelivered";
    public const string ActionPlanApproved = "actionPlanApproved";
    public const string ActionPlanRevised = "actionPlanRevised";
    public const string MeasuresCarriedOutOrDropped = "measuresCarriedOutOrDropped";
    public const string ContinuationPlanAdopted = "continuationPlanAdopted";

    public static ValueList<string> All { get; } =
    [
        NeedsAssessed, FocusAreasChosen, ApplicationWithResolution, Admitted,
        AgreementInForce, ProgrammeLeaderAppointed, SteeringGroupAppointed, ProjectGroupAppointed, PreAnalysisDelivered, ActionPlanApproved,
        ActionPlanRevised, MeasuresCarriedOutOrDropped,
        ContinuationPlanAdopted,
    ];

    /// <summary>What the real framework model asks for when a phase is left.</summary>
    public static ValueList<string> Leaving(Phase phase) => phase switch
    {
        Phase.Preparation => [NeedsAssessed, FocusAreasChosen, ApplicationWithResolution, Admitted],
        Phase.Planning =>
        [
            AgreementInForce, ProgrammeLeaderAppointed, SteeringGroupAppointed, ProjectGroupAppointed, PreAnalysisDelivered, ActionPlanApproved,
        ],
        Phase.Implementation => [ActionPlanRevised, MeasuresCarriedOutOrDropped],
        Phase.PhaseOut => [ContinuationPlanAdopted],
        _ => throw new ArgumentOutOfRangeException(nameof(phase)),
    };
}
