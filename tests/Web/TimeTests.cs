using System.Globalization;
using HousingBank.Domain.Vocabulary;
using HousingBank.Web.Forms;
using HousingBank.Web.Languages;
using HousingBank.Web.Time;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace HousingBank.Web.Tests;

/// <summary>The point in history is read from the address and written to every link.</summary>
public sealed class TimeTests
{
    [Theory]
    [InlineData("2026-06-30T21:59:59Z", "2026-06-30")]
    [InlineData("2026-06-30T22:00:00Z", "2026-07-01")]
    [InlineData("2026-12-31T23:00:00Z", "2027-01-01")]
    public void Today_is_today_in_Norway(string now, string today) => Read("", now).Today.ShouldBe(Day(today));

    [Fact]
    public void An_address_without_a_point_looks_at_today_with_all_that_is_known()
    {
        var point = Read("");

        point.AsOf.ShouldBe(new DateOnly(2026, 11, 20));
        point.KnownAt.ShouldBeNull();
        point.Mistakes.ShouldBeEmpty();
    }

    [Fact]
    public void A_knownAt_given_as_a_day_means_the_end_of_that_day_in_Norway() =>
        Read("?knownAt=2010-12-10").KnownAt.ShouldBe(Moment("2010-12-10T22:59:59.999999Z"));

    [Theory]
    [InlineData("?knownAt=2010-12-10T14:30", "2010-12-10T13:30:00Z")]
    [InlineData("?knownAt=2010-07-10T14:30:05", "2010-07-10T12:30:05Z")]
    [InlineData("?knownAt=2010-12-10T14:30:00Z", "2010-12-10T14:30:00Z")]
    [InlineData("?knownAt=2010-12-10T14:30:00.123456Z", "2010-12-10T14:30:00.123456Z")]
    [InlineData("?knownAt=2010-12-10T14:30:00%2B01:00", "2010-12-10T13:30:00Z")]
    [InlineData("?knownAt=2010-12-10&knownAtTime=14:30", "2010-12-10T13:30:00Z")]
    public void A_knownAt_can_be_a_moment(string address, string moment) => Read(address).KnownAt.ShouldBe(Moment(moment));

    [Theory]
    [InlineData("?asOf=10.12.2010", "asOf")]
    [InlineData("?asOf=2010-13-01", "asOf")]
    [InlineData("?asOf=2010-02-30", "asOf")]
    [InlineData("?asOf=0001-01-01", "asOf")]
    [InlineData("?asOf=9999-12-31", "asOf")]
    [InlineData("?asOf=2010-12-10&asOf=2011-01-01", "asOf")]
    [InlineData("?asOf=%00%ff'--", "asOf")]
    [InlineData("?knownAt=yesterday", "knownAt")]
    [InlineData("?knownAt=9999-12-31T23:59:59Z", "knownAt")]
    [InlineData("?knownAt=2010-12-10&knownAtTime=25:00", "knownAt")]
    [InlineData("?knownAtTime=12:00", "knownAt")]
    public void What_cannot_be_read_is_a_mistake_and_never_a_fault(string address, string mistake)
    {
        var point = Read(address);

        point.Mistakes.ShouldBe([mistake]);
        point.AsOf.ShouldBe(point.Today);
        point.KnownAt.ShouldBeNull();
    }

    [Fact]
    public void Empty_fields_of_the_time_bar_are_no_mistake() => Read("?asOf=&knownAt=&knownAtTime=").Mistakes.ShouldBeEmpty();

    [Fact]
    public void The_hour_that_is_skipped_in_spring_counts_an_hour_on() =>
        Read("?knownAt=2010-03-28T02:30").KnownAt.ShouldBe(Moment("2010-03-28T01:30:00Z"));

    [Theory]
    [InlineData("", "/tavle")]
    [InlineData("?asOf=2026-11-20", "/tavle")]
    [InlineData("?asOf=2010-12-10", "/tavle?asOf=2010-12-10")]
    [InlineData("?asOf=2010-12-10&knownAt=2011-01-01", "/tavle?asOf=2010-12-10&knownAt=2011-01-01")]
    [InlineData("?knownAt=2010-12-10T14:30", "/tavle?knownAt=2010-12-10T13%3A30%3A00Z")]
    [InlineData("?lang=nn&filter=x", "/tavle")]
    public void Every_link_keeps_the_point_and_nothing_else(string address, string link) => HereAt(address).To("/tavle").ShouldBe(link);

    [Fact]
    public void A_link_takes_filters_and_leaves_out_those_without_a_value() =>
        HereAt("?asOf=2010-12-10").To("/vedtakslogg", ("kommune", "hamar"), ("type", null), ("side", 2)).ShouldBe("/vedtakslogg?kommune=hamar&side=2&asOf=2010-12-10");

