namespace HousingBank.ReadModels.Register;

/// <summary>The register of municipalities on one day.</summary>
/// <param name="Municipalities">By name.</param>
public sealed record MunicipalityRegister(IReadOnlyList<RegisteredMunicipality> Municipalities)
{
    private static readonly Columns<RegisteredMunicipality> Flat = new("municipalities")
    {
        { "key", m => m.OnDay.Key },
        { "municipality", m => m.OnDay.Name },
        { "municipalityNumber", m => m.OnDay.Number },
        { "county", m => m.OnDay.County },
        { "kind", m => Code.Of("municipalityKind", m.OnDay.Kind) },
        { "mergedInto", m => m.OnDay.MergedInto },
        { "mergedOn", m => m.MergedOn?.On },
        { "writtenForm", m => Code.Of("writtenForm", m.WrittenForm) },
    };

    public FlatTable Rows() => Flat.Of(Municipalities);
}

/// <param name="Numbers">Those it had had by the day, and has.</param>
/// <param name="WrittenForm">bokmal, nynorsk or neutral; null when not chosen by the day.</param>
/// <param name="PartOf">Key of the municipality a district lies in.</param>
/// <param name="MergedFrom">Keys of those that had become part of it.</param>
/// <param name="Version">The last version of its stream, now.</param>
public sealed record RegisteredMunicipality(
    MunicipalityOnDay OnDay,
    IReadOnlyList<NumberPeriod> Numbers,
    string? WrittenForm,
    string? PartOf,
    Day? MergedOn,
    IReadOnlyList<string> MergedFrom,
    int Version,
    FactsBehind Facts);

/// <param name="To">Last day, included; null while it is valid.</param>
public sealed record NumberPeriod(string Number, string Name, string County, DateOnly From, DateOnly? To, FactsBehind Facts);
