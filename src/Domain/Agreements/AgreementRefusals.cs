using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Agreements;

public static class AgreementRefusals
{
    public static readonly Refusal AgreementUnknown = Refusal.Unknown("agreement-unknown");
    public static readonly Refusal AgreementDraftedAlready = new("agreement-drafted-already");

    /// <summary>A side has signed it, a source says that it is in force, or it has ended: its content stands.</summary>
    public static readonly Refusal AgreementNoLongerDraft = new("agreement-no-longer-draft");

    public static readonly Refusal AgreementSignedAlready = new("agreement-signed-already");
    public static readonly Refusal AgreementInForceAlready = new("agreement-in-force-already");
    public static readonly Refusal AgreementNotInForce = new("agreement-not-in-force");
    public static readonly Refusal AgreementHasEnded = new("agreement-has-ended");

    /// <summary>Without signatures an agreement is in force only where an imported source says so and is silent on them.</summary>
    public static readonly Refusal SignaturesMissing = new("signatures-missing");

    public static readonly Refusal NoticeAfterEnd = Refusal.OfField("notice-after-end", "noticeGivenOn");
}