    [Fact]
    public void Links_of_the_time_bar_keep_the_filters()
    {
        var here = HereAt("?kommune=hamar&asOf=2010-12-10&knownAt=2011-01-01&lang=nn");

        here.Now.ShouldBe("/her?kommune=hamar");
        here.On(new(2009, 6, 1)).ShouldBe("/her?kommune=hamar&asOf=2009-06-01&knownAt=2011-01-01");
        here.In(Language.English).ShouldBe("/her?kommune=hamar&lang=en&asOf=2010-12-10&knownAt=2011-01-01");
    }

    [Fact]
    public void A_point_that_is_asked_for_in_capitals_is_no_filter()
    {
        var here = HereAt("?ASOF=2010-12-10&KnownAt=2011-01-01&LANG=nn");

        here.Filters.ShouldBeEmpty();
        here.On(new(2009, 6, 1)).ShouldBe("/her?asOf=2009-06-01&knownAt=2011-01-01");
    }

    [Theory]
    [InlineData("nb", "10. desember 2010", "våren 2009", "oktober 2009", "2010", "vinteren 2009–2010")]
    [InlineData("nn", "10. desember 2010", "våren 2009", "oktober 2009", "2010", "vinteren 2009–2010")]
    [InlineData("en", "10 December 2010", "spring 2009", "October 2009", "2010", "winter 2009–2010")]
    public void A_day_is_written_as_exactly_as_it_was_told(string code, string day, string spring, string month, string year, string winter)
    {
        var texts = new Texts(Language.Find(code)!);

        texts.Day(StatedDay.Exactly(new(2010, 12, 10))).ShouldBe(day);
        texts.Day(StatedDay.From(new(2009, 3, 1), DayPrecision.Season)).ShouldBe(spring);
        texts.Day(StatedDay.From(new(2009, 10, 1), DayPrecision.Month)).ShouldBe(month);
        texts.Day(StatedDay.From(new(2010, 4, 1), DayPrecision.Year)).ShouldBe(year);
        texts.Day(StatedDay.From(new(2009, 12, 1), DayPrecision.Season)).ShouldBe(winter);
    }

    [Fact]
    public void A_moment_is_told_by_the_clock_in_Norway() =>
        new Texts(Language.Bokmal).Moment(Moment("2010-07-01T12:05:00Z")).ShouldBe("1. juli 2010 kl. 14.05");

    [Theory]
    [InlineData("2010-12-10")]
    [InlineData("10.12.2010")]
    [InlineData("10. desember 2010")]
    [InlineData("10 December 2010")]
    public void An_exact_day_can_be_typed_in_several_ways(string typed) => ToldDay.Read(typed).ShouldBe(StatedDay.Exactly(new(2010, 12, 10)));

    [Theory]
    [InlineData("oktober 2009", "2009-10-01", "2009-10-31", DayPrecision.Month)]
    [InlineData("October 2009", "2009-10-01", "2009-10-31", DayPrecision.Month)]
    [InlineData("2009-10", "2009-10-01", "2009-10-31", DayPrecision.Month)]
    [InlineData("våren 2009", "2009-03-01", "2009-05-31", DayPrecision.Season)]
    [InlineData("Hausten 2009", "2009-09-01", "2009-11-30", DayPrecision.Season)]
    [InlineData("winter 2009–2010", "2009-12-01", "2010-02-28", DayPrecision.Season)]
    [InlineData(" 2009 ", "2009-01-01", "2009-12-31", DayPrecision.Year)]
    public void An_inexact_day_can_be_typed_as_it_was_told(string typed, string first, string last, DayPrecision precision) =>
        ToldDay.Read(typed).ShouldBe(new StatedDay(Day(first), Day(last), precision));

    [Theory]
    [InlineData("")]
    [InlineData("snart")]
    [InlineData("31.02.2010")]
    [InlineData("0009")]
    [InlineData("våren")]
    [InlineData("våren to tusen")]
    [InlineData("9999-12-31")]
    public void What_is_no_day_is_not_guessed(string typed) => ToldDay.Read(typed).ShouldBeNull();

    private static PointInTime Read(string address, string now = "2026-11-20T12:00:00Z") =>
        PointInTime.Read(new QueryCollection(QueryHelpers.ParseQuery(address)), new StoppedClock(Moment(now)));

    private static Here HereAt(string address)
    {
        var context = new DefaultHttpContext { Request = { Path = "/her", QueryString = new(address) } };
        return Here.Of(context, new StoppedClock(Moment("2026-11-20T12:00:00Z")));
    }

    private static DateOnly Day(string text) => DateOnly.Parse(text, CultureInfo.InvariantCulture);

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private sealed class StoppedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
