using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.Tables;
using HousingBank.Store;

namespace HousingBank.ReadModels.Register;

/// <summary>Municipalities by the name and number they have on the day asked about.</summary>
internal sealed class Names
{
    private readonly Asked<MunicipalityRow> _municipalities;
    private readonly Asked<MunicipalityNumberRow> _numbers;
    private readonly Lazy<Dictionary<MunicipalityId, MunicipalityOnDay>> _onDay;

    public Names(Look look)
    {
        _municipalities = look.At<MunicipalityRow>();
        _numbers = look.At<MunicipalityNumberRow>();
        _onDay = new(() => OnDay(look.AsOf));
    }

    /// <summary>One for each municipality; that of the national register where an office has its own.</summary>
    public IEnumerable<Segment<MunicipalityRow>> Rows =>
        _municipalities.Rows.OrderBy(r => r.Tenant != Scope.National).DistinctBy(r => r.Row.Municipality);

    public IReadOnlyList<Segment<MunicipalityNumberRow>> Numbers => _numbers.Rows;

    public MunicipalityOnDay Of(MunicipalityId municipality) =>
        _onDay.Value.TryGetValue(municipality, out var known) ? known : MunicipalityOnDay.Unregistered(municipality.Key);

    private Dictionary<MunicipalityId, MunicipalityOnDay> OnDay(DateOnly day)
    {
        var valid = _numbers.Rows.Select(r => r.Row).Where(n => n.IsValidOn(day)).ToLookup(n => n.Municipality);
        return Rows.Select(r => r.Row).ToDictionary(m => m.Municipality, m =>
        {
            var number = valid[m.Municipality].LastOrDefault();
            return new MunicipalityOnDay(
                m.Municipality.Key, number?.Name ?? m.Name, number?.Number, number?.County ?? m.County, Codes.Of(m.Kind), m.MergedInto?.Key);
        });
    }
}
