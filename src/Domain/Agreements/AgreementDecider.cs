using HousingBank.Domain.Participations;
using HousingBank.Domain.Vocabulary;
using static HousingBank.Domain.Agreements.AgreementRefusals;

namespace HousingBank.Domain.Agreements;

/// <summary>The rules of a cooperation agreement.</summary>
public static class AgreementDecider
{
    public static Decision Draft(AgreementState agreement, ParticipationState participation, DraftAgreement command)
    {
        if (WrongFieldOf(command, command.Content) is { } wrong)
            return wrong;
        if (participation.Candidacy is not { } candidacy)
            return ParticipationRefusals.ParticipationUnknown;

        var drafted = new AgreementDrafted(command.Participation, candidacy.Municipality, command.Content) { On = command.On.PlacedFirst(participation.AdmittedOn) };
        if (agreement.Remembers(drafted))
            return Decision.Nothing;
        if (!participation.IsParticipantOn(drafted.On.Placed))
            return ParticipationRefusals.NotAdmitted;
        if (participation.HasEndedBy(drafted.On.Placed))
            return ParticipationRefusals.ParticipationHasEnded;
        return Record(command.Agreement, agreement, drafted);
    }

    public static Decision Revise(AgreementState agreement, ReviseAgreement command)
    {
        if (WrongFieldOf(command, command.Content) is { } wrong)
            return wrong;
        return Record(command.Agreement, agreement, new AgreementRevised(command.Content) { On = AfterDraft(agreement, command) });
    }

    public static Decision Sign(AgreementState agreement, SignAgreement command)
    {
        if ((Fields.Known(command.Party) ?? Demanded(command, AgreementPrerequisites.SignedBy, Fields.Name(command.SignedBy), command.SignedBy)) is { } wrong)
            return wrong;
        return Record(command.Agreement, agreement, new AgreementSigned(command.Party, command.SignedBy) { On = AfterDraft(agreement, command) });
    }

    public static Decision ReportInForce(AgreementState agreement, ReportAgreementInForce command)
    {
        if (command.Grounds.Basis.Kind != BasisKind.Source || !command.IsNotDocumented(AgreementPrerequisites.Signatures))
            return SignaturesMissing;
        return Record(command.Agreement, agreement, new AgreementReportedInForce { On = AfterDraft(agreement, command) });
    }

    public static Decision End(AgreementState agreement, EndAgreement command)
    {
        if ((Fields.Reason(command.Reason) ?? Fields.Day(command.NoticeGivenOn)) is { } wrong)
            return wrong;
        if (command.NoticeGivenOn?.First > command.On.Last)
            return NoticeAfterEnd;
        return Record(command.Agreement, agreement, new AgreementEnded(command.Reason, command.NoticeGivenOn) { On = command.On.PlacedLast() });
    }

    /// <summary>The rules that hold on every day, whatever the order things were recorded in.</summary>
    public static IEnumerable<Refusal> Broken(AgreementState agreement, AgreementEvent fact)
    {
        var day = fact.On.Placed;
        return fact switch
        {
            AgreementDrafted => AgreementDraftedAlready.When(agreement.IsDrafted),
            _ when !agreement.IsDrafted => [AgreementUnknown],
            AgreementRevised => AgreementNoLongerDraft.When(!agreement.IsDraftOn(day)),
            _ when agreement.EndedOn <= day => [AgreementHasEnded],
            AgreementSigned e => AgreementSignedAlready.When(agreement.HasSigned(e.Party)),
            AgreementReportedInForce => AgreementInForceAlready.When(agreement.InForceFrom is not null),
            AgreementEnded when agreement.EndedOn is not null => [AgreementHasEnded],
            AgreementEnded => AgreementNotInForce.When(!agreement.IsInForceOn(day)),
            _ => [],
        };
    }

    private static Decision Record(AgreementId id, AgreementState agreement, AgreementEvent fact) =>
        agreement.Remembers(fact) ? Decision.Nothing
        : Broken(agreement, fact).FirstOrDefault() is { } refusal ? refusal
        : Decision.Record(id.Stream, fact);

    private static EffectiveDay AfterDraft(AgreementState agreement, Command command) => command.On.PlacedFirst(agreement.DraftedOn);

    // The first real agreements were too general: what is particular to this municipality cannot be left out (domain.md, "Cooperation agreement").
    private static Refusal? WrongFieldOf(Command command, AgreementContent content) =>
        Fields.Given(content)
        ?? Demanded(command, AgreementPrerequisites.LocalAdaptation, Fields.LongText(content.LocalAdaptation), content.LocalAdaptation)
        ?? Demanded(command, AgreementPrerequisites.BankExpectations, Fields.LongText(content.BankExpectations), content.BankExpectations)
        ?? Demanded(command, AgreementPrerequisites.MunicipalityExpectations, Fields.LongText(content.MunicipalityExpectations), content.MunicipalityExpectations)
        ?? Fields.Each(content.Commitments, (commitment, field) => WrongFieldOf(command, commitment, field))
        ?? Fields.NoneTwice(content.Commitments.Select(c => c.Code).ToList(), "content.commitments");

    private static Refusal? WrongFieldOf(Command command, Commitment? commitment, string field) =>
        commitment is null
            ? Fields.Given(commitment, field)
            : Fields.Name(commitment.Code, field + ".code")
                ?? Fields.Reason(commitment.Text, field + ".text")
                ?? Fields.Known(commitment.Party, field + ".party")
                ?? Fields.Name(commitment.Owner, field + ".owner")
                ?? Demanded(command, AgreementPrerequisites.Due, Fields.Given(commitment.Due, field + ".due"), commitment.Due)
                ?? Fields.Day(commitment.Due, field + ".due");

    /// <summary>What is wrong with a field that must be given, unless it is left out and the imported source is silent on it.</summary>
    private static Refusal? Demanded(Command command, string prerequisite, Refusal? wrong, object? value) =>
        value is null && command.IsNotDocumented(prerequisite) ? null : wrong;
}
