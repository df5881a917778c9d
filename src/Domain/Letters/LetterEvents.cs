using HousingBank.Domain.Municipalities;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Letters;

/// <summary>What has happened to one letter (brev) to a municipality.</summary>
public abstract record LetterEvent : Fact;

/// <summary>What a letter tells.</summary>
public enum LetterKind
{
    Admission,
    Refusal,

    /// <summary>To a later round.</summary>
    Deferral,
    SupplementWanted,

    /// <summary>Of a phase.</summary>
    Extension,
}

public static class LetterKinds
{
    /// <summary>The stream of the fact that such a letter tells of.</summary>
    public static StreamId AnswersIn(this LetterKind kind, RoundId round, MunicipalityId municipality) =>
        kind == LetterKind.Extension ? ParticipationId.Of(round, municipality).Stream : ApplicationId.Of(round, municipality).Stream;
}

/// <summary>A letter as it was sent. Whatever is changed later, it stays.</summary>
/// <param name="Answers">Version of the fact that it tells of: in the application's stream, for an extension in the course's.</param>
/// <param name="Form">Bokmål or nynorsk.</param>
/// <param name="TemplateVersion">0 for the text that the program comes with.</param>
/// <param name="Sender">The regional office that writes.</param>
/// <param name="Receiver">The municipality by its name on the day: "Hamar kommune".</param>
/// <param name="Office">The office there that it is sent to; never a person. Null when none is known.</param>
/// <param name="Corrects">The letter whose place it takes; null when it takes none's.</param>
[StoredAs("letter-written")]
public sealed record LetterWritten(
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
    LetterId? Corrects) : LetterEvent;
