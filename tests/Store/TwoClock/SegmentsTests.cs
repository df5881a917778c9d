using FsCheck;
using FsCheck.Fluent;

namespace HousingBank.Store.Tests.TwoClock;

public class SegmentsTests
{
    private static readonly GoodsTable s_table = new();

    /// <summary>One of each kind.</summary>
    private static readonly TwoClockTable[] s_tables = [s_table, new AdditionsTable()];

    [Fact]
    public void Every_question_is_answered_as_by_a_naive_fold() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1500), Prop.ForAll(ShelfHistories.UpTo(14), recordings =>
        {
            var stream = ShelfHistories.Stream(recordings);
            var segments = Segments.History(s_table, stream);
            foreach (var (asOf, knownAt) in Questions(stream))
                ShouldAnswer(segments, stream, asOf, knownAt);
        }));

    [Fact]
    public void The_history_is_that_of_folding_everything_anew_at_each_commit() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3000), Prop.ForAll(ShelfHistories.UpTo(30), recordings =>
        {
            var stream = ShelfHistories.Stream(recordings);
            foreach (var table in s_tables)
                Written(Segments.History(table, stream)).ShouldBe(Written(NaiveHistory.Of(table, stream)));
        }));

    [Fact]
    public void The_changes_of_a_commit_are_those_between_the_whole_timelines() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1500), Prop.ForAll(ShelfHistories.UpTo(30), recordings =>
        {
            var stream = ShelfHistories.Stream(recordings);
            var before = stream.Take(stream.Count * 2 / 3).ToArray();
            foreach (var table in s_tables)
            {
                var (changes, naive) = (Between(table, before, stream), NaiveHistory.Between(table, before, stream));
                changes.Ended.ShouldBe(naive.Ended);
                changes.Begun.ShouldBe(naive.Begun);
            }
        }));

    [Fact]
    public void What_is_written_commit_by_commit_is_what_a_rebuild_gives() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(ShelfHistories.UpTo(14), recordings =>
        {
            var stream = ShelfHistories.Stream(recordings);
            var written = new List<KnownStretch>();
            foreach (var commit in stream.GroupBy(f => f.RecordedAt))
            {
                var first = commit.First().Version;
                var last = commit.Last().Version;
                var changes = Between(s_table, [.. stream.Take(first - 1)], [.. stream.Take(last)]);
                foreach (var ended in changes.Ended)
                {
                    var at = written.FindIndex(k => k.KnownTo == DateTimeOffset.MaxValue && k.Stretch.Equals(ended));
                    written[at] = written[at] with { KnownTo = commit.Key };
                }

                written.AddRange(changes.Begun.Select(s => new KnownStretch(s, commit.Key, DateTimeOffset.MaxValue)));
            }

            InOrder(written).ShouldBe(InOrder(Segments.History(s_table, stream)));
        }));

    [Fact]
    public void No_stretch_is_empty_and_no_neighbours_are_equal() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(ShelfHistories.UpTo(14), recordings =>
        {
            var stream = ShelfHistories.Stream(recordings);
            var timeline = s_table.Timeline([.. Standing.InEffectiveOrder(stream).Select(f => f.Fact)]);
            timeline.ShouldAllBe(s => s.ValidFrom < s.ValidTo);
            timeline.Zip(timeline.Skip(1)).ShouldAllBe(pair => pair.First.Key != pair.Second.Key || pair.First.ValidTo < pair.Second.ValidFrom || !pair.First.Row.Equals(pair.Second.Row));
        }));

    [Fact]
    public void The_facts_named_by_a_segment_are_enough_to_make_its_row() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(ShelfHistories.UpTo(14), recordings =>
        {
            var stream = ShelfHistories.Stream(recordings);
            foreach (var stretch in s_table.Timeline([.. Standing.InEffectiveOrder(stream).Select(f => f.Fact)]))
                s_table.Timeline([.. stretch.Versions.Select(v => stream[v - 1])]).Last(s => s.Key == stretch.Key).Row.ShouldBe(stretch.Row);
        }));

    [Fact]
    public void A_fact_at_the_end_ends_the_open_segment_and_begins_its_closed_form_and_a_new_one()
    {
        var stream = ShelfHistories.Stream([Plain(new Put("bread", 1), day: 0), Plain(new Added("bread", 2), day: 3)]);

        var changes = Between(s_table, [stream[0]], stream);

        changes.Ended.ShouldHaveSingleItem().ValidTo.ShouldBe(DateOnly.MaxValue);
        changes.Begun.Select(s => (s.ValidFrom, s.ValidTo)).ShouldBe([(Day(0), Day(3)), (Day(3), DateOnly.MaxValue)]);
        changes.Begun.Select(s => string.Join(' ', s.Versions)).ShouldBe(["1", "1 2"]);
    }

    [Fact]
    public void A_late_fact_writes_only_the_segments_that_differ()
    {
        var stream = ShelfHistories.Stream([Plain(new Put("bread", 1), day: 0), Plain(new Put("cheese", 1), day: 1), Plain(new Removed("bread"), day: 5), Plain(new Added("bread", 1), day: 3)]);

        var changes = Between(s_table, [.. stream.Take(3)], stream);

        changes.Ended.Select(s => (s.ValidFrom, s.ValidTo)).ShouldBe([(Day(0), Day(5))]);
        changes.Begun.Select(s => (s.ValidFrom, s.ValidTo)).ShouldBe([(Day(0), Day(3)), (Day(3), Day(5))]);
    }

    [Fact]
    public void What_changes_and_changes_back_within_a_day_leaves_no_trace()
    {
        var stream = ShelfHistories.Stream([Plain(new Put("bread", 1), day: 0), Plain(new Added("bread", 1), day: 2), Plain(new Added("bread", -1), day: 2)]);

        Between(s_table, [stream[0]], stream).IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void A_table_whose_timeline_is_not_in_order_is_told_so() =>
        Should.Throw<InvalidOperationException>(() => Segments.History(new Disorderly(), ShelfHistories.Stream([Plain(new Put("bread", 1), day: 0)])))
            .Message.ShouldContain("disorderly");

    internal static IEnumerable<(DateOnly AsOf, DateTimeOffset KnownAt)> Questions(IReadOnlyList<StoredFact> stream) =>
        from day in Enumerable.Range(-1, ShelfHistories.Days + 2)
        from knownAt in stream.Select(f => f.RecordedAt).Distinct().SelectMany(m => new[] { m.AddTicks(-10), m }).Prepend(ShelfHistories.FirstMoment.AddDays(-1))
        select (ShelfHistories.FirstDay.AddDays(day), knownAt);

    /// <summary>Beside another table: what is asked of several is asked of one order of the facts.</summary>
    private static SegmentChanges Between(TwoClockTable table, IReadOnlyList<StoredFact> before, IReadOnlyList<StoredFact> after)
    {
        var changes = Segments.Between([new GoodsTable(), table], before, after);
        changes.Count.ShouldBe(2);
        return changes[1];
    }

    private static void ShouldAnswer(IReadOnlyList<KnownStretch> segments, IReadOnlyList<StoredFact> stream, DateOnly asOf, DateTimeOffset knownAt)
    {
        var found = segments
            .Where(s => s.Stretch.ValidFrom <= asOf && asOf < s.Stretch.ValidTo && s.KnownFrom <= knownAt && knownAt < s.KnownTo)
            .Select(s => (GoodsRow)s.Stretch.Row)
            .Select(r => (r.Goods, r.Amount));
        found.Order().ShouldBe(NaiveShelf.Answer(stream, asOf, knownAt).Values.Order(), $"as of {asOf:O} known at {knownAt:O}");
    }

    private static IEnumerable<string> InOrder(IEnumerable<KnownStretch> segments) => Written(segments).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Written(IEnumerable<KnownStretch> segments) => segments
        .Select(s => $"{s.Stretch.Key} {s.Stretch.ValidFrom:O} {s.Stretch.ValidTo:O} {s.Stretch.Row} [{string.Join(' ', s.Stretch.Versions)}] {s.KnownFrom:O} {s.KnownTo:O}");

    internal static Recording Plain(ShelfFact fact, int day) => new(RecordingKind.Plain, fact, day, 0, 0, false);

    private static DateOnly Day(int day) => ShelfHistories.FirstDay.AddDays(day);

    private sealed record AdditionRow(string Goods, int Amount);

    private sealed class AdditionsTable : FactsTable<AdditionRow>
    {
        public override string Name => "additions";

        public override int Version => 1;

        public override bool Takes(string streamKind) => streamKind == "shelf";

        protected override AdditionRow? RowOf(StoredFact fact) => fact.Fact is Added added ? new(added.Goods, added.Amount) : null;
    }

    private sealed class Disorderly : TwoClockTable
    {
        public override string Name => "disorderly";

        public override int Version => 1;

        public override Type RowType => typeof(GoodsRow);

        public override bool Takes(string streamKind) => true;

        public override IReadOnlyList<Stretch> Timeline(IReadOnlyList<StoredFact> inEffectiveOrder) =>
            [.. Enumerable.Repeat(new Stretch("a", new DateOnly(2010, 1, 1), DateOnly.MaxValue, new GoodsRow("a", 1, false), [1]), 2)];
    }
}
