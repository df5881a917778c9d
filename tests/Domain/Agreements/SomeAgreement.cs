using HousingBank.Domain.Agreements;
using HousingBank.Domain.Tests.Participations;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Tests.Agreements;

/// <summary>Hamar's agreement with the bank, as good as any.</summary>
public static class SomeAgreement
{
    public static readonly AgreementId Id = new(new Guid("01977f00-0000-7000-8000-00000000000a"));
    public static readonly DateOnly DraftDay = new(2009, 11, 10);
    public static readonly DateOnly BankSigns = new(2009, 12, 1);
    public static readonly DateOnly MunicipalitySigns = new(2009, 12, 15);

    public static AgreementContent Content { get; } = new(
        "Boligplanen er kommunens handlingsplan.",
        "Kommunen setter av en programleder.",
        "Banken veileder.",
        [
            new("guidance", "Veiledning", AgreementParty.Bank, "Programsekretariatet", Some.Day(2010, 12, 31)),
            new("programmeLeader", "Programleder i full stilling", AgreementParty.Municipality, "Rådmannen", Some.Day(2010, 1, 15)),
        ]);

    public static AgreementDrafted Drafted { get; } = new(Course.Hamar, Some.Hamar, Content) { On = DraftDay };

    public static AgreementSigned SignedByBank { get; } = new(AgreementParty.Bank, "regiondirektør") { On = BankSigns };

    public static AgreementSigned SignedByMunicipality { get; } = new(AgreementParty.Municipality, "rådmann") { On = MunicipalitySigns };

    public static AgreementEvent[] SignedByBoth { get; } = [SignedByBank, SignedByMunicipality];
}
