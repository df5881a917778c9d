using System.Collections.Immutable;
using HousingBank.Domain.Agreements;
using HousingBank.Domain.Vocabulary;
using HousingBank.Store;

namespace HousingBank.ReadModels.Tables;

/// <summary>Something a party of an agreement has promised.</summary>
/// <param name="Owner">The office or unit that answers for it.</param>
public sealed record CommitmentRow(AgreementId Agreement, string Code, string Text, AgreementParty Party, string Owner, Day? Due);

public sealed class CommitmentTable() : RowsTable<CommitmentRow, AgreementEvent>("commitment", "agreement")
{
    protected override ImmutableSortedDictionary<string, CommitmentRow> Apply(
        ImmutableSortedDictionary<string, CommitmentRow> rows, AgreementEvent fact, StoredFact stored) => fact switch
        {
            AgreementDrafted e when rows.IsEmpty => Of(rows, e.Content, stored),
            AgreementRevised e => Of(rows, e.Content, stored),
            AgreementEnded => rows.Clear(),
            _ => rows,
        };

    private static ImmutableSortedDictionary<string, CommitmentRow> Of(
        ImmutableSortedDictionary<string, CommitmentRow> rows, AgreementContent content, StoredFact stored) =>
        rows.Clear().SetItems(content.Commitments.Select(c => KeyValuePair.Create(
            c.Code,
            new CommitmentRow(stored.Id(AgreementId.From), c.Code, c.Text, c.Party, c.Owner, Day.EndOrNull(c.Due)))));
}
