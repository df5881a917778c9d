using System.Globalization;
using HousingBank.Domain.IntakeRounds;
using HousingBank.Domain.Vocabulary;
using HousingBank.ReadModels.OneRound;

namespace HousingBank.Web.Forms;

/// <summary>A round's criteria as they are typed: one on a line, its name, and after a colon its weight; 1 when none is given.</summary>
public static class CriteriaLines
{
    /// <param name="before">Those that are revised: one that keeps its name keeps its code.</param>
    public static ValueList<SelectionCriterion> Read(IReadOnlyList<string> lines, IReadOnlyList<RoundCriterion> before)
    {
        var read = new List<SelectionCriterion>();
        foreach (var line in lines)
        {
            var colon = line.LastIndexOf(':');
            var weight = colon > 0 && int.TryParse(line[(colon + 1)..].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : (int?)null;
            var name = weight is null ? line : line[..colon].Trim();
            var known = before.FirstOrDefault(c => c.Name.Nb == name);
            read.Add(new(known?.Code ?? NewCode(before.Select(c => c.Code).Concat(read.Select(c => c.Code))), known?.Name ?? new LocalText(name), weight ?? 1));
        }

        return [.. read];
    }

    public static string Write(IEnumerable<RoundCriterion> criteria) => string.Join('\n', criteria.Select(c => $"{c.Name.Nb}: {c.Weight}"));

    private static string NewCode(IEnumerable<string> taken)
    {
        var codes = taken.ToHashSet();
        return Enumerable.Range(1, codes.Count + 1).Select(n => $"criterion-{n}").First(code => !codes.Contains(code));
    }
}
