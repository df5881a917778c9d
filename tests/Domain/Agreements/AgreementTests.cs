using HousingBank.Domain.Agreements;
using HousingBank.Domain.Participations;
using HousingBank.Domain.Vocabulary;
using static HousingBank.Domain.Agreements.AgreementRefusals;
using static HousingBank.Domain.Tests.Agreements.SomeAgreement;
using Course = HousingBank.Domain.Tests.Participations.Course;

namespace HousingBank.Domain.Tests.Agreements;

public sealed class AgreementTests
{
    private static readonly DraftAgreement Draft = new(Id, Course.Hamar, Content) { On = DraftDay };
    private static readonly ReviseAgreement Revise = new(Id, Content with { LocalAdaptation = "Ny tekst." }) { On = Some.Day(2009, 11, 20) };
    private static readonly SignAgreement SignForBank = new(Id, AgreementParty.Bank, "regiondirektør") { On = BankSigns };
    private static readonly EndAgreement End = new(Id, "Kommunen trekker seg.", Some.Day(2011, 1, 1)) { On = Some.Day(2011, 4, 1) };

    private static readonly AgreementRevised Revised = new(Content with { LocalAdaptation = "Ny tekst." }) { On = new DateOnly(2009, 11, 20) };
    private static readonly AgreementEnded Ended = new("Kommunen trekker seg.", Some.Day(2011, 1, 1)) { On = new DateOnly(2011, 4, 1) };
    private static readonly StatedDay ByTheReport = StatedDay.Between(new(2009, 10, 1), new(2010, 12, 10));

    private static readonly ReportAgreementInForce Report = new(Id)
    {
        On = ByTheReport,
        Grounds = Grounds.None with { Basis = new(BasisKind.Source, "delrapport 2010"), NotDocumented = [AgreementPrerequisites.Signatures] },
    };

    private static readonly AgreementReportedInForce Reported = new() { On = new(DraftDay, ByTheReport) };

    public static TheoryData<string, AgreementContent, string> EmptySections => new()
    {
        { "content.localAdaptation", Content with { LocalAdaptation = " " }, AgreementPrerequisites.LocalAdaptation },
        { "content.localAdaptation", Content with { LocalAdaptation = null }, AgreementPrerequisites.BankExpectations },
        { "content.bankExpectations", Content with { BankExpectations = null }, AgreementPrerequisites.LocalAdaptation },
        { "content.municipalityExpectations", Content with { MunicipalityExpectations = null }, AgreementPrerequisites.LocalAdaptation },
    };

    [Fact]
    public void An_agreement_is_drafted_with_a_participant() => Course.Participant().When(Draft).Then(Drafted);

    [Fact]
    public void A_draft_is_recorded_once() => Course.Participant().And(Id.Stream, Drafted).When(Draft).ThenNothing();

    [Fact]
    public void An_agreement_is_drafted_once() =>
        Course.Participant().And(Id.Stream, Drafted).When(Draft with { Content = Revise.Content }).ThenRefused(AgreementDraftedAlready);

    [Fact]
    public void A_candidate_gets_no_agreement() => Course.Candidate().When(Draft).ThenRefused(ParticipationRefusals.NotAdmitted);

    [Fact]
    public void A_municipality_that_has_left_gets_no_agreement() =>
        Course.Participant(new ParticipationEnded(ParticipationOutcome.Withdrawn, "Fordi.") { On = new DateOnly(2009, 11, 1) })
            .When(Draft)
            .ThenRefused(ParticipationRefusals.ParticipationHasEnded);

    [Fact]
    public void An_agreement_is_with_somebody() => Scenario.Nothing.When(Draft).ThenRefused(ParticipationRefusals.ParticipationUnknown);

    [Theory]
    [MemberData(nameof(EmptySections))]
    public void Local_adaptation_and_both_parties_expectations_cannot_be_empty(string field, AgreementContent content, string silentOnAnother)
    {
        var grounds = Grounds.None with { NotDocumented = [silentOnAnother] };

        Course.Participant().When(Draft with { Content = content, Grounds = grounds }).ThenRefused(Fields.Missing, field);
        Scenario.Given(Id.Stream, Drafted).When(Revise with { Content = content, Grounds = grounds }).ThenRefused(Fields.Missing, field);
    }

    [Fact]
    public void A_source_may_be_silent_on_what_the_parties_agreed() =>
        Course.Participant()
            .When(Draft with
            {
                Content = new(null, null, null, []),
                Grounds = Grounds.None with
                {
                    NotDocumented = [AgreementPrerequisites.LocalAdaptation, AgreementPrerequisites.BankExpectations, AgreementPrerequisites.MunicipalityExpectations],
                },
            })
            .Then(Drafted with { Content = new(null, null, null, []) });

