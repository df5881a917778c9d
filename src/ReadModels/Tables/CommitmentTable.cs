using HousingBank.Domain.Agreements;
using HousingBank.Domain.Vocabulary;
using HousingBank.Store;

namespace HousingBank.ReadModels.Tables;

/// <summary>Something a party of an agreement has promised.</summary>
/// <param name="Owner">The office or unit that answers for it.</param>
public sealed record CommitmentRow(AgreementId Agreement, string Code, string Text, AgreementParty Party, string Owner, Day? Due);

public sealed class CommitmentTable() : RowsTable<CommitmentRow, AgreementEvent>("commitment", "agreement")
{
    protected override Rows<CommitmentRow> Apply(
        Rows<CommitmentRow> rows, AgreementEvent fact, StoredFact stored) => fact switch
        {
            AgreementDrafted e when rows.Count == 0 => Of(e.Content, stored),
            AgreementRevised e => Of(e.Content, stored),
            AgreementEnded => new Rows<CommitmentRow>(),
            _ => rows,
        };

    private static Rows<CommitmentRow> Of(AgreementContent content, StoredFact stored) =>
        new Rows<CommitmentRow>().SetItems(content.Commitments.Select(c => KeyValuePair.Create(
            c.Code,
            new CommitmentRow(stored.Id(AgreementId.From), c.Code, c.Text, c.Party, c.Owner, Day.EndOrNull(c.Due)))));
}
