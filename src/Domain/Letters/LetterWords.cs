using System.Diagnostics;
using System.Globalization;
using HousingBank.Domain.Municipalities;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Letters;

/// <summary>Words that letters put into their sentences.</summary>
internal static class LetterWords
{
    /// <summary>In the definite form: "planleggingsfasen".</summary>
    public static string Of(Phase phase, WrittenForm form) => (phase, form == WrittenForm.Nynorsk) switch
    {
        (Phase.Preparation, false) => "forberedelsesfasen",
        (Phase.Preparation, true) => "førebuingsfasen",
        (Phase.Planning, _) => "planleggingsfasen",
        (Phase.Implementation, _) => "gjennomføringsfasen",
        (Phase.PhaseOut, false) => "utfasingen",
        (Phase.PhaseOut, true) => "utfasinga",
        _ => throw new UnreachableException($"{phase} has no word."),
    };

    public static string OfMonths(int months, WrittenForm form) => (months, form == WrittenForm.Nynorsk) switch
    {
        (1, false) => "1 måned",
        (1, true) => "1 månad",
        (_, false) => string.Create(CultureInfo.InvariantCulture, $"{months} måneder"),
        (_, true) => string.Create(CultureInfo.InvariantCulture, $"{months} månader"),
    };
}
