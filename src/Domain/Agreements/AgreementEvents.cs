using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Agreements;

/// <summary>What has happened with one cooperation agreement (samarbeidsavtale).</summary>
public abstract record AgreementEvent : Fact;

public enum AgreementParty
{
    /// <summary>The housing bank; its regional director signs.</summary>
    Bank,

    /// <summary>The municipality; its chief executive or mayor signs.</summary>
    Municipality,
}

/// <summary>What the parties agree on. Empty sections are there only when an imported source is silent on them.</summary>
/// <param name="LocalAdaptation">How the programme is fitted to this municipality.</param>
/// <param name="BankExpectations">What the bank expects.</param>
/// <param name="MunicipalityExpectations">What the municipality expects.</param>
public sealed record AgreementContent(
    string? LocalAdaptation,
    string? BankExpectations,
    string? MunicipalityExpectations,
    ValueList<Commitment> Commitments);

/// <summary>Something one of the parties has promised.</summary>
/// <param name="Code">Its own within the agreement: "programmeLeaderPosition".</param>
/// <param name="Text">What is promised, in words.</param>
/// <param name="Owner">The office or unit that answers for it; never a person.</param>
/// <param name="Due">When it is due; null only when an imported source is silent.</param>
public sealed record Commitment(string Code, string Text, AgreementParty Party, string Owner, StatedDay? Due);

[StoredAs("agreement-drafted")]
public sealed record AgreementDrafted(ParticipationId Participation, MunicipalityId Municipality, AgreementContent Content) : AgreementEvent;

/// <summary>The draft was given a new content, which replaces the earlier one as a whole.</summary>
[StoredAs("agreement-revised")]
public sealed record AgreementRevised(AgreementContent Content) : AgreementEvent;

/// <param name="SignedBy">The office that signed: "regiondirektør", "rådmann"; never a person's name. Null when an imported source is silent.</param>
[StoredAs("agreement-signed")]
public sealed record AgreementSigned(AgreementParty Party, string? SignedBy) : AgreementEvent;

/// <summary>A source says that the agreement is in force, but neither who signed nor when: no signature is invented.</summary>
[StoredAs("agreement-reported-in-force")]
public sealed record AgreementReportedInForce : AgreementEvent;

/// <summary>Takes effect on the first day it is no longer in force.</summary>
/// <param name="NoticeGivenOn">The day notice was given; null when it ended without notice.</param>
[StoredAs("agreement-ended")]
public sealed record AgreementEnded(string Reason, StatedDay? NoticeGivenOn) : AgreementEvent;