    [Fact]
    public void An_agreement_has_a_content() => Course.Participant().When(Draft with { Content = null! }).ThenRefused(Fields.Missing, "content");

    [Fact]
    public void A_commitment_has_a_code() => WithCommitment(c => c with { Code = "" }).ThenRefused(Fields.Missing, "content.commitments[0].code");

    [Fact]
    public void A_commitment_says_what_is_promised() => WithCommitment(c => c with { Text = "" }).ThenRefused(Fields.Missing, "content.commitments[0].text");

    [Fact]
    public void A_commitment_has_an_owner() => WithCommitment(c => c with { Owner = " " }).ThenRefused(Fields.Missing, "content.commitments[0].owner");

    [Fact]
    public void A_commitment_has_a_due_date() => WithCommitment(c => c with { Due = null }).ThenRefused(Fields.Missing, "content.commitments[0].due");

    [Fact]
    public void A_commitment_is_one_of_the_parties() =>
        WithCommitment(c => c with { Party = (AgreementParty)4 }).ThenRefused(Fields.UnknownValue, "content.commitments[0].party");

    [Fact]
    public void No_two_commitments_have_the_same_code() =>
        WithCommitment(c => c with { Code = Content.Commitments[1].Code }).ThenRefused(Fields.Repeated, "content.commitments");

    [Fact]
    public void A_source_may_be_silent_on_when_a_commitment_is_due()
    {
        var content = Content with { Commitments = [Content.Commitments[0] with { Due = null }] };

        Course.Participant()
            .When(Draft with { Content = content, Grounds = Grounds.None with { NotDocumented = [AgreementPrerequisites.Due] } })
            .Then(Drafted with { Content = content });
    }

    [Fact]
    public void A_draft_can_be_revised() => Scenario.Given(Id.Stream, Drafted).When(Revise).Then(Revised);

    [Fact]
    public void A_revision_is_recorded_once() => Scenario.Given(Id.Stream, Drafted, Revised).When(Revise).ThenNothing();

    [Fact]
    public void What_one_side_has_signed_is_not_revised() =>
        Scenario.Given(Id.Stream, Drafted, SignedByBank).When(Revise with { On = Some.Day(2009, 12, 2) }).ThenRefused(AgreementNoLongerDraft);

    [Fact]
    public void What_a_source_speaks_of_as_in_force_is_not_revised() =>
        Scenario.Given(Id.Stream, Drafted, Reported).When(Revise).ThenRefused(AgreementNoLongerDraft);

    [Fact]
    public void Each_side_signs() => Scenario.Given(Id.Stream, Drafted).When(SignForBank).Then(SignedByBank);

    [Fact]
    public void A_signature_is_recorded_once() => Scenario.Given(Id.Stream, Drafted, SignedByBank).When(SignForBank).ThenNothing();

    [Fact]
    public void Each_side_signs_once() =>
        Scenario.Given(Id.Stream, Drafted, SignedByBank).When(SignForBank with { On = Some.Day(2009, 12, 2) }).ThenRefused(AgreementSignedAlready);

    [Fact]
    public void A_signature_is_an_offices() => Scenario.Given(Id.Stream, Drafted).When(SignForBank with { SignedBy = "" }).ThenRefused(Fields.Missing, "signedBy");

    [Fact]
    public void A_signature_is_one_of_the_parties() =>
        Scenario.Given(Id.Stream, Drafted).When(SignForBank with { Party = (AgreementParty)3 }).ThenRefused(Fields.UnknownValue, "party");

    [Fact]
    public void A_source_may_be_silent_on_which_office_signed() =>
        Scenario.Given(Id.Stream, Drafted)
            .When(SignForBank with { SignedBy = null, Grounds = Grounds.None with { NotDocumented = [AgreementPrerequisites.SignedBy] } })
            .Then(SignedByBank with { SignedBy = null });

    [Fact]
    public void It_is_in_force_from_the_later_signature_on_whichever_side_signed_last()
    {
        Fold(Drafted, SignedByBank).InForceFrom.ShouldBeNull();
        Fold(Drafted, SignedByBank, SignedByMunicipality).InForceFrom.ShouldBe(MunicipalitySigns);
        Fold(Drafted, SignedByMunicipality, SignedByBank with { On = new DateOnly(2010, 1, 5) }).InForceFrom.ShouldBe(new DateOnly(2010, 1, 5));
        Fold(Drafted, SignedByBank, SignedByMunicipality).IsInForceOn(MunicipalitySigns.AddDays(-1)).ShouldBeFalse();
        Fold(Drafted, SignedByBank, SignedByMunicipality).IsInForceOn(MunicipalitySigns).ShouldBeTrue();
    }

