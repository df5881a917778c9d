using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Participations;

/// <summary>A phase as the framework model's durations alone would have it.</summary>
/// <param name="FirstDay">The day after the planned end of the one before.</param>
/// <param name="LastDay">Included.</param>
public readonly record struct PlannedPhase(Phase Phase, DateOnly FirstDay, DateOnly LastDay);

/// <summary>What the framework model's durations say from a started phase on: each later phase begins when the longest duration of the one before has passed.</summary>
public static class PlannedCourse
{
    /// <param name="phase">The phase that is under way.</param>
    /// <param name="clock">Its clock.</param>
    /// <param name="longestMonths">Longest duration of a phase, in whole calendar months, by the version of the model the municipality is on.</param>
    /// <param name="asOf">The day asked about, which moves the planned end while the clock stands still.</param>
    /// <returns>The phase under way and all after it, in order, each with its latest planned days.</returns>
    public static IReadOnlyList<PlannedPhase> From(Phase phase, PhaseClock clock, Func<Phase, int> longestMonths, DateOnly asOf)
    {
        var course = new List<PlannedPhase> { new(phase, clock.FirstStart, clock.PlannedEnd(asOf).Latest) };
        for (var next = phase + 1; next <= Phase.PhaseOut; next++)
        {
            var first = course[^1].LastDay.AddDays(1);
            course.Add(new(next, first, first.AddMonths(longestMonths(next)).AddDays(-1)));
        }

        return course;
    }

    /// <summary>The phase by the model on a day: the one under way, or the later one that its passed durations lead to.</summary>
    public static Phase PhaseByModel(Phase phase, PhaseClock clock, Func<Phase, int> longestMonths, DateOnly asOf) =>
        From(phase, clock, longestMonths, asOf).Last(p => p.FirstDay <= asOf || p.Phase == phase).Phase;
}
