using System.Diagnostics;
using HousingBank.Domain.Municipalities;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Letters;

/// <summary>The text that letters of one kind are written by.</summary>
/// <param name="Version">0 for the one that the program comes with.</param>
public sealed record LetterTemplate(int Version, string Subject, ValueList<string> Paragraphs)
{
    /// <summary>A letter by this template.</summary>
    /// <param name="values">What there is of each placeholder; null when there is nothing of it.</param>
    public (string Subject, ValueList<string> Paragraphs) Fill(IReadOnlyDictionary<string, string?> values) => (
        LetterPlaceholders.Fill(Subject, values) ?? "",
        Paragraphs.Select(p => LetterPlaceholders.Fill(p, values)).OfType<string>().ToValueList());
}

/// <summary>A template as far as the rules need to know it.</summary>
/// <param name="Adopted">Every version that leadership adopted, in the order they were.</param>
public sealed record LetterTemplateState(ValueList<LetterTemplateAdopted> Adopted)
{
    public static readonly LetterTemplateState Initial = new([]);

    public int LastVersion => Adopted.Count > 0 ? Adopted[^1].Version : 0;

    /// <summary>The placed day of the last version; null until one is adopted.</summary>
    public DateOnly? LatestOn => Adopted.Count > 0 ? Adopted[^1].On.Placed : null;

    /// <summary>What holds on a day: the last that was adopted by then, or what the program comes with.</summary>
    public LetterTemplate On(DateOnly day, LetterKind kind, WrittenForm form) =>
        Adopted.LastOrDefault(a => a.On.Placed <= day) is { } adopted ? new(adopted.Version, adopted.Subject, adopted.Paragraphs) : LetterDefaults.Of(kind, form);

    public static LetterTemplateState Evolve(LetterTemplateState template, LetterTemplateEvent fact) => fact switch
    {
        LetterTemplateAdopted e => template with { Adopted = template.Adopted.Add(e) },
        _ => throw new UnreachableException($"{fact.GetType().Name} has no case in Evolve."),
    };
}
