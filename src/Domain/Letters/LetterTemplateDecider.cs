using HousingBank.Domain.Municipalities;
using HousingBank.Domain.Programmes;
using HousingBank.Domain.Vocabulary;
using static HousingBank.Domain.Letters.LetterTemplateRefusals;

namespace HousingBank.Domain.Letters;

/// <summary>The rules of what letters are written by.</summary>
public static class LetterTemplateDecider
{
    public static Decision Adopt(LetterTemplateState template, ProgrammeState programme, AdoptLetterTemplate command)
    {
        if (WrongFieldOf(command) is { } wrong)
            return wrong;
        if (!programme.IsKnown)
            return ProgrammeRefusals.ProgrammeUnknown;

        var on = command.On.PlacedFirst(template.LatestOn ?? programme.Launched!.On.Placed);
        var now = template.On(DateOnly.MaxValue, command.Kind, command.Form);
        if ((now.Subject, now.Paragraphs) == (command.Subject, command.Paragraphs))
            return Decision.Nothing;
        var adopted = new LetterTemplateAdopted(
            command.Programme, command.Kind, command.Form, template.LastVersion + 1, command.Subject, command.Paragraphs, command.Reason)
        { On = on };
        return Broken(template, adopted).FirstOrDefault() is { } refusal ? refusal : Decision.Record(command.Template.Stream, adopted);
    }

    /// <summary>The rules that hold on every day, whatever the order things were recorded in.</summary>
    public static IEnumerable<Refusal> Broken(LetterTemplateState template, LetterTemplateEvent fact) => fact switch
    {
        LetterTemplateAdopted e => TemplateVersionNotNewer.When(e.Version <= template.LastVersion),
        _ => [],
    };

    /// <summary>What stands in the way of a text whatever was adopted before; null when nothing does.</summary>
    public static Refusal? WrongFieldOf(AdoptLetterTemplate command) =>
        Fields.Known(command.Kind)
        ?? Fields.Known(command.Form)
        ?? (command.Form == WrittenForm.Neutral ? LetterFormIsNeutral : null)
        ?? Fields.Name(command.Subject)
        ?? Fields.NotEmpty(command.Paragraphs)
        ?? Fields.Each(command.Paragraphs, (paragraph, field) => Fields.Reason(paragraph, field))
        ?? Fields.Reason(command.Reason)
        ?? Unknown(PlaceholderUnknownInSubject, [command.Subject], LetterPlaceholders.AlwaysIn(command.Kind))
        ?? Unknown(PlaceholderUnknown, command.Paragraphs, LetterPlaceholders.Of(command.Kind));

    private static Refusal? Unknown(Refusal refusal, ValueList<string> texts, ValueList<string> known) =>
        texts.SelectMany(LetterPlaceholders.In).Except(known).FirstOrDefault() is { } unknown ? refusal.With("placeholder", unknown) : null;
}
