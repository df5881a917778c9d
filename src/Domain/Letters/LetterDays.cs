using System.Globalization;
using HousingBank.Domain.Municipalities;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Letters;

/// <summary>Days as letters write them, the same wherever the program runs.</summary>
internal static class LetterDays
{
    // The same in bokmål and nynorsk.
    private static readonly string[] s_months =
        ["januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "desember"];

    /// <summary>As exactly as it was told: "15. oktober 2009", "oktober 2009", "høsten 2009", "2009".</summary>
    public static string Written(StatedDay day, WrittenForm form) => day.Precision switch
    {
        DayPrecision.Day => Exact(day.First),
        DayPrecision.Month => Month(day.First),
        DayPrecision.Season => Season(day.Last, form),
        DayPrecision.Year => Year(day.First.Year),
        _ => $"mellom {Exact(day.First)} og {Exact(day.Last)}",
    };

    private static string Exact(DateOnly day) => $"{Year(day.Day)}. {Month(day)}";

    private static string Month(DateOnly day) => $"{s_months[day.Month - 1]} {Year(day.Year)}";

    private static string Season(DateOnly last, WrittenForm form) => (last.Month, form) switch
    {
        ( >= 3 and <= 5, _) => $"våren {Year(last.Year)}",
        ( >= 6 and <= 8, WrittenForm.Nynorsk) => $"sommaren {Year(last.Year)}",
        ( >= 6 and <= 8, _) => $"sommeren {Year(last.Year)}",
        ( >= 9 and <= 11, WrittenForm.Nynorsk) => $"hausten {Year(last.Year)}",
        ( >= 9 and <= 11, _) => $"høsten {Year(last.Year)}",
        // A winter is named by both its years.
        _ => $"vinteren {Year(last.Year - 1)}–{Year(last.Year)}",
    };

    private static string Year(int number) => number.ToString(CultureInfo.InvariantCulture);
}
