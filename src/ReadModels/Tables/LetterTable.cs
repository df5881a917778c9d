using HousingBank.Domain.Letters;
using HousingBank.Domain.Municipalities;
using HousingBank.Domain.Vocabulary;
using HousingBank.Store;

namespace HousingBank.ReadModels.Tables;

/// <summary>A letter as it was sent.</summary>
/// <param name="Answers">Version of the fact that it tells of: in the application's stream, for an extension in the course's.</param>
public sealed record LetterRow(
    LetterId Letter,
    LetterKind Kind,
    RoundId Round,
    MunicipalityId Municipality,
    int Answers,
    WrittenForm Form,
    int TemplateVersion,
    string Sender,
    string Receiver,
    string? Office,
    string Subject,
    ValueList<string> Paragraphs,
    LetterId? Corrects,
    Day WrittenOn,
    bool IsSimulated) : IOfApplication;

public sealed class LetterTable() : RowTable<LetterRow, LetterEvent>("letter", "letter")
{
    protected override LetterRow? Apply(LetterRow? row, LetterEvent fact, StoredFact stored) => fact switch
    {
        LetterWritten e => new(
            stored.Id(LetterId.From), e.Kind, e.Round, e.Municipality, e.Answers, e.Form, e.TemplateVersion, e.Sender, e.Receiver, e.Office, e.Subject, e.Paragraphs,
            e.Corrects, Day.Of(stored.On), stored.IsSimulated()),
        _ => row,
    };
}
