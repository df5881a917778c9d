using System.Text.Json.Serialization;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Web.Charts;

/// <summary>What a picture shows. Drawn by wwwroot/js/charts.js; the table beside it says the same in words.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Timeline), "timeline")]
[JsonDerivedType(typeof(StackedBars), "bars")]
[JsonDerivedType(typeof(Funnel), "funnel")]
[JsonDerivedType(typeof(ScoreRanges), "scores")]
public abstract record ChartData;

/// <summary>The colours of the design system.</summary>
public enum Tone
{
    Accent,
    Brand1,
    Brand2,
    Success,
    Warning,
    Danger,
    Neutral,
}

public static class Tones
{
    /// <summary>A phase has one colour on every page.</summary>
    public static Tone Of(Phase phase) => phase switch
    {
        Phase.Preparation => Tone.Brand2,
        Phase.Planning => Tone.Accent,
        Phase.Implementation => Tone.Brand1,
        _ => Tone.Neutral,
    };
}

/// <summary>Stretches of days in lanes.</summary>
/// <param name="From">First day shown.</param>
/// <param name="To">Last day shown.</param>
/// <param name="Lanes">From the top down; one label can stand for several stretches.</param>
/// <param name="Marks">Days drawn as a line across, such as the day that is looked at.</param>
public sealed record Timeline(DateOnly From, DateOnly To, IReadOnlyList<TimelineLane> Lanes, IReadOnlyList<TimelineMark> Marks) : ChartData;

/// <param name="Label">What the lane is about: "Plan", "Hamar".</param>
public sealed record TimelineLane(string Label, IReadOnlyList<TimelineStretch> Stretches);

/// <param name="Name">What the stretch is: the phase; stretches of one name have one tone and one entry in the legend.</param>
/// <param name="First">First day.</param>
/// <param name="Last">Last day, included.</param>
/// <param name="Planned">Drawn as an outline: it has not happened.</param>
/// <param name="Note">Told when pointed at; null for nothing beside name and days.</param>
public sealed record TimelineStretch(string Name, DateOnly First, DateOnly Last, Tone Tone, bool Planned = false, string? Note = null);

public sealed record TimelineMark(DateOnly Day, string Label);

/// <summary>Bars made of parts.</summary>
/// <param name="Categories">One bar each.</param>
/// <param name="Series">One part of every bar each.</param>
public sealed record StackedBars(IReadOnlyList<string> Categories, IReadOnlyList<BarSeries> Series) : ChartData;

/// <param name="Values">One for each category.</param>
public sealed record BarSeries(string Name, Tone Tone, IReadOnlyList<int> Values);

/// <summary>How many are left after each step.</summary>
public sealed record Funnel(IReadOnlyList<FunnelStep> Steps) : ChartData;

/// <param name="Note">Such as "reported count"; null for none.</param>
public sealed record FunnelStep(string Name, int Count, string? Note = null);

/// <summary>Scores given by several: for each row and series a dot for every score, the range they span and their mean.</summary>
/// <param name="From">The lowest score there is.</param>
/// <param name="To">The highest score there is.</param>
/// <param name="Rows">From the top down.</param>
public sealed record ScoreRanges(int From, int To, IReadOnlyList<string> Rows, IReadOnlyList<ScoreSeries> Series) : ChartData;

/// <param name="Values">One for each row.</param>
public sealed record ScoreSeries(string Name, Tone Tone, IReadOnlyList<ScoreRange> Values);

/// <param name="Scores">The lowest first; at least one.</param>
/// <param name="Says">Told when pointed at.</param>
public sealed record ScoreRange(IReadOnlyList<int> Scores, decimal Mean, string Says);