    [Fact]
    public void A_source_can_speak_of_an_agreement_as_in_force_without_signatures() => Scenario.Given(Id.Stream, Drafted).When(Report).Then(Reported);

    [Fact]
    public void What_a_source_speaks_of_is_in_force_and_unsigned()
    {
        var agreement = Fold(Drafted, Reported);

        agreement.InForceFrom.ShouldBe(DraftDay);
        agreement.Signatures.ShouldBeEmpty();
    }

    [Fact]
    public void Signatures_found_later_do_not_put_it_out_of_force() => Fold(Drafted, Reported, SignedByBank, SignedByMunicipality).InForceFrom.ShouldBe(DraftDay);

    [Fact]
    public void A_report_is_recorded_once() => Scenario.Given(Id.Stream, Drafted, Reported).When(Report).ThenNothing();

    [Fact]
    public void What_is_in_force_by_its_signatures_needs_no_report() =>
        Scenario.Given(Id.Stream, [Drafted, .. SignedByBoth]).When(Report).ThenRefused(AgreementInForceAlready);

    [Fact]
    public void Live_an_agreement_is_in_force_by_its_signatures_alone()
    {
        Scenario.Given(Id.Stream, Drafted).When(Report with { Grounds = Grounds.None }).ThenRefused(SignaturesMissing);
        Scenario.Given(Id.Stream, Drafted).When(Report with { Grounds = Report.Grounds with { NotDocumented = [] } }).ThenRefused(SignaturesMissing);
        Scenario.Given(Id.Stream, Drafted).When(Report with { Grounds = Report.Grounds with { Basis = Basis.None } }).ThenRefused(SignaturesMissing);
    }

    [Fact]
    public void An_agreement_in_force_can_be_ended_with_notice() => Scenario.Given(Id.Stream, [Drafted, .. SignedByBoth]).When(End).Then(Ended);

    [Fact]
    public void An_end_is_recorded_once() => Scenario.Given(Id.Stream, [Drafted, .. SignedByBoth, Ended]).When(End).ThenNothing();

    [Fact]
    public void An_agreement_ends_once() =>
        Scenario.Given(Id.Stream, [Drafted, .. SignedByBoth, Ended]).When(End with { On = Some.Day(2011, 3, 1) }).ThenRefused(AgreementHasEnded);

    [Fact]
    public void A_draft_is_not_ended() => Scenario.Given(Id.Stream, Drafted, SignedByBank).When(End).ThenRefused(AgreementNotInForce);

    [Fact]
    public void An_end_has_a_reason() => Scenario.Given(Id.Stream, [Drafted, .. SignedByBoth]).When(End with { Reason = "" }).ThenRefused(Fields.Missing, "reason");

    [Fact]
    public void Notice_is_given_before_the_end() =>
        Scenario.Given(Id.Stream, [Drafted, .. SignedByBoth]).When(End with { NoticeGivenOn = Some.Day(2011, 4, 2) }).ThenRefused(NoticeAfterEnd);

    [Fact]
    public void From_the_day_of_its_end_it_is_not_in_force()
    {
        var agreement = Fold([Drafted, .. SignedByBoth, Ended]);

        agreement.IsInForceOn(new(2011, 3, 31)).ShouldBeTrue();
        agreement.IsInForceOn(new(2011, 4, 1)).ShouldBeFalse();
    }

    [Fact]
    public void An_ended_agreement_is_not_signed() =>
        Scenario.Given(Id.Stream, Drafted, Reported, Ended).When(SignForBank with { On = Some.Day(2011, 5, 1) }).ThenRefused(AgreementHasEnded);

    [Fact]
    public void An_agreement_that_was_never_drafted_is_unknown()
    {
        AgreementCommand[] commands = [Revise, SignForBank, Report, End];
        foreach (var command in commands)
            Scenario.Nothing.When(command).ThenRefused(AgreementUnknown);
    }

    [Fact]
    public void Signatures_moved_past_the_end_contradict_it() =>
        AgreementAggregate.Instance.Contradictions([new(1, Drafted), new(2, SignedByBank), new(4, Ended), new(3, SignedByMunicipality with { On = new DateOnly(2012, 1, 1) })])
            .Select(c => c.Code)
            .ShouldBe([AgreementNotInForce.Code, AgreementHasEnded.Code]);

    private static AgreementState Fold(params ReadOnlySpan<AgreementEvent> facts)
    {
        var state = AgreementState.Initial;
        foreach (var fact in facts)
            state = AgreementState.Evolve(state, fact);
        return state;
    }

    private static Scenario.Answer WithCommitment(Func<Commitment, Commitment> changed) =>
        Course.Participant().When(Draft with { Content = Content with { Commitments = [changed(Content.Commitments[0]), Content.Commitments[1]] } });
}
