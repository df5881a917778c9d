using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace HousingBank.Benchmarks;

/// <summary>Writes figures as they come, and keeps the ratios that have a target.</summary>
public sealed class Report(string benchmark, TextWriter output)
{
    private readonly List<Target> _targets = [];

    public void Line(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    public void Machine() => Line($"{benchmark} on {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, {DateTime.UtcNow:yyyy-MM-dd}");

    /// <summary>A ratio that has to reach its target: our throughput by the limit's.</summary>
    public void AtLeast(string name, double ratio, double target) => Add(new Target(name, ratio, target, ratio / target));

    /// <summary>A ratio that must not pass its target: our time by the limit's.</summary>
    public void AtMost(string name, double ratio, double target) => Add(new Target(name, ratio, target, target / ratio));

    /// <summary>The closing lines.</summary>
    public void End(bool json)
    {
        if (_targets.Count == 0)
            return;
        var worst = _targets.MinBy(t => t.ByTarget)!;
        Line($"worst by its target: {worst.Name}, {worst.ByTarget:0.00}{(worst.ByTarget >= 1 ? " (all hold)" : "")}");
        if (json)
            output.WriteLine(JsonSerializer.Serialize(new { benchmark, ratios = _targets, ratio = Math.Round(worst.ByTarget, 3) }, JsonSerializerOptions.Web));
    }

    private void Add(Target target)
    {
        _targets.Add(target with { Ratio = Math.Round(target.Ratio, 3), ByTarget = Math.Round(target.ByTarget, 3) });
        Line($"{target.Name,-60} {target.Ratio,8:0.000}   target {target.Value:0.00}   {(target.ByTarget >= 1 ? "holds" : "DOES NOT HOLD")}");
    }

    /// <param name="Value">The target itself.</param>
    /// <param name="ByTarget">1 or more when it holds.</param>
    private sealed record Target(string Name, double Ratio, double Value, double ByTarget);
}
