using HousingBank.Domain.Agreements;
using HousingBank.Domain.Vocabulary;
using HousingBank.Store;

namespace HousingBank.ReadModels.Tables;

/// <summary>A cooperation agreement (samarbeidsavtale).</summary>
/// <param name="ReportedInForceOn">The day from which a source says it is in force, without giving signatures.</param>
/// <param name="EndedOn">The first day it is no longer in force.</param>
/// <param name="NotDocumented">What an imported source is silent on.</param>
public sealed record AgreementRow(
    AgreementId Agreement,
    ParticipationId Participation,
    MunicipalityId Municipality,
    Day DraftedOn,
    string? LocalAdaptation,
    string? BankExpectations,
    string? MunicipalityExpectations,
    Day? BankSignedOn,
    string? BankSignedBy,
    Day? MunicipalitySignedOn,
    string? MunicipalitySignedBy,
    Day? ReportedInForceOn,
    Day? EndedOn,
    string? EndReason,
    ValueList<string> NotDocumented,
    bool IsSimulated)
{
    /// <summary>The day of the later signature, or that from which a source says so, whichever is first; null while it is a draft.</summary>
    public Day? InForceFrom() => (Signed(), ReportedInForceOn) switch
    {
        (null, var reported) => reported,
        (var signed, null) => signed,
        var (signed, reported) => reported.On < signed.On ? reported : signed,
    };

    private Day? Signed() => BankSignedOn is null || MunicipalitySignedOn is null ? null
        : BankSignedOn.On > MunicipalitySignedOn.On ? BankSignedOn
        : MunicipalitySignedOn;
}

public sealed class AgreementTable() : RowTable<AgreementRow, AgreementEvent>("agreement", "agreement")
{
    protected override AgreementRow? Apply(AgreementRow? row, AgreementEvent fact, StoredFact stored) => (row, fact) switch
    {
        (null, AgreementDrafted e) => WithContent(
            new(stored.Id(AgreementId.From), e.Participation, e.Municipality, Day.Of(stored.On), null, null, null, null, null, null, null, null, null, null, [], stored.IsSimulated()),
            e.Content, stored),
        (null, _) => null,
        (_, AgreementRevised e) => WithContent(row, e.Content, stored),
        ({ BankSignedOn: null }, AgreementSigned { Party: AgreementParty.Bank } e) =>
            Silent(row with { BankSignedOn = Day.Of(stored.On), BankSignedBy = e.SignedBy }, stored),
        ({ MunicipalitySignedOn: null }, AgreementSigned { Party: AgreementParty.Municipality } e) =>
            Silent(row with { MunicipalitySignedOn = Day.Of(stored.On), MunicipalitySignedBy = e.SignedBy }, stored),
        ({ ReportedInForceOn: null }, AgreementReportedInForce) => Silent(row with { ReportedInForceOn = Day.Of(stored.On) }, stored),
        ({ EndedOn: null }, AgreementEnded e) => row with { EndedOn = Day.Of(stored.On), EndReason = e.Reason },
        _ => row,
    };

    private static AgreementRow WithContent(AgreementRow row, AgreementContent content, StoredFact stored) => Silent(
        row with
        {
            LocalAdaptation = content.LocalAdaptation,
            BankExpectations = content.BankExpectations,
            MunicipalityExpectations = content.MunicipalityExpectations,
        },
        stored);

    private static AgreementRow Silent(AgreementRow row, StoredFact stored) => stored.Circumstances.NotDocumented.Count == 0
        ? row
        : row with { NotDocumented = row.NotDocumented.Union(stored.Circumstances.NotDocumented).ToValueList() };
}
