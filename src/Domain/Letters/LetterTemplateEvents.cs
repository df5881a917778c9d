using HousingBank.Domain.Municipalities;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Letters;

/// <summary>What has happened to the template (mal) of one kind of letter in one written form.</summary>
public abstract record LetterTemplateEvent : Fact;

/// <summary>Letters of this kind are written by this text from now on.</summary>
/// <param name="Form">Bokmål or nynorsk.</param>
/// <param name="Version">1 or more, higher than every version before it; 0 is the text that the program comes with.</param>
/// <param name="Subject">With placeholders in braces: <see cref="LetterPlaceholders"/>.</param>
/// <param name="Paragraphs">With placeholders too; one that names something there is nothing of is left out of the letter.</param>
[StoredAs("letter-template-adopted")]
public sealed record LetterTemplateAdopted(
    ProgrammeId Programme, LetterKind Kind, WrittenForm Form, int Version, string Subject, ValueList<string> Paragraphs, string Reason) : LetterTemplateEvent;
