namespace HousingBank.ReadModels;

/// <summary>A municipality as it was on the day asked about.</summary>
/// <param name="Key">Our own key, which outlives its numbers: "hamar".</param>
/// <param name="Name">Its name on that day; the key when the register does not know it.</param>
/// <param name="Number">The official number valid on that day; null when none was.</param>
/// <param name="County">The county it lay in on that day; null when not known.</param>
/// <param name="Kind">municipality, cityDistrict or districtGroup.</param>
/// <param name="MergedInto">Key of the municipality it had become part of by that day; null when it had not.</param>
public sealed record MunicipalityOnDay(string Key, string Name, string? Number, string? County, string Kind, string? MergedInto)
{
    public static MunicipalityOnDay Unregistered(string key) => new(key, key, null, null, "municipality", null);
}
