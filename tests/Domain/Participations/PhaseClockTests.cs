using FsCheck;
using FsCheck.Fluent;
using HousingBank.Domain.Participations;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Tests.Participations;

public sealed class PhaseClockTests
{
    private static readonly DateOnly Epoch = new(2009, 1, 1);

    [Theory]
    [InlineData("2010-01-01", 1, "2010-01-31")]
    [InlineData("2010-01-31", 1, "2010-02-27")]
    [InlineData("2012-01-31", 1, "2012-02-28")]
    [InlineData("2010-02-01", 1, "2010-02-28")]
    [InlineData("2012-02-01", 1, "2012-02-29")]
    [InlineData("2012-02-29", 12, "2013-02-27")]
    [InlineData("2011-03-01", 12, "2012-02-29")]
    [InlineData("2009-11-01", 6, "2010-04-30")]
    [InlineData("2009-08-31", 6, "2010-02-27")]
    [InlineData("2010-04-01", 36, "2013-03-31")]
    [InlineData("2010-12-31", 2, "2011-02-27")]
    public void The_planned_end_is_the_last_day_of_the_longest_duration(string start, int longest, string end) =>
        Clock(Day(start), longest).PlannedEnd(Day(start)).ShouldBe(new PlannedEnd(Day(end), Day(end)));

    [Theory]
    [InlineData("2009-11-01", 6, 3, "2010-07-31")]
    [InlineData("2010-01-31", 1, 1, "2010-03-30")]
    [InlineData("2011-08-31", 3, 3, "2012-02-28")]
    public void An_extension_moves_it_by_whole_months(string start, int longest, int extension, string end) =>
        Clock(Day(start), longest).Extended(extension).PlannedEnd(Day(start)).Latest.ShouldBe(Day(end));

    [Fact]
    public void A_season_gives_an_end_for_its_first_and_its_last_day()
    {
        var summer = StatedDay.From(new(2010, 8, 1), DayPrecision.Season).PlacedFirst();

        PhaseClock.Starting(summer, 36).PlannedEnd(Day("2010-12-10")).ShouldBe(new PlannedEnd(Day("2013-07-31"), Day("2013-08-30")));
    }

    [Fact]
    public void A_start_placed_after_what_it_rests_on_counts_from_there()
    {
        var autumn = StatedDay.From(new(2009, 9, 1), DayPrecision.Season).PlacedFirst(notBefore: new(2009, 10, 15));

        PhaseClock.Starting(autumn, 6).PlannedEnd(Day("2009-12-01")).ShouldBe(new PlannedEnd(Day("2010-04-14"), Day("2010-05-29")));
    }

    [Fact]
    public void Nobody_is_late_by_an_inexact_day()
    {
        var clock = PhaseClock.Starting(StatedDay.From(new(2009, 10, 1), DayPrecision.Month).PlacedFirst(), 6);

        clock.IsLate(Day("2010-04-01")).ShouldBeFalse();
        clock.IsLate(Day("2010-04-29")).ShouldBeFalse();
        clock.IsLate(Day("2010-04-30")).ShouldBeTrue();
    }

    [Fact]
    public void Late_is_judged_against_the_day_asked_about()
    {
        var clock = Clock(Day("2009-11-01"), 6);

        clock.DaysLate(Day("2010-04-30")).ShouldBe(0);
        clock.DaysLate(Day("2010-05-01")).ShouldBe(1);
        clock.DaysLate(Day("2010-12-10")).ShouldBe(224);
    }

    [Fact]
    public void Days_used_count_the_first_day_and_the_day_asked_about()
    {
        var clock = Clock(Day("2009-11-01"), 6);

        clock.LongestDays.ShouldBe(181);
        clock.DaysUsed(Day("2009-10-31")).ShouldBe(0);
        clock.DaysUsed(Day("2009-11-01")).ShouldBe(1);
        clock.DaysUsed(Day("2010-04-30")).ShouldBe(clock.LongestDays);
    }

    [Fact]
    public void A_suspension_stops_the_clock_day_by_day()
    {
        var clock = Clock(Day("2010-01-01"), 1).Stopped(Day("2010-01-11"));

        clock.PlannedEnd(Day("2010-01-10")).Latest.ShouldBe(Day("2010-01-31"));
        clock.PlannedEnd(Day("2010-01-11")).Latest.ShouldBe(Day("2010-02-01"));
        clock.PlannedEnd(Day("2010-01-20")).Latest.ShouldBe(Day("2010-02-10"));
        clock.RunningAgain(Day("2010-01-21")).PlannedEnd(Day("2010-06-01")).Latest.ShouldBe(Day("2010-02-10"));
        clock.DaysUsed(Day("2010-01-20")).ShouldBe(10);
    }

