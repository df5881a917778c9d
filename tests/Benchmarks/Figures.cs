namespace HousingBank.Benchmarks;

/// <summary>What is made of measurements.</summary>
public static class Figures
{
    public static double Median(IEnumerable<double> values) => Quantile(values, 0.5);

    /// <param name="share">0 to 1; nearest rank.</param>
    public static double Quantile(IEnumerable<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0
            ? throw new ArgumentException("There is nothing to take a quantile of.", nameof(values))
            : sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];
    }

    /// <summary>
    /// Runs both sides by turns, the other one first in every second round, so that what disturbs the machine disturbs both, and takes the ratio of each round by itself.
    /// </summary>
    /// <returns>Median, least and greatest of the rounds' ratios (ours by theirs).</returns>
    public static async Task<Ratios> PairedAsync(int rounds, Func<Task<double>> ours, Func<Task<double>> theirs)
    {
        var ratios = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            double own, other;
            if (round % 2 == 0)
                (own, other) = (await ours(), await theirs());
            else
                (other, own) = (await theirs(), await ours());
            ratios.Add(own / other);
        }

        return new Ratios(Median(ratios), ratios.Min(), ratios.Max());
    }
}

/// <summary>The ratios of paired rounds.</summary>
public sealed record Ratios(double Median, double Least, double Greatest);
