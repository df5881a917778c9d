namespace HousingBank.Cli.Simulating;

/// <summary>Chance that a seed repeats to the last throw, on every machine and in every later version of .NET (SplitMix64).</summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    /// <summary>Others for each purpose, so that more throws for one change nothing for another.</summary>
    public static Dice For(int seed, int purpose) => new(((ulong)(uint)seed << 32) | (uint)purpose);

    /// <returns>A number from <paramref name="least"/> to <paramref name="most"/>, both included.</returns>
    public int Between(int least, int most) => least + (int)(Next() % (ulong)(most - least + 1));

    public bool Chance(int percent) => Between(1, 100) <= percent;

    public T One<T>(params IReadOnlyList<T> of) => of[Between(0, of.Count - 1)];

    private ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
