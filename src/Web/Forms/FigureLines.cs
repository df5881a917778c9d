using System.Globalization;
using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.OneRound;
using HousingBank.ReadModels.Register;

namespace HousingBank.Web.Forms;

/// <summary>Selection figures as they are typed or pasted from a spreadsheet: municipality; figure; unit; period; value; note, one figure on a line.</summary>
public static class FigureLines
{
    private const int Fewest = 4;
    private const int Most = 6;

    /// <param name="Unreadable">Lines, by their number, that name no known municipality, have too few or too many parts, or whose value is no number.</param>
    public sealed record ReadLines(IReadOnlyList<(MunicipalityId Municipality, ValueList<SelectionFigure> Figures)> Figures, IReadOnlyList<int> Unreadable);

    /// <summary>How a line may name a municipality: by key, name or number.</summary>
    public static IReadOnlyDictionary<string, string> Keys(MunicipalityRegister register)
    {
        var keys = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var municipality in register.Municipalities.Select(m => m.OnDay))
        {
            foreach (var name in new[] { municipality.Key, municipality.Name, municipality.Number }.OfType<string>())
                keys.TryAdd(name, municipality.Key);
        }

        return keys;
    }

    public static ReadLines Read(IReadOnlyList<string> lines, IReadOnlyDictionary<string, string> keys)
    {
        var figures = new List<(string Municipality, SelectionFigure Figure)>();
        var unreadable = new List<int>();
        for (var i = 0; i < lines.Count; i++)
        {
            string[] parts = [.. lines[i].Split(lines[i].Contains('\t', StringComparison.Ordinal) ? '\t' : ';').Select(p => p.Trim())];
            if (parts.Length is >= Fewest and <= Most && keys.TryGetValue(parts[0], out var key) && ValueOf(parts) is (true, var value))
                figures.Add((key, new(CodeOf(parts[1]), new LocalText(parts[1]), parts[2], parts[3], value, parts.ElementAtOrDefault(5) is { Length: > 0 } note ? note : null)));
            else
                unreadable.Add(i + 1);
        }

        return new([.. figures.GroupBy(f => f.Municipality).Select(m => (new MunicipalityId(m.Key), m.Select(f => f.Figure).ToValueList()))], unreadable);
    }

    public static string Write(SelectionFigures kept) => string.Join('\n', kept.Municipalities.SelectMany(m => m.Figures.Select(f => string.Join("; ",
        m.Municipality.Name, f.Name.Nb, f.Unit, f.Period, f.Value?.ToString(CultureInfo.InvariantCulture), f.Note))));

    /// <summary>A short name that is the same wherever the figure is written the same.</summary>
    private static string CodeOf(string name) => string.Join('-', name.ToLowerInvariant().Split([' ', '/', ',', '.', '(', ')'], StringSplitOptions.RemoveEmptyEntries));

    private static (bool IsRead, decimal? Value) ValueOf(string[] parts) => parts.ElementAtOrDefault(4) switch
    {
        null or "" => (true, null),
        var text => (decimal.TryParse(text.Replace(" ", "", StringComparison.Ordinal).Replace(',', '.'), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value), value),
    };
}
