using HousingBank.Domain.Vocabulary;

namespace HousingBank.ReadModels.Letters;

/// <summary>The templates that letters of a programme are written by, one for each kind in each written form.</summary>
public sealed record LetterTemplates(IReadOnlyList<LetterTemplateInUse> Templates)
{
    private static readonly Columns<LetterTemplateInUse> Flat = new("letter-templates")
    {
        { "letterKind", t => new Code("letterKind", t.Kind) },
        { "writtenForm", t => new Code("writtenForm", t.Form) },
        { "templateVersion", t => t.InForce.Version },
        { "adoptedOn", t => t.InForce.AdoptedOn?.On },
        { "subject", t => t.InForce.Subject },
        { "text", t => string.Join("\n\n", t.InForce.Paragraphs) },
        { "reason", t => t.InForce.Reason },
    };

    public FlatTable Rows() => Flat.Of(Templates);
}

/// <param name="Kind">admission, refusal, deferral or supplementWanted.</param>
/// <param name="Form">bokmal or nynorsk.</param>
/// <param name="Versions">From the one that the program comes with; the last holds.</param>
/// <param name="Placeholders">What its paragraphs can name in braces.</param>
/// <param name="InSubject">What its subject can name.</param>
/// <param name="Version">The last version of its stream, now; 0 as long as none was adopted.</param>
public sealed record LetterTemplateInUse(
    Guid Id,
    Guid Programme,
    LocalText ProgrammeName,
    string Kind,
    string Form,
    IReadOnlyList<LetterTemplateVersion> Versions,
    IReadOnlyList<string> Placeholders,
    IReadOnlyList<string> InSubject,
    int Version)
{
    /// <summary>What letters are written by on the day.</summary>
    public LetterTemplateVersion InForce => Versions[^1];
}

/// <param name="Version">0 for the text that the program comes with.</param>
/// <param name="Reason">Why it was adopted; null for the one that the program comes with.</param>
public sealed record LetterTemplateVersion(int Version, string Subject, IReadOnlyList<string> Paragraphs, Day? AdoptedOn, string? Reason, FactsBehind? Facts);
