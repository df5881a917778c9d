using HousingBank.Domain.Municipalities;
using HousingBank.Domain.Vocabulary;
using HousingBank.Store;

namespace HousingBank.ReadModels.Tables;

/// <summary>A municipality, or district of one, in the national register.</summary>
/// <param name="Name">As it was registered; its numbers carry the name they are valid with.</param>
/// <param name="PartOf">The municipality a district lies in.</param>
public sealed record MunicipalityRow(
    MunicipalityId Municipality,
    string Name,
    MunicipalityKind Kind,
    string County,
    MunicipalityId? PartOf,
    MunicipalityId? MergedInto,
    Day? MergedOn,
    string? MergerNote,
    WrittenForm? WrittenForm);

public sealed class MunicipalityTable() : RowTable<MunicipalityRow, MunicipalityEvent>("municipality", "municipality")
{
    protected override MunicipalityRow? Apply(MunicipalityRow? row, MunicipalityEvent fact, StoredFact stored) => (row, fact) switch
    {
        (null, MunicipalityRegistered e) => new(e.Key, e.Name, e.Kind, e.County, e.PartOf, null, null, null, null),
        (null, _) => null,
        (_, MunicipalityMerged e) => row with { MergedInto = e.Into, MergedOn = Day.Of(stored.On), MergerNote = e.Note },
        (_, WrittenFormChosen e) => row with { WrittenForm = e.Form },
        _ => row,
    };
}
