namespace HousingBank.Web.Letters;

/// <summary>A paragraph in one of two texts, or in both.</summary>
/// <param name="InFirst">False when it came in.</param>
/// <param name="InSecond">False when it was taken out.</param>
public sealed record ComparedParagraph(string Text, bool InFirst, bool InSecond);

/// <summary>Two texts side by side, paragraph by paragraph.</summary>
public static class Compared
{
    /// <summary>As much as possible is in both; the order is kept.</summary>
    public static IReadOnlyList<ComparedParagraph> Of(IReadOnlyList<string> first, IReadOnlyList<string> second)
    {
        // The longest that two ends have in common, from each place on.
        var common = new int[first.Count + 1, second.Count + 1];
        for (var i = first.Count - 1; i >= 0; i--)
        {
            for (var j = second.Count - 1; j >= 0; j--)
                common[i, j] = first[i] == second[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        }

        var compared = new List<ComparedParagraph>();
        var (a, b) = (0, 0);
        while (a < first.Count || b < second.Count)
        {
            if (a < first.Count && b < second.Count && first[a] == second[b])
            {
                compared.Add(new(first[a++], true, true));
                b++;
            }
            else if (b == second.Count || (a < first.Count && common[a + 1, b] >= common[a, b + 1]))
            {
                compared.Add(new(first[a++], true, false));
            }
            else
            {
                compared.Add(new(second[b++], false, true));
            }
        }

        return compared;
    }
}
