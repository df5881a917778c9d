using HousingBank.Domain.Municipalities;
using HousingBank.Domain.Vocabulary;
using HousingBank.Store;

namespace HousingBank.ReadModels.Tables;

/// <summary>An official number, with the name and county it is valid with.</summary>
/// <param name="From">First day it is valid.</param>
/// <param name="To">Last day it is valid, included; null as long as nobody has ended it.</param>
public sealed record MunicipalityNumberRow(MunicipalityId Municipality, string Number, string Name, string County, DateOnly From, DateOnly? To)
{
    public bool IsValidOn(DateOnly day) => From <= day && (To is null || day <= To);
}

public sealed class MunicipalityNumberTable() : RowsTable<MunicipalityNumberRow, MunicipalityEvent>("municipality_number", "municipality")
{
    protected override Rows<MunicipalityNumberRow> Apply(
        Rows<MunicipalityNumberRow> rows, MunicipalityEvent fact, StoredFact stored) => fact switch
        {
            NumberAssigned e => rows.SetItem(
                $"{stored.On.Placed:yyyy-MM-dd}/{e.Number}", new(new(stored.Id()), e.Number, e.Name, e.County, stored.On.Placed, null)),
            NumberEnded e when rows.FirstOrDefault(r => r.Value.Number == e.Number && r.Value.To is null) is { Key: { } key, Value: { } open } =>
                rows.SetItem(key, open with { To = stored.On.Placed }),
            _ => rows,
        };
}
