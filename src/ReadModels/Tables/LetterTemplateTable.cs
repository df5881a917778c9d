using System.Globalization;
using HousingBank.Domain.Letters;
using HousingBank.Domain.Municipalities;
using HousingBank.Domain.Vocabulary;
using HousingBank.Store;

namespace HousingBank.ReadModels.Tables;

/// <summary>A version of the template of one kind of letter in one written form; what the program comes with is in no row.</summary>
public sealed record LetterTemplateRow(
    ProgrammeId Programme,
    LetterKind Kind,
    WrittenForm Form,
    int Version,
    string Subject,
    ValueList<string> Paragraphs,
    string Reason,
    Day AdoptedOn,
    bool IsSimulated);

public sealed class LetterTemplateTable() : RowsTable<LetterTemplateRow, LetterTemplateEvent>("letter_template", "letter-template")
{
    protected override Rows<LetterTemplateRow> Apply(
        Rows<LetterTemplateRow> rows, LetterTemplateEvent fact, StoredFact stored) => fact switch
        {
            LetterTemplateAdopted e => rows.SetItem(
                e.Version.ToString("D4", CultureInfo.InvariantCulture),
                new(e.Programme, e.Kind, e.Form, e.Version, e.Subject, e.Paragraphs, e.Reason, Day.Of(stored.On), stored.IsSimulated())),
            _ => rows,
        };
}
