using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Municipalities;

public static class MunicipalityRefusals
{
    public static readonly Refusal MunicipalityUnknown = Refusal.Unknown("municipality-unknown");

    /// <summary>The key is taken by a municipality that is described differently.</summary>
    public static readonly Refusal MunicipalityRegisteredAlready = new("municipality-registered-already");

    /// <summary>It had become part of another on the day the command speaks of.</summary>
    public static readonly Refusal MunicipalityIsMerged = new("municipality-merged");

    public static readonly Refusal MergedIntoItself = Refusal.OfField("municipality-merged-into-itself", "into");
    public static readonly Refusal NumberStillValid = new("number-still-valid");
    public static readonly Refusal NumberNotValid = new("number-not-valid");
    public static readonly Refusal KeyNotWellFormed = Refusal.OfField("municipality-key-not-well-formed", "key");
    public static readonly Refusal NumberNotWellFormed = Refusal.OfField("number-not-well-formed", "number");
    public static readonly Refusal DistrictWithoutMunicipality = Refusal.OfField("district-without-municipality", "partOf");
    public static readonly Refusal MunicipalityWithinAnother = Refusal.OfField("municipality-within-another", "partOf");
}