    [Fact]
    public void A_suspension_from_before_the_phase_counts_from_its_start() =>
        Clock(Day("2010-01-01"), 1).Stopped(Day("2009-12-01")).RunningAgain(Day("2010-01-06")).PlannedEnd(Day("2010-01-06")).Latest.ShouldBe(Day("2010-02-05"));

    [Fact]
    public void A_clock_that_runs_is_not_set_running_again() =>
        Clock(Day("2010-01-01"), 1).RunningAgain(Day("2010-01-06")).ShouldBe(Clock(Day("2010-01-01"), 1));

    [Fact]
    public void A_stopped_clock_is_not_stopped_again() =>
        Clock(Day("2010-01-01"), 1).Stopped(Day("2010-01-06")).Stopped(Day("2010-01-20")).StoppedSince.ShouldBe(Day("2010-01-06"));

    [Fact]
    public void A_phase_lasts_a_month_at_least() => Should.Throw<ArgumentOutOfRangeException>(() => Clock(Epoch, 0).PlannedEnd(Epoch));

    [Fact]
    public void A_suspension_of_n_days_moves_the_end_n_days() => Check(clocks =>
        from clock in clocks
        from before in Gen.Choose(0, 2000)
        from days in Gen.Choose(0, 500)
        from asked in Gen.Choose(0, 1000)
        let stop = clock.FirstStart.AddDays(before)
        let resume = stop.AddDays(days)
        let asOf = resume.AddDays(asked)
        let after = clock.Stopped(stop).RunningAgain(resume)
        select after.PlannedEnd(asOf).Latest == clock.PlannedEnd(asOf).Latest.AddDays(days)
            && after.PlannedEnd(asOf).Earliest == clock.PlannedEnd(asOf).Earliest.AddDays(days));

    [Fact]
    public void On_its_last_day_a_suspension_that_lasts_has_moved_the_end_as_far_as_one_that_is_over() => Check(clocks =>
        from clock in clocks
        from days in Gen.Choose(1, 500)
        let stopped = clock.Stopped(clock.FirstStart)
        let resume = clock.FirstStart.AddDays(days)
        select stopped.PlannedEnd(resume.AddDays(-1)) == stopped.RunningAgain(resume).PlannedEnd(resume));

    [Fact]
    public void Nobody_gets_later_while_suspended() => Check(clocks =>
        from clock in clocks
        from before in Gen.Choose(0, 3000)
        from days in Gen.Choose(0, 1000)
        let stop = clock.FirstStart.AddDays(before)
        let stopped = clock.Stopped(stop)
        select stopped.DaysLate(stop.AddDays(days)) == stopped.DaysLate(stop));

    [Fact]
    public void A_longer_extension_never_ends_earlier() => Check(clocks =>
        from clock in clocks
        from months in Gen.Choose(0, 36)
        select clock.Extended(months + 1).PlannedEnd(Epoch).Latest > clock.Extended(months).PlannedEnd(Epoch).Latest);

    [Fact]
    public void Extensions_add_up_however_they_are_divided() => Check(clocks =>
        from clock in clocks
        from one in Gen.Choose(0, 36)
        from other in Gen.Choose(0, 36)
        select clock.Extended(one).Extended(other) == clock.Extended(one + other));

    [Fact]
    public void With_an_exact_start_late_is_when_more_days_are_used_than_the_longest_duration_has() => Check(clocks =>
        from clock in clocks
        from asked in Gen.Choose(0, 3000)
        let exact = clock with { LastStart = clock.FirstStart }
        let asOf = exact.FirstStart.AddDays(asked)
        select exact.IsLate(asOf) == exact.DaysUsed(asOf) > exact.LongestDays);

    private static void Check(Func<Gen<PhaseClock>, Gen<bool>> property) =>
        Prop.ForAll(property(Clocks).ToArbitrary(), holds => holds).QuickCheckThrowOnFailure();

    private static Gen<PhaseClock> Clocks =>
        from start in Gen.Choose(0, 5000)
        from inexact in Gen.Choose(0, 120)
        from longest in Gen.Choose(1, 60)
        from extension in Gen.Choose(0, 36)
        from stopped in Gen.Choose(0, 300)
        select new PhaseClock(Epoch.AddDays(start), Epoch.AddDays(start + inexact), longest, extension, stopped, null);

    private static PhaseClock Clock(DateOnly start, int longest) => PhaseClock.Starting(start, longest);

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd");
}
