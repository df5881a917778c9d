using HousingBank.Domain.Participations;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Tests.Participations;

public sealed class PlannedCourseTests
{
    private static readonly PhaseClock Planning = PhaseClock.Starting(new DateOnly(2009, 11, 1), 6);

    [Theory]
    [InlineData("2009-10-01", Phase.Planning)]
    [InlineData("2009-11-01", Phase.Planning)]
    [InlineData("2010-04-30", Phase.Planning)]
    [InlineData("2010-05-01", Phase.Implementation)]
    [InlineData("2013-04-30", Phase.Implementation)]
    [InlineData("2013-05-01", Phase.PhaseOut)]
    [InlineData("2030-01-01", Phase.PhaseOut)]
    public void Each_phase_by_the_model_begins_when_the_one_before_has_had_its_longest_duration(string day, Phase phase) =>
        PlannedCourse.PhaseByModel(Phase.Planning, Planning, LongestMonths, DateOnly.ParseExact(day, "yyyy-MM-dd")).ShouldBe(phase);

    [Fact]
    public void The_course_joins_without_a_gap() =>
        PlannedCourse.From(Phase.Planning, Planning, LongestMonths, new(2010, 1, 1)).ShouldBe(
        [
            new(Phase.Planning, new(2009, 11, 1), new(2010, 4, 30)),
            new(Phase.Implementation, new(2010, 5, 1), new(2013, 4, 30)),
            new(Phase.PhaseOut, new(2013, 5, 1), new(2015, 4, 30)),
        ]);

    [Fact]
    public void An_extension_keeps_the_phase_by_the_model() =>
        PlannedCourse.PhaseByModel(Phase.Planning, Planning.Extended(3), LongestMonths, new(2010, 7, 31)).ShouldBe(Phase.Planning);

    [Fact]
    public void A_suspension_that_lasts_keeps_the_phase_by_the_model() =>
        PlannedCourse.PhaseByModel(Phase.Planning, Planning.Stopped(new(2010, 4, 1)), LongestMonths, new(2012, 1, 1)).ShouldBe(Phase.Planning);

    [Fact]
    public void The_four_of_the_first_round_were_in_implementation_by_the_model_in_December_2010()
    {
        var october = StatedDay.From(new(2009, 10, 1), DayPrecision.Month).PlacedFirst();

        PlannedCourse.PhaseByModel(Phase.Planning, PhaseClock.Starting(october, 6), LongestMonths, new(2010, 12, 10)).ShouldBe(Phase.Implementation);
    }

    private static int LongestMonths(Phase phase) => Some.Phases.Single(p => p.Phase == phase).LongestMonths;
}
