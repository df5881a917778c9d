namespace HousingBank.Domain.Agreements;

/// <summary>Names of what an agreement asks for. An imported source may be silent on them, by name.</summary>
public static class AgreementPrerequisites
{
    public const string LocalAdaptation = "localAdaptation";
    public const string BankExpectations = "bankExpectations";
    public const string MunicipalityExpectations = "municipalityExpectations";

    /// <summary>The day a commitment is due.</summary>
    public const string Due = "due";

    /// <summary>Both signatures and their days.</summary>
    public const string Signatures = "signatures";

    /// <summary>The office that signed.</summary>
    public const string SignedBy = "signedBy";
}
