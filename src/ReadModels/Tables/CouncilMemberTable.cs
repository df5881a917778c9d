using HousingBank.Domain.Programmes;
using HousingBank.Domain.Vocabulary;
using HousingBank.Store;

namespace HousingBank.ReadModels.Tables;

/// <summary>A member of a programme's council (programråd), until retired.</summary>
/// <param name="Member">A reference to the person; never a name.</param>
/// <param name="Person">Who it is, sealed.</param>
/// <param name="Until">The last day of the appointment; null when it is not limited.</param>
public sealed record CouncilMemberRow(ProgrammeId Programme, string Member, string Affiliation, bool Inside, Day AppointedOn, Day? Until, PersonalData? Person);

public sealed class CouncilMemberTable() : RowsTable<CouncilMemberRow, ProgrammeEvent>("council_member", "programme")
{
    public override int Version => 2;

    protected override Rows<CouncilMemberRow> Apply(
        Rows<CouncilMemberRow> rows, ProgrammeEvent fact, StoredFact stored) => fact switch
        {
            CouncilMemberAppointed e => rows.SetItem(
                e.Member,
                new(stored.Id(ProgrammeId.From), e.Member, e.Affiliation, e.Inside, Day.Of(stored.On), Day.EndOrNull(e.Until), e.Person)),
            CouncilMemberRetired e => rows.Remove(e.Member),
            _ => rows,
        };
}
