using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Letters;

public static class LetterTemplateRefusals
{
    public static readonly Refusal LetterTemplateUnknown = Refusal.Unknown("letter-template-unknown");

    /// <summary>A letter is written in bokmål or in nynorsk: who wants either gets bokmål.</summary>
    public static readonly Refusal LetterFormIsNeutral = Refusal.OfField("letter-form-neutral", "form");

    public static readonly Refusal PlaceholderUnknown = Refusal.OfField("letter-placeholder-unknown", "paragraphs");

    /// <summary>The subject can name only what every letter of its kind has.</summary>
    public static readonly Refusal PlaceholderUnknownInSubject = Refusal.OfField("letter-placeholder-unknown", "subject");

    public static readonly Refusal TemplateVersionNotNewer = new("letter-template-version-not-newer");
}
