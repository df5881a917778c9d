using System.Text.Json.Serialization;

namespace HousingBank.Domain.Vocabulary;

/// <summary>How exactly a source or a person gave a day.</summary>
public enum DayPrecision
{
    /// <summary>The calendar day itself.</summary>
    Day,

    /// <summary>Some day in a calendar month.</summary>
    Month,

    /// <summary>Some day in a season: spring March–May, summer June–August, autumn September–November, winter December–February.</summary>
    Season,

    /// <summary>Some day in a calendar year.</summary>
    Year,

    /// <summary>Some day between two others that bound it.</summary>
    Between,
}

/// <summary>A day as it was told: the first and the last calendar day in Norway that it can have been, both included.</summary>
/// <param name="First">The earliest day it can have been.</param>
/// <param name="Last">The latest day it can have been; equal to <paramref name="First"/> for an exact day.</param>
/// <param name="Precision">How exactly it was told.</param>
/// <param name="AssumedBecause">Why this day is assumed though the source does not give it; null when the source gives it.</param>
public sealed record StatedDay(DateOnly First, DateOnly Last, DayPrecision Precision, string? AssumedBecause = null)
{
    [JsonIgnore]
    public bool IsExact => Precision == DayPrecision.Day;

    [JsonIgnore]
    public bool IsAssumed => AssumedBecause is not null;

    /// <summary>True when it ends where the day, month, season or year that was told ends; two days that bound it are what they are.</summary>
    [JsonIgnore]
    public bool IsWholeSpan => Precision == DayPrecision.Between || Last == LastOf(First, Precision);

    public static StatedDay Exactly(DateOnly day) => new(day, day, DayPrecision.Day);

    public static implicit operator StatedDay(DateOnly day) => Exactly(day);

    /// <summary>The span from the earliest day a source gives to the last day of the month, season or year which that day lies in.</summary>
    /// <remarks>The demo sources give the earliest day beside the precision ("date": "2010-08-01", "season": summer 2010, from August).</remarks>
    public static StatedDay From(DateOnly earliest, DayPrecision precision, string? assumedBecause = null) =>
        new(earliest, LastOf(earliest, precision), precision, assumedBecause);

    public static StatedDay Between(DateOnly first, DateOnly last, string? assumedBecause = null) =>
        new(first, last, DayPrecision.Between, assumedBecause);

    /// <summary>A start or an event: the first day of the span that is not before the facts it rests on.</summary>
    /// <param name="notBefore">The latest placed day of the facts it rests on; null when it rests on none.</param>
    /// <returns>An exact day stays where it was told, also when it lies before what it rests on: that is a contradiction to be shown, not a day to be moved.</returns>
    public EffectiveDay PlacedFirst(DateOnly? notBefore = null) =>
        new(notBefore is { } bound && bound > First && bound <= Last ? bound : First, this);

    /// <summary>A due date or an end: the last day of the span.</summary>
    public EffectiveDay PlacedLast() => new(Last, this);

    private static DateOnly LastOf(DateOnly day, DayPrecision precision) => precision switch
    {
        DayPrecision.Month => EndOfMonth(day.Year, day.Month),
        DayPrecision.Season when day.Month is >= 3 and <= 5 => EndOfMonth(day.Year, 5),
        DayPrecision.Season when day.Month is >= 6 and <= 8 => EndOfMonth(day.Year, 8),
        DayPrecision.Season when day.Month is >= 9 and <= 11 => EndOfMonth(day.Year, 11),
        DayPrecision.Season => EndOfMonth(day.Month == 12 ? day.Year + 1 : day.Year, 2),
        DayPrecision.Year => new DateOnly(day.Year, 12, 31),
        _ => day,
    };

    private static DateOnly EndOfMonth(int year, int month) => new(year, month, DateTime.DaysInMonth(year, month));
}

/// <summary>The day a fact took effect: as it was told, and where in the told span it is placed.</summary>
/// <param name="Placed">The one calendar day that folds and questions use.</param>
/// <param name="Stated">The day as it was told.</param>
public sealed record EffectiveDay(DateOnly Placed, StatedDay Stated)
{
    public static EffectiveDay Exactly(DateOnly day) => new(day, StatedDay.Exactly(day));

    public static implicit operator EffectiveDay(DateOnly day) => Exactly(day);
}
