using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Participations;

/// <summary>The clock of one phase: planned end, lateness and days used are counted from it. It holds nothing that depends on the day asked about.</summary>
/// <param name="FirstStart">The earliest day the phase can have started; a calendar day in Norway, itself the phase's first day.</param>
/// <param name="LastStart">The latest day it can have started; equal to <paramref name="FirstStart"/> for an exact day.</param>
/// <param name="LongestMonths">The model's longest duration in whole calendar months, 1 or more.</param>
/// <param name="ExtensionMonths">Whole calendar months of all extensions together; 0 when there are none.</param>
/// <param name="DaysStopped">Days of the phase on which it stood still, in suspensions that are over.</param>
/// <param name="StoppedSince">The first day of the phase on which it stands still, in a suspension that lasts; null while it runs.</param>
public sealed record PhaseClock(DateOnly FirstStart, DateOnly LastStart, int LongestMonths, int ExtensionMonths, int DaysStopped, DateOnly? StoppedSince)
{
    public static PhaseClock Starting(EffectiveDay start, int longestMonths) =>
        new(start.Placed, start.Stated.Last > start.Placed ? start.Stated.Last : start.Placed, longestMonths, 0, 0, null);

    public PhaseClock Extended(int months) => this with { ExtensionMonths = ExtensionMonths + months };

    /// <param name="day">The first day on which it stands still; one before the phase counts as its first day.</param>
    public PhaseClock Stopped(DateOnly day) => this with { StoppedSince = StoppedSince ?? Later(day, FirstStart) };

    /// <param name="day">The first day on which it runs again.</param>
    public PhaseClock RunningAgain(DateOnly day) => StoppedSince is { } since
        ? this with { DaysStopped = DaysStopped + Later(day, since).DayNumber - since.DayNumber, StoppedSince = null }
        : this;

    /// <summary>The last day of the phase, included: its start plus the model's longest duration and all extensions, moved by the days on which the clock stood still.</summary>
    /// <param name="asOf">The day asked about: under a suspension that lasts, the end moves with it, day by day.</param>
    /// <returns>
    /// Both ends of what it can be when the start is inexact. One month from 1 January ends 31 January; from 31 January, 27 February
    /// (28 in a leap year).
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">The duration is below one month.</exception>
    /// <remarks>Source: framework model, interim report 2010; domain.md, "Participation and its phases".</remarks>
    public PlannedEnd PlannedEnd(DateOnly asOf) => new(LastDay(FirstStart, asOf), LastDay(LastStart, asOf));

    /// <summary>True when the planned end has passed on the day asked about, also if the phase started as late as it can have.</summary>
    public bool IsLate(DateOnly asOf) => DaysLate(asOf) > 0;

    /// <summary>Days past the planned end, judged by its latest; 0 when it has not passed.</summary>
    public int DaysLate(DateOnly asOf) => Math.Max(0, asOf.DayNumber - PlannedEnd(asOf).Latest.DayNumber);

    /// <summary>Days of the phase up to the day asked about, both included, but for those on which the clock stood still; 0 before its start.</summary>
    public int DaysUsed(DateOnly asOf) => Math.Max(0, asOf.DayNumber - FirstStart.DayNumber + 1 - DaysStoppedBy(asOf));

    /// <summary>The longest duration in days, extensions included, counted from the earliest start.</summary>
    public int LongestDays => FirstStart.AddMonths(LongestMonths + ExtensionMonths).DayNumber - FirstStart.DayNumber;

    /// <summary>Days on which the clock stood still up to the day asked about, that day included.</summary>
    public int DaysStoppedBy(DateOnly asOf) =>
        DaysStopped + (StoppedSince is { } since ? Math.Max(0, asOf.DayNumber - since.DayNumber + 1) : 0);

    private DateOnly LastDay(DateOnly start, DateOnly asOf)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(LongestMonths + ExtensionMonths, 1);
        return start.AddMonths(LongestMonths + ExtensionMonths).AddDays(DaysStoppedBy(asOf) - 1);
    }

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;
}

/// <summary>The last day that is planned for a phase, included: both ends of what it can be when the start is inexact.</summary>
/// <param name="Earliest">If the phase started on the first day it can have.</param>
/// <param name="Latest">If it started on the last: lateness is judged by this one, so that nobody is late by an inexact day.</param>
public readonly record struct PlannedEnd(DateOnly Earliest, DateOnly Latest);
