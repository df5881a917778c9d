using HousingBank.Domain.Letters;
using HousingBank.ReadModels;
using HousingBank.ReadModels.Letters;

namespace HousingBank.Web.Letters;

/// <summary>What a letter by a template would look like: everything in it that is not the template's own is made up.</summary>
internal static class LetterExample
{
    /// <summary>The letter's day in the example.</summary>
    private static readonly DateOnly s_day = new(2010, 2, 1);

    public static Letter Of(LetterTemplateInUse template, LetterTemplate text)
    {
        var values = template.Form == "nynorsk" ? InNynorsk(template) : InBokmal(template);
        var (subject, paragraphs) = text.Fill(values);
        var about = new LetterInList(
            Guid.Empty, Guid.Empty, 1, MunicipalityOnDay.Unregistered("eksempel"), values[LetterPlaceholders.Municipality]!, "Servicekontoret", template.Kind, template.Form,
            text.Version, subject, Day.Start(s_day), null, false, false, new FactsBehind("", []));
        return new Letter(about, template.Programme, template.Id, values[LetterPlaceholders.Office]!, paragraphs, null, new FactsBehind("", []));
    }

    private static Dictionary<string, string?> InBokmal(LetterTemplateInUse template) => new()
    {
        [LetterPlaceholders.Municipality] = "Eksempel kommune",
        [LetterPlaceholders.Round] = "1",
        [LetterPlaceholders.Programme] = template.ProgrammeName.Nb,
        [LetterPlaceholders.Office] = "Regionkontoret",
        [LetterPlaceholders.ChiefExecutive] = "rådmannen",
        [LetterPlaceholders.DecidedOn] = "1. februar 2010",
        [LetterPlaceholders.Reason] = "Her står begrunnelsen for vedtaket.",
        [LetterPlaceholders.CriterionReasons] = "– Behov: Her står begrunnelsen for kriteriet.\n– Forankring: Her står begrunnelsen for kriteriet.",
        [LetterPlaceholders.What] = "Her står det som mangler i søknaden.",
        [LetterPlaceholders.Due] = "1. mars 2010",
        [LetterPlaceholders.Phase] = "planleggingsfasen",
        [LetterPlaceholders.Months] = "3 måneder",
    };

    private static Dictionary<string, string?> InNynorsk(LetterTemplateInUse template) => new()
    {
        [LetterPlaceholders.Municipality] = "Eksempel kommune",
        [LetterPlaceholders.Round] = "1",
        [LetterPlaceholders.Programme] = template.ProgrammeName.Nn ?? template.ProgrammeName.Nb,
        [LetterPlaceholders.Office] = "Regionkontoret",
        [LetterPlaceholders.ChiefExecutive] = "rådmannen",
        [LetterPlaceholders.DecidedOn] = "1. februar 2010",
        [LetterPlaceholders.Reason] = "Her står grunngjevinga for vedtaket.",
        [LetterPlaceholders.CriterionReasons] = "– Behov: Her står grunngjevinga for kriteriet.\n– Forankring: Her står grunngjevinga for kriteriet.",
        [LetterPlaceholders.What] = "Her står det som manglar i søknaden.",
        [LetterPlaceholders.Due] = "1. mars 2010",
        [LetterPlaceholders.Phase] = "planleggingsfasen",
        [LetterPlaceholders.Months] = "3 månader",
    };
}
