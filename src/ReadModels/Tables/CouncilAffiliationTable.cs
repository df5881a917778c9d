using HousingBank.Domain.Programmes;
using HousingBank.Domain.Vocabulary;
using HousingBank.Store;

namespace HousingBank.ReadModels.Tables;

/// <summary>Where a council member belongs, or did: it makes the member partial (inhabil) in the applications of the municipality.</summary>
/// <param name="Member">By reference; never a name.</param>
/// <param name="As">How: "employed", "elected", "close family".</param>
/// <param name="EndedOn">The first day the member no longer belongs there; null while it lasts.</param>
public sealed record CouncilAffiliationRow(ProgrammeId Programme, string Member, MunicipalityId Municipality, string As, Day From, Day? EndedOn);

public sealed class CouncilAffiliationTable() : RowsTable<CouncilAffiliationRow, ProgrammeEvent>("council_affiliation", "programme")
{
    protected override Rows<CouncilAffiliationRow> Apply(
        Rows<CouncilAffiliationRow> rows, ProgrammeEvent fact, StoredFact stored) => fact switch
        {
            CouncilAffiliationNoted e => rows.SetItem(
                $"{e.Member}/{e.Municipality.Key}/{stored.Version:D6}",
                new(stored.Id(ProgrammeId.From), e.Member, e.Municipality, e.As, Day.Of(stored.On), null)),
            CouncilAffiliationEnded e => rows.SetItems(
                rows.Where(r => (r.Value.Member, r.Value.Municipality, r.Value.EndedOn) == (e.Member, e.Municipality, null))
                    .Select(r => KeyValuePair.Create(r.Key, r.Value with { EndedOn = Day.Of(stored.On) }))),
            _ => rows,
        };
}
