using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Municipalities;

/// <summary>What the register knows about one municipality, or district of one, under a key of our own that outlives its numbers.</summary>
public abstract record MunicipalityEvent : Fact;

public enum MunicipalityKind
{
    Municipality,

    /// <summary>A district (bydel) within a municipality.</summary>
    CityDistrict,

    /// <summary>Several districts of one municipality that take part together.</summary>
    DistrictGroup,
}

/// <summary>The written form of Norwegian a municipality wants to be addressed in.</summary>
public enum WrittenForm
{
    Bokmal,
    Nynorsk,

    /// <summary>Either will do.</summary>
    Neutral,
}

/// <param name="PartOf">The municipality a district lies in; null for a municipality.</param>
[StoredAs("municipality-registered")]
public sealed record MunicipalityRegistered(MunicipalityId Key, string Name, MunicipalityKind Kind, string County, MunicipalityId? PartOf) : MunicipalityEvent;

/// <summary>Takes effect on the first day the number is valid.</summary>
/// <param name="Number">Four digits, six for a district, leading zeros kept: "0403".</param>
/// <param name="County">The county it lies in while the number is valid.</param>
/// <param name="Name">Its name while the number is valid.</param>
[StoredAs("number-assigned")]
public sealed record NumberAssigned(string Number, string County, string Name) : MunicipalityEvent;

/// <summary>Takes effect on the last day the number is valid: it is still valid that day.</summary>
[StoredAs("number-ended")]
public sealed record NumberEnded(string Number) : MunicipalityEvent;

/// <summary>Takes effect on the first day the municipality is part of the other.</summary>
[StoredAs("municipality-merged")]
public sealed record MunicipalityMerged(MunicipalityId Into, string? Note) : MunicipalityEvent;

[StoredAs("written-form-chosen")]
public sealed record WrittenFormChosen(WrittenForm Form) : MunicipalityEvent;
