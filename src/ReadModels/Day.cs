using HousingBank.Domain.Vocabulary;
using HousingBank.Store;

namespace HousingBank.ReadModels;

/// <summary>A day as it is shown: where it is placed, and the span it was told as.</summary>
/// <param name="On">The day folds and questions use.</param>
/// <param name="First">The earliest day it can have been; equal to <paramref name="Last"/> for an exact day.</param>
/// <param name="Last">The latest day it can have been.</param>
/// <param name="AssumedBecause">Why the day is assumed; null when it was told.</param>
public sealed record Day(DateOnly On, DateOnly First, DateOnly Last, DayPrecision Precision, string? AssumedBecause)
{
    /// <summary>The day a fact took effect.</summary>
    public static Day Of(EffectiveSpan span) => new(span.Placed, span.First, span.Last, Codes.Read<DayPrecision>(span.Precision), span.AssumedBecause);

    /// <summary>A start: the first day of the span.</summary>
    public static Day Start(StatedDay day) => new(day.First, day.First, day.Last, day.Precision, day.AssumedBecause);

    /// <summary>A due date or an end: the last day of the span.</summary>
    public static Day End(StatedDay day) => new(day.Last, day.First, day.Last, day.Precision, day.AssumedBecause);

    /// <summary>As it was told.</summary>
    public StatedDay ToStated() => new(First, Last, Precision, AssumedBecause);

    public static Day? EndOrNull(StatedDay? day) => day is null ? null : End(day);
}
