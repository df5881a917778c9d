using System.Text.Json.Serialization;

namespace HousingBank.Domain.Vocabulary;

/// <summary>Something that has happened. What it says is its body; the day it took effect stands beside the body in the store.</summary>
public abstract record Fact
{
    /// <summary>The day it took effect: the first clock.</summary>
    [JsonIgnore]
    public EffectiveDay On { get; init; } = EffectiveDay.Exactly(DateOnly.MinValue);

    /// <summary>True for a fact with the same body, told of the same day, wherever in an inexact day the two are placed.</summary>
    public bool SaysTheSameAs(Fact other) => On.Stated == other.On.Stated && this == other with { On = On };
}

/// <summary>The name and version under which a fact is stored. A contract for ever: types may be renamed, these may not.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class StoredAsAttribute(string name, int version = 1) : Attribute
{
    public string Name { get; } = name;

    public int Version { get; } = version;
}

/// <summary>Takes back an earlier fact of the same stream that never was so. Folds leave the struck fact out; this one changes nothing itself.</summary>
/// <param name="Version">The version, in the stream, of the fact that is struck.</param>
/// <param name="Reason">Why it is struck.</param>
[StoredAs("fact-struck")]
public sealed record FactStruck(int Version, string Reason) : Fact;

/// <summary>A fact with its place in the stream, as folds and contradiction checks see it.</summary>
/// <param name="Version">The version it stands at: its own, or that of the fact it replaces.</param>
/// <param name="Fact">What happened.</param>
/// <param name="RecordedAs">The version it was recorded at, when it replaces another; 0 when it replaces none.</param>
public readonly record struct StandingFact(int Version, Fact Fact, int RecordedAs = 0)
{
    /// <summary>True for the version it stands at and for the one it was recorded at: both name this fact.</summary>
    public bool IsNamedBy(int version) => version == Version || version == RecordedAs;
}

/// <summary>A rule that does not hold on some day, found by folding a stream in effective order.</summary>
/// <param name="Code">The code of the refusal that would have met it had it been recorded in that order.</param>
/// <param name="On">The first day on which the rule does not hold.</param>
/// <param name="Versions">The facts that contradict one another.</param>
public sealed record Contradiction(string Code, DateOnly On, ValueList<int> Versions);
