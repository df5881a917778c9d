using HousingBank.Domain.Participations;
using HousingBank.Domain.Programmes;
using HousingBank.Domain.Vocabulary;
using static HousingBank.Domain.Participations.ParticipationRefusals;
using static HousingBank.Domain.Tests.Participations.Course;

namespace HousingBank.Domain.Tests.Participations;

/// <summary>Every command in a state where nothing can be asked for any more, or not yet.</summary>
public sealed class WrongStateTests
{
    private static readonly StatedDay Later = Some.Day(2010, 6, 1);

    /// <summary>Every command on a course but those that begin it.</summary>
    private static readonly ParticipationCommand[] Commands =
    [
        new EndCandidacy(Hamar, CandidacyOutcome.Withdrawn) { On = Later },
        new MeetCriterion(Hamar, Some.Programme, Phase.Planning, GateCriteria.ActionPlanApproved, null, CouncilResolution) { On = Later },
        new StartPhase(Hamar, Some.Programme, Phase.Implementation) { On = Later },
        new CompletePhase(Hamar, Phase.Planning) { On = Later },
        new ExtendPhase(Hamar, Phase.Planning, 1, "Fordi.") { On = Later },
        new SuspendParticipation(Hamar, "Fordi.") { On = Later },
        new ResumeParticipation(Hamar) { On = Later },
        new MoveToFrameworkModel(Hamar, Some.Programme, 1, "Fordi.") { On = Later },
        new CompleteParticipation(Hamar) { On = Later },
        new WithdrawParticipation(Hamar, "Fordi.") { On = Later },
        new TerminateParticipation(Hamar, "Fordi.") { On = Later },
        new AppointProgrammeLeader(Hamar, "NAV", ProgrammeLeaderPlacement.ServiceUnit, ProgrammeLeaderOrientation.Both) { On = Later },
        new AppointSteeringGroup(Hamar, [new("rådmann", null)]) { On = Later },
        new AppointProjectGroup(Hamar, ProjectGroupModel.FixedGroup, [new("NAV", null)]) { On = Later },
        new DeliverPreAnalysis(Hamar, "NOVA") { On = Later },
        new DescribeMainGoals(Hamar, ["boligtilbud"]) { On = Later },
        new AssessAnchoring(Hamar, AnchoringDimension.Users, AnchoringLevel.Weak, null, null, ["ikke avklart"], [], AnchoringAssessor.Evaluator) { On = Later },
    ];

    public static TheoryData<string> Names => [.. Commands.Select(c => c.GetType().Name)];

    [Fact]
    public void No_command_is_left_out() =>
        Commands.Select(c => c.GetType()).Concat([typeof(OpenCandidacy), typeof(AdmitParticipant)]).ShouldBe(
            typeof(ParticipationCommand).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(ParticipationCommand))), ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_municipality_that_never_was_a_candidate_is_unknown(string name) => Scenario.Nothing.When(Named(name)).ThenRefused(ParticipationUnknown);

    [Theory]
    [MemberData(nameof(Names))]
    public void After_the_end_nothing_is_accepted(string name) =>
        Refusals(InPlanning(new ParticipationEnded(ParticipationOutcome.Withdrawn, "Fordi.") { On = new DateOnly(2010, 5, 1) }).When(Named(name)))
            .ShouldBe(ParticipationHasEnded.Code);

    [Theory]
    [MemberData(nameof(Names))]
    public void On_the_day_of_the_end_nothing_more_is_accepted(string name) =>
        Refusals(InPlanning(new ParticipationEnded(ParticipationOutcome.Terminated, "Brudd.") { On = new DateOnly(2010, 6, 1) }).When(Named(name)))
            .ShouldBe(ParticipationHasEnded.Code);

    [Theory]
    [MemberData(nameof(Names))]
    public void After_a_decline_nothing_is_accepted(string name) =>
        Refusals(Candidate(new CandidacyEnded(CandidacyOutcome.Declined, null) { On = new DateOnly(2009, 10, 1) }).When(Named(name)))
            .ShouldBe(CandidacyHasEnded.Code);

    private static ParticipationCommand Named(string name) => Commands.Single(c => c.GetType().Name == name);

    private static string Refusals(Scenario.Answer answer) => answer.Decision.ShouldBeOfType<Decision.Refused>().Reason.Code;
}
