namespace HousingBank.Benchmarks;

public interface IBenchmark
{
    /// <summary>What it is called by on the command line.</summary>
    string Name { get; }

    Task RunAsync(Run run, CancellationToken cancel);
}

/// <summary>What was asked for on the command line.</summary>
/// <param name="Seconds">Of measuring, about; null for the benchmark's own default.</param>
/// <param name="Events">In the largest history; null for the benchmark's own default.</param>
public sealed record Run(int? Seconds, long? Events, Report Report);
