using HousingBank.Domain.Vocabulary;

namespace HousingBank.Domain.Tests.Vocabulary;

public class ValueListTests
{
    [Fact]
    public void Two_lists_that_grew_from_the_same_one_know_nothing_of_one_another()
    {
        ValueList<string> shorter = ["a", "b", "c", "d", "e"];
        shorter = shorter.Add("f");

        var (one, other) = (shorter.Add("g"), shorter.Add("h"));
        var (longer, again) = (one.Add("i"), one.Add("j"));

        shorter.ShouldBe(["a", "b", "c", "d", "e", "f"]);
        one.ShouldBe(["a", "b", "c", "d", "e", "f", "g"]);
        other.ShouldBe(["a", "b", "c", "d", "e", "f", "h"]);
        longer.ShouldBe(["a", "b", "c", "d", "e", "f", "g", "i"]);
        again.ShouldBe(["a", "b", "c", "d", "e", "f", "g", "j"]);
    }

    [Fact]
    public async Task Lists_that_grow_from_the_same_one_at_the_same_time_know_nothing_of_one_another()
    {
        const int Rounds = 50_000;
        var shorter = Enumerable.Range(0, Rounds).Select(_ => ValueList.ToValueList(["first"]).Add("second")).ToArray();
        using var together = new Barrier(2);
        ValueList<string>[] Grow(string item) =>
        [
            .. shorter.Select((list, round) =>
            {
                if (round % 100 == 0)
                    together.SignalAndWait(TestContext.Current.CancellationToken);
                return list.Add(item);
            }),
        ];

        var grown = await Task.WhenAll(Task.Run(() => Grow("one"), TestContext.Current.CancellationToken), Task.Run(() => Grow("other"), TestContext.Current.CancellationToken));

        grown[0].ShouldAllBe(list => list[2] == "one");
        grown[1].ShouldAllBe(list => list[2] == "other");
    }

    [Fact]
    public void Values_and_nothings_are_items_like_others()
    {
        ValueList<(int, string?)> values = default;
        ValueList<string?> texts = [];
        foreach (var number in new[] { 0, 7, 0, 0, 3 })
            (values, texts) = (values.Add((number, null)), texts.Add($"{number}"));

        var (one, other) = (values.Add(default), values.Add((1, "1")));
        one.ShouldBe([(0, null), (7, null), (0, null), (0, null), (3, null), (0, null)]);
        other.ShouldBe([(0, null), (7, null), (0, null), (0, null), (3, null), (1, "1")]);
        var (nothing, something) = (texts.Add(null), texts.Add("1"));
        nothing.ShouldBe(["0", "7", "0", "0", "3", null]);
        something.ShouldBe(["0", "7", "0", "0", "3", "1"]);
    }

    [Fact]
    public void Lists_are_equal_by_their_items_however_they_came_to_be()
    {
        ValueList<string> grown = default;
        foreach (var item in new[] { "a", "b", "c", "d", "e" })
            grown = grown.Add(item);
        ValueList<string> written = ["a", "b", "c", "d", "e"];

        grown.ShouldBe(written);
        grown.GetHashCode().ShouldBe(written.GetHashCode());
        grown.Equals(written.Add("f")).ShouldBeFalse();
        grown.Remove("c").ShouldBe(["a", "b", "d", "e"]);
        grown.Remove("x").Equals(written).ShouldBeTrue();
        $"{grown.Remove("a")}".ShouldBe("[b, c, d, e]");
        default(ValueList<string>).Equals([]).ShouldBeTrue();
        Should.Throw<IndexOutOfRangeException>(() => grown[5]);
    }
}
