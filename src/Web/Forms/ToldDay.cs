using System.Globalization;
using HousingBank.Domain.Vocabulary;
using HousingBank.Web.Languages;

namespace HousingBank.Web.Forms;

/// <summary>Reads a day as people tell it, in any of the three languages: 10.12.2010, oktober 2009, våren 2009, 2009.</summary>
public static class ToldDay
{
    private static readonly string[] Days = ["yyyy-MM-dd", "d.M.yyyy", "d/M/yyyy", "d. MMMM yyyy", "d MMMM yyyy"];
    private static readonly string[] Months = ["MMMM yyyy", "yyyy-MM", "M.yyyy", "M/yyyy"];

    private static readonly Dictionary<string, int> FirstMonthOfSeason = new(StringComparer.OrdinalIgnoreCase)
    {
        ["våren"] = 3,
        ["vår"] = 3,
        ["spring"] = 3,
        ["sommeren"] = 6,
        ["sommer"] = 6,
        ["sommaren"] = 6,
        ["sommar"] = 6,
        ["summer"] = 6,
        ["høsten"] = 9,
        ["høst"] = 9,
        ["hausten"] = 9,
        ["haust"] = 9,
        ["autumn"] = 9,
        ["vinteren"] = 12,
        ["vinter"] = 12,
        ["winter"] = 12,
    };

    /// <returns>Null when it cannot be read, or lies outside 1900–2199. A winter is told by its first year.</returns>
    public static StatedDay? Read(string text)
    {
        var told = text.Trim();
        if (Parse(told, Days) is { } day)
            return Within(StatedDay.Exactly(day));
        if (Parse(told, Months) is { } month)
            return Within(StatedDay.From(month, DayPrecision.Month));
        if (Year(told) is { } year)
            return Within(StatedDay.From(new(year, 1, 1), DayPrecision.Year));
        if (told.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var season, var of] && FirstMonthOfSeason.TryGetValue(season, out var first) && Year(of.Split('–', '-')[0]) is { } seasonYear)
            return Within(StatedDay.From(new(seasonYear, first, 1), DayPrecision.Season));
        return null;
    }

    /// <returns>What is read as the same day; null for an exact day, and for one that is only known to lie between two others.</returns>
    public static string? Write(StatedDay day) => day.Precision switch
    {
        DayPrecision.Month => day.First.ToString("MM.yyyy", CultureInfo.InvariantCulture),
        DayPrecision.Season => $"{FirstMonthOfSeason.First(s => s.Value == (day.First.Month is 1 or 2 ? 12 : day.First.Month - (day.First.Month % 3))).Key} {(day.First.Month is 1 or 2 ? day.First.Year - 1 : day.First.Year)}",
        DayPrecision.Year => day.First.ToString("yyyy", CultureInfo.InvariantCulture),
        _ => null,
    };

    private static DateOnly? Parse(string text, string[] formats)
    {
        foreach (var language in Language.All)
        {
            if (DateOnly.TryParseExact(text, formats, language.Culture, DateTimeStyles.None, out var day))
                return day;
        }

        return null;
    }

    private static int? Year(string text) =>
        text.Length == 4 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year > 0 ? year : null;

    private static StatedDay? Within(StatedDay day) => day.First.Year is >= 1900 and <= 2199 ? day : null;
}
