using HousingBank.Store;

namespace HousingBank.ReadModels;

/// <summary>The facts that something shown was made from: what "why" leads to.</summary>
/// <param name="Stream">"participation/0199c8f0-…".</param>
/// <param name="Versions">Their versions in that stream, in the order they were applied.</param>
public sealed record FactsBehind(string Stream, IReadOnlyList<int> Versions)
{
    public static FactsBehind Of<TRow>(Segment<TRow> segment) => new(segment.Stream.Name, segment.Versions);

    /// <summary>Of one stream: the facts of several rows, each once, by version.</summary>
    public static FactsBehind OfAll(StreamKey stream, params IEnumerable<IReadOnlyList<int>> versions) =>
        new(stream.Name, [.. versions.SelectMany(v => v).Distinct().Order()]);
}
