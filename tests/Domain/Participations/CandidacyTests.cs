using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Participations;
using HousingBank.Domain.Programmes;
using HousingBank.Domain.Vocabulary;
using static HousingBank.Domain.Participations.ParticipationRefusals;
using static HousingBank.Domain.Tests.Participations.Course;

namespace HousingBank.Domain.Tests.Participations;

public sealed class CandidacyTests
{
    private static readonly OpenCandidacy Open = new(Some.Programme, Some.Round, Some.Hamar) { On = Some.OpeningDay };
    private static readonly AdmitParticipant Admit = new(Some.Round, Some.Hamar) { On = AdmissionDay };
    private static readonly EndCandidacy Decline = new(Hamar, CandidacyOutcome.Declined, "For få søkere.") { On = Some.Day(2009, 10, 20) };

    private static readonly CandidacyEnded Declined = new(CandidacyOutcome.Declined, "For få søkere.") { On = new DateOnly(2009, 10, 20) };
    private static readonly MunicipalityAdmitted InCohort = new(Some.Hamar, null, null, []) { On = AdmissionDay.PlacedFirst() };

    private static Scenario Invited => Scenario
        .Given(Some.Programme.Stream, Some.Launched(), new FrameworkModelAdopted(1, Some.Phases, null) { On = Some.LaunchDay })
        .And(Some.Round.Stream, Some.Opened(), Some.Invited(Some.Hamar));

    [Fact]
    public void An_invited_municipality_becomes_a_candidate_and_is_in_preparation_from_the_same_day() =>
        Invited.When(Open).Then(Opened, PreparationStarted);

    [Fact]
    public void A_candidate_is_a_candidate_once() => Candidate().When(Open with { On = Some.Day(2009, 5, 1) }).ThenNothing();

    [Fact]
    public void A_candidate_enters_under_the_newest_version_of_the_model() =>
        Invited.And(Some.Programme.Stream, new FrameworkModelRevised(2, Some.Phases, "For kort.") { On = new DateOnly(2009, 3, 2) })
            .When(Open)
            .Then(Opened with { ModelVersion = 2 }, PreparationStarted);

    [Fact]
    public void A_municipality_that_is_not_invited_is_no_candidate() =>
        Invited.When(new OpenCandidacy(Some.Programme, Some.Round, Some.Moss) { On = Some.OpeningDay }).ThenRefused(IntakeRoundRefusals.MunicipalityNotInvited);

    [Fact]
    public void A_municipality_is_no_candidate_before_its_invitation() =>
        Invited.When(Open with { On = Some.Day(2009, 3, 14) }).ThenRefused(IntakeRoundRefusals.MunicipalityNotInvited);

    [Fact]
    public void A_round_open_to_all_needs_no_invitation() =>
        Scenario.Given(Some.Programme.Stream, Some.Launched(), new FrameworkModelAdopted(1, Some.Phases, null) { On = Some.LaunchDay })
            .And(Some.Round.Stream, Some.Opened(openToAll: true))
            .When(Open)
            .Then(Opened, PreparationStarted);

    [Fact]
    public void A_candidate_is_a_municipality() =>
        Invited.When(new OpenCandidacy(Some.Programme, Some.Round, default) { On = Some.OpeningDay }).ThenRefused(Fields.Missing, "municipality");

    [Fact]
    public void A_round_that_is_not_there_is_unknown() => Scenario.Nothing.When(Open).ThenRefused(IntakeRoundRefusals.RoundUnknown);

    [Fact]
    public void The_round_is_the_programmes() =>
        Invited.When(Open with { Programme = new(Guid.Empty) }).ThenRefused(ProgrammeOfAnother);

    [Fact]
    public void Without_a_framework_model_nobody_is_a_candidate() =>
        Scenario.Given(Some.Programme.Stream, Some.Launched())
            .And(Some.Round.Stream, Some.Opened(), Some.Invited(Some.Hamar))
            .When(Open)
            .ThenRefused(ProgrammeRefusals.FrameworkModelMissing);

    [Fact]
    public void An_inexact_start_of_candidacy_is_not_placed_before_the_invitation()
    {
        var spring = StatedDay.From(new(2009, 3, 1), DayPrecision.Season);

        Invited.When(Open with { On = spring }).Then(
            Opened with { On = new(Some.OpeningDay, spring) }, PreparationStarted with { On = new(Some.OpeningDay, spring) });
    }

    [Fact]
    public void A_candidate_in_the_cohort_becomes_a_participant() =>
        Candidate().And(Some.Round.Stream, InCohort).When(Admit).Then(Admitted);

    [Fact]
    public void An_admission_is_recorded_once() =>
        Candidate(Admitted).And(Some.Round.Stream, InCohort).When(Admit).ThenNothing();

    [Fact]
    public void A_participant_is_not_admitted_on_another_day() =>
        Candidate(Admitted).And(Some.Round.Stream, InCohort).When(Admit with { On = Some.Day(2009, 10, 16) }).ThenRefused(AdmittedAlready);

    [Fact]
    public void A_candidate_outside_the_cohort_is_not_admitted() => Candidate().When(Admit).ThenRefused(NotInCohort);

    [Fact]
    public void A_declined_candidate_is_not_admitted() =>
        Candidate(Declined with { On = new DateOnly(2009, 10, 1) }).And(Some.Round.Stream, InCohort).When(Admit).ThenRefused(CandidacyHasEnded);

    [Fact]
    public void A_candidacy_can_end_without_admission() => Candidate().When(Decline).Then(Declined);

    [Fact]
    public void The_end_of_a_candidacy_is_recorded_once() => Candidate(Declined).When(Decline).ThenNothing();

    [Fact]
    public void A_candidacy_ends_once() =>
        Candidate(Declined).When(Decline with { Outcome = CandidacyOutcome.Withdrawn, On = Some.Day(2009, 9, 1) }).ThenRefused(CandidacyHasEnded);

    [Fact]
    public void A_participant_has_no_candidacy_to_end() => Participant().When(Decline).ThenRefused(AdmittedAlready);

    [Fact]
    public void An_outcome_is_one_of_the_known() =>
        Candidate().When(Decline with { Outcome = (CandidacyOutcome)9 }).ThenRefused(Fields.UnknownValue, "outcome");

    [Fact]
    public void An_admission_entered_after_a_decline_of_an_earlier_day_contradicts_it() =>
        ContradictionsOf(Opened, PreparationStarted, Admitted, Declined with { On = new DateOnly(2009, 10, 1) }).ShouldBe([CandidacyHasEnded.Code]);

    [Fact]
    public void A_fact_before_the_candidacy_finds_nothing_to_apply_to() =>
        ContradictionsOf(Opened, PreparationStarted, LeaderAppointed with { On = new DateOnly(2009, 1, 1) }).ShouldBe([ParticipationUnknown.Code]);
}
