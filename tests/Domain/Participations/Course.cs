using HousingBank.Domain.Participations;
using HousingBank.Domain.Programmes;
using HousingBank.Domain.Tests.Agreements;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Tests.Participations;

/// <summary>Hamar's course through the programme: invited, admitted, in planning, with all the gate demands but the action plan.</summary>
public static class Course
{
    public static readonly ParticipationId Hamar = ParticipationId.Of(Some.Round, Some.Hamar);
    public static readonly ParticipationId Moss = ParticipationId.Of(Some.Round, Some.Moss);
    public static readonly StatedDay AdmissionDay = Some.Day(2009, 10, 15);
    public static readonly StatedDay PlanningDay = Some.Day(2009, 11, 1);
    public static readonly StatedDay ImplementationDay = Some.Day(2010, 4, 1);
    public static readonly StatedDay PhaseOutDay = Some.Day(2013, 4, 1);
    public static readonly StatedDay LastDay = Some.Day(2015, 4, 1);
    public static readonly Resolution CouncilResolution = new("kommunestyret", Some.Day(2010, 3, 20), "10/44");

    public static CandidacyOpened Opened { get; } =
        new(Some.Programme, Some.Round, 1, Some.Hamar, 1) { On = Some.OpeningDay };

    public static PhaseStarted PreparationStarted { get; } = Started(Phase.Preparation, Some.OpeningDay);

    public static ParticipantAdmitted Admitted { get; } = new() { On = AdmissionDay.PlacedFirst() };

    public static ProgrammeLeaderAppointed LeaderAppointed { get; } =
        new("Strategiavdeling", ProgrammeLeaderPlacement.StrategicUnit, ProgrammeLeaderOrientation.SteeringGroup, null) { On = new DateOnly(2009, 12, 1) };

    public static SteeringGroupAppointed SteeringGroup { get; } =
        new([new("rådmann", RoleLevel.ChiefExecutive)], [], null) { On = new DateOnly(2009, 12, 2) };

    public static ProjectGroupAppointed ProjectGroup { get; } =
        new(ProjectGroupModel.NoneStandingInForIt, [new("arbeidsmøter", null)]) { On = new DateOnly(2009, 12, 3) };

    public static PreAnalysisDelivered PreAnalysis { get; } = new("NOVA") { On = new DateOnly(2010, 1, 20) };

    public static CriterionMet ActionPlanApproved { get; } =
        new(Phase.Planning, GateCriteria.ActionPlanApproved, null, CouncilResolution) { On = new DateOnly(2010, 3, 20) };

    public static ParticipationEvent[] PreparationMet { get; } =
    [
        Met(Phase.Preparation, GateCriteria.NeedsAssessed, new(2009, 4, 1)),
        Met(Phase.Preparation, GateCriteria.FocusAreasChosen, new(2009, 4, 1)),
        Met(Phase.Preparation, GateCriteria.ApplicationWithResolution, new(2009, 5, 20)),
    ];

    public static Scenario Candidate(params ReadOnlySpan<Fact> more) =>
        Around().And(Hamar.Stream, [Opened, PreparationStarted]).And(Hamar.Stream, more);

    public static Scenario Participant(params ReadOnlySpan<Fact> more) =>
        Candidate([.. PreparationMet, Admitted]).And(Hamar.Stream, more);

    /// <summary>In planning, nothing of its gate in place.</summary>
    public static Scenario EarlyInPlanning(params ReadOnlySpan<Fact> more) =>
        Participant([Started(Phase.Planning, PlanningDay)]).And(Hamar.Stream, more);

    /// <summary>In planning, its gate met but for the action plan.</summary>
    public static Scenario InPlanning(params ReadOnlySpan<Fact> more) =>
        EarlyInPlanning([LeaderAppointed, SteeringGroup, ProjectGroup, PreAnalysis])
            .And(SomeAgreement.Id.Stream, [SomeAgreement.Drafted, .. SomeAgreement.SignedByBoth])
            .And(Hamar.Stream, more);

    public static Scenario InPhaseOut(params ReadOnlySpan<Fact> more) =>
        InPlanning(
            ActionPlanApproved,
            Started(Phase.Implementation, ImplementationDay),
            Met(Phase.Implementation, GateCriteria.ActionPlanRevised, new(2011, 4, 1)),
            Met(Phase.Implementation, GateCriteria.MeasuresCarriedOutOrDropped, new(2013, 3, 1)),
            Started(Phase.PhaseOut, PhaseOutDay)).And(Hamar.Stream, more);

    public static PhaseStarted Started(Phase phase, StatedDay on, PhaseGround ground = PhaseGround.GateMet, params string[] criteriaNotMet)
    {
        var terms = Some.Phases.Single(p => p.Phase == phase);
        return new(phase, terms.LongestMonths, terms.ShortestMonths, terms.Criteria, ground, criteriaNotMet.ToValueList(), null, [], phase == Phase.Implementation ? SomeAgreement.Id : null)
        {
            On = on.PlacedFirst(),
        };
    }

    public static PhaseCompleted Completed(Phase phase, StatedDay on) =>
        new(phase, PhaseGround.GateMet, [], null, [], null) { On = on.PlacedLast() };

    public static CriterionMet Met(Phase phase, string criterion, DateOnly on) => new(phase, criterion, null, null) { On = on };

    public static ParticipationSuspended Suspended(DateOnly on) => new("Kommunen skifter ledelse.") { On = on };

    public static ParticipationResumed Resumed(DateOnly on) => new() { On = on };

    /// <summary>Codes of the rules broken on some day when the facts are taken in effective order.</summary>
    public static IEnumerable<string> ContradictionsOf(params IEnumerable<ParticipationEvent> recorded) => ParticipationAggregate.Instance
        .Contradictions([.. recorded.Select((fact, i) => new StandingFact(i + 1, fact)).OrderBy(f => f.Fact.On.Placed).ThenBy(f => f.Version)])
        .Select(c => c.Code);

    private static Scenario Around() => Scenario
        .Given(Some.Programme.Stream, Some.Launched(), new FrameworkModelAdopted(1, Some.Phases, null) { On = Some.LaunchDay })
        .And(Some.Round.Stream, Some.Opened(), Some.Invited(Some.Hamar));
}
