using HousingBank.ReadModels.Tables;
using HousingBank.Store;

namespace HousingBank.ReadModels.Register;

/// <summary>All that the register says of municipalities on the day asked about, and why.</summary>
internal sealed class MunicipalitiesInRegister
{
    private readonly Asked<MunicipalityNumberRow> _numbers;
    private readonly Lazy<IReadOnlyList<Segment<MunicipalityRow>>> _rows;

    public MunicipalitiesInRegister(Look look)
    {
        var municipalities = look.At<MunicipalityRow>();
        _numbers = look.At<MunicipalityNumberRow>();
        _rows = new(() => [.. Names.OnePerMunicipality(municipalities.Rows, r => r.Tenant, r => r.Row)]);
        Names = new Names(this, look.AsOf);
    }

    public Names Names { get; }

    /// <summary>One for each municipality; that of the national register where an office has its own.</summary>
    public IReadOnlyList<Segment<MunicipalityRow>> Rows => _rows.Value;

    public IReadOnlyList<Segment<MunicipalityNumberRow>> Numbers => _numbers.Rows;

    public IEnumerable<RegisteredMunicipality> All(StreamFigures figures)
    {
        var numbers = Numbers.ToLookup(n => n.Row.Municipality);
        var mergedFrom = Rows.Where(r => r.Row.MergedInto is not null).ToLookup(r => r.Row.MergedInto!.Value, r => r.Row.Municipality.Key);
        return Rows.Select(r => new RegisteredMunicipality(
            Names.Of(r.Row.Municipality),
            [.. numbers[r.Row.Municipality].OrderBy(n => n.Row.From).Select(NumberPeriod)],
            Codes.Of(r.Row.WrittenForm),
            r.Row.PartOf?.Key,
            r.Row.MergedOn,
            [.. mergedFrom[r.Row.Municipality]],
            figures.Version(r.Stream),
            FactsBehind.Of(r)));
    }

    private static NumberPeriod NumberPeriod(Segment<MunicipalityNumberRow> number) =>
        new(number.Row.Number, number.Row.Name, number.Row.County, number.Row.From, number.Row.To, FactsBehind.Of(number));
}
