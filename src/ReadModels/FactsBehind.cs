namespace HousingBank.ReadModels;

/// <summary>The facts that something shown was made from: what "why" leads to.</summary>
/// <param name="Stream">"participation/0199c8f0-…".</param>
/// <param name="Versions">Their versions in that stream, in the order they were applied.</param>
public sealed record FactsBehind(string Stream, IReadOnlyList<int> Versions);
