using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.Tables;
using HousingBank.Store;

namespace HousingBank.ReadModels.Register;

/// <summary>Municipalities by the name and number they have on the day asked about.</summary>
internal sealed class Names
{
    private readonly Lazy<Dictionary<MunicipalityId, MunicipalityOnDay>> _onDay;

    public Names(Look look)
    {
        var (municipalities, numbers) = (look.PlainAt<MunicipalityRow>(), look.PlainAt<MunicipalityNumberRow>());
        _onDay = new(() => OnDay(
            OnePerMunicipality(municipalities.Rows, r => r.Tenant, r => r.Row).Select(r => r.Row),
            numbers.Rows.Select(n => n.Row),
            look.AsOf));
    }

    public Names(MunicipalitiesInRegister register, DateOnly day) =>
        _onDay = new(() => OnDay(register.Rows.Select(r => r.Row), register.Numbers.Select(n => n.Row), day));

    /// <summary>That of the national register where an office has its own.</summary>
    public static IEnumerable<T> OnePerMunicipality<T>(IEnumerable<T> found, Func<T, string> tenant, Func<T, MunicipalityRow> row) =>
        found.OrderBy(f => tenant(f) != Scope.National).DistinctBy(f => row(f).Municipality);

    public MunicipalityOnDay Of(MunicipalityId municipality) =>
        _onDay.Value.TryGetValue(municipality, out var known) ? known : MunicipalityOnDay.Unregistered(municipality.Key);

    public bool Knows(MunicipalityId municipality) => _onDay.Value.ContainsKey(municipality);

    private static Dictionary<MunicipalityId, MunicipalityOnDay> OnDay(IEnumerable<MunicipalityRow> municipalities, IEnumerable<MunicipalityNumberRow> numbers, DateOnly day)
    {
        var valid = numbers.Where(n => n.IsValidOn(day)).OrderBy(n => n.From).ThenBy(n => n.Number, StringComparer.Ordinal).ToLookup(n => n.Municipality);
        return municipalities.ToDictionary(m => m.Municipality, m =>
        {
            var number = valid[m.Municipality].LastOrDefault();
            return new MunicipalityOnDay(
                m.Municipality.Key, number?.Name ?? m.Name, number?.Number, number?.County ?? m.County, Codes.Of(m.Kind), m.MergedInto?.Key);
        });
    }
}
