using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Vocabulary;
using HousingBank.Store;

namespace HousingBank.ReadModels.Tables;

/// <summary>A municipality in a round: invited, admitted or both.</summary>
/// <param name="InvitedOn">Null when it came to a round open to all.</param>
/// <param name="AdmittedOn">Null when it is not in the cohort.</param>
public sealed record InvitationRow(RoundId Round, MunicipalityId Municipality, Day? InvitedOn, Day? AdmittedOn, ValueList<string> NotDocumented);

public sealed class InvitationTable() : RowsTable<InvitationRow, IntakeRoundEvent>("invitation", "round")
{
    protected override Rows<InvitationRow> Apply(
        Rows<InvitationRow> rows, IntakeRoundEvent fact, StoredFact stored)
    {
        InvitationRow Row(MunicipalityId municipality) =>
            rows.GetValueOrDefault(municipality.Key) ?? new(stored.Id(RoundId.From), municipality, null, null, []);

        return fact switch
        {
            MunicipalityInvited e => rows.SetItem(e.Municipality.Key, Row(e.Municipality) with { InvitedOn = Day.Of(stored.On) }),
            MunicipalityAdmitted e => rows.SetItem(
                e.Municipality.Key, Row(e.Municipality) with { AdmittedOn = Day.Of(stored.On), NotDocumented = e.NotDocumented }),
            _ => rows,
        };
    }
}
