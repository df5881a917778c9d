using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Tests.Vocabulary;

public class StatedDayTests
{
    private static readonly StatedDay Autumn = StatedDay.From(new DateOnly(2009, 9, 1), DayPrecision.Season);

    [Theory]
    [InlineData("2009-03-01", DayPrecision.Season, "2009-05-31")]
    [InlineData("2010-08-01", DayPrecision.Season, "2010-08-31")]
    [InlineData("2009-09-01", DayPrecision.Season, "2009-11-30")]
    [InlineData("2009-12-01", DayPrecision.Season, "2010-02-28")]
    [InlineData("2012-01-15", DayPrecision.Season, "2012-02-29")]
    [InlineData("2009-10-01", DayPrecision.Month, "2009-10-31")]
    [InlineData("2010-04-01", DayPrecision.Year, "2010-12-31")]
    [InlineData("2010-12-10", DayPrecision.Day, "2010-12-10")]
    public void A_month_a_season_or_a_year_lasts_to_its_last_day(string earliest, DayPrecision precision, string last) =>
        StatedDay.From(DateOnly.Parse(earliest, null), precision).Last.ShouldBe(DateOnly.Parse(last, null));

    [Theory]
    [InlineData(null, "2009-09-01")]
    [InlineData("2009-08-31", "2009-09-01")]
    [InlineData("2009-10-15", "2009-10-15")]
    [InlineData("2009-11-30", "2009-11-30")]
    [InlineData("2009-12-01", "2009-09-01")]
    public void A_start_is_placed_on_the_first_day_that_is_not_before_what_it_rests_on(string? restsOn, string placed) =>
        Autumn.PlacedFirst(restsOn is null ? null : DateOnly.Parse(restsOn, null)).ShouldBe(new EffectiveDay(DateOnly.Parse(placed, null), Autumn));

    [Fact]
    public void An_exact_day_is_not_moved()
    {
        var day = new DateOnly(2009, 10, 15);
        StatedDay.Exactly(day).PlacedFirst(day.AddDays(1)).Placed.ShouldBe(day);
    }

    [Fact]
    public void A_due_date_or_an_end_is_placed_on_the_last_day() =>
        Autumn.PlacedLast().ShouldBe(new EffectiveDay(new DateOnly(2009, 11, 30), Autumn));
}
