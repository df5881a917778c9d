namespace HousingBank.Store.Tests.TwoClock;

public class StandingTests
{
    [Fact]
    public void A_replacement_stands_where_the_first_one_stood_and_on_its_own_day() =>
        Standing(Fact(day: 1), Fact(day: 1), Correction(of: 1, day: 1), Correction(of: 3, day: 4))
            .ShouldBe(["2 at 2", "4 at 1"]);

    [Fact]
    public void Two_replacements_of_the_same_fact_leave_the_later() =>
        Standing(Fact(day: 1), Correction(of: 1, day: 2), Correction(of: 1, day: 3)).ShouldBe(["3 at 1"]);

    [Fact]
    public void A_strike_leaves_nothing_of_what_it_names() =>
        Standing(Fact(day: 1), Fact(day: 2), Strike(of: 1)).ShouldBe(["2 at 2"]);

    [Fact]
    public void A_strike_of_a_replacement_does_not_bring_back_what_was_replaced() =>
        Standing(Fact(day: 1), Correction(of: 1, day: 2), Strike(of: 2)).ShouldBeEmpty();

    [Fact]
    public void A_strike_of_a_strike_takes_it_back() =>
        Standing(Fact(day: 1), Correction(of: 1, day: 2), Strike(of: 1), Strike(of: 3)).ShouldBe(["2 at 1"]);

    [Fact]
    public void A_strike_of_the_taking_back_strikes_again() =>
        Standing(Fact(day: 1), Strike(of: 1), Strike(of: 2), Strike(of: 3)).ShouldBeEmpty();

    [Fact]
    public void Facts_of_one_day_are_ordered_by_where_they_stand() =>
        Standing(Fact(day: 2), Fact(day: 1), Fact(day: 2), Correction(of: 2, day: 2)).ShouldBe(["1 at 1", "4 at 2", "3 at 3"]);

    [Fact]
    public void Deciders_see_them_in_the_order_they_stand_whatever_their_day() =>
        Store.Standing.InRecordedOrder(ShelfHistories.Stream([Fact(day: 5), Fact(day: 1), Correction(of: 1, day: 9)]))
            .Select(f => f.Fact.Version).ShouldBe([3, 2]);

    [Fact]
    public void What_was_recorded_at_the_moment_asked_about_is_known()
    {
        var stream = ShelfHistories.Stream([Fact(day: 1), Fact(day: 2)]);

        Store.Standing.KnownAt(stream, stream[1].RecordedAt).Count.ShouldBe(2);
        Store.Standing.KnownAt(stream, stream[1].RecordedAt.AddTicks(-1)).Count.ShouldBe(1);
    }

    private static IEnumerable<string> Standing(params Recording[] recordings) =>
        Store.Standing.InEffectiveOrder(ShelfHistories.Stream(recordings)).Select(f => $"{f.Fact.Version} at {f.StandsAt}");

    private static Recording Fact(int day) => new(RecordingKind.Plain, new Put("bread", 1), day, 0, 0, false);

    private static Recording Correction(int of, int day) => new(RecordingKind.Correction, new Put("bread", 1), day, 0, of - 1, false);

    private static Recording Strike(int of) => new(RecordingKind.Strike, new Put("bread", 1), 0, 0, of - 1, false);
}
