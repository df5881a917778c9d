using FsCheck.Fluent;
using Npgsql;

namespace HousingBank.Store.Tests.TwoClock;

public sealed class TablesTests(TableDatabase database) : IClassFixture<TableDatabase>
{
    private static readonly Scope s_east = Scope.Of("region-ost");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_question_is_answered_as_by_a_naive_fold()
    {
        var store = database.NewStore();
        var reader = database.NewReader();
        foreach (var recordings in Gen.Sample(ShelfHistories.UpTo(12).Generator, 12, 60))
        {
            var stream = NewShelf();
            await store.RecordAsync(s_east, stream, recordings);
            await ShouldAnswerAsync(reader, stream, (await store.LoadAsync(s_east, [stream], null, Cancel)).Streams[stream]);
        }
    }

    [Fact]
    public async Task The_rows_of_all_days_are_those_of_each_day()
    {
        var stream = NewShelf();
        await database.NewStore().RecordAsync(
            s_east, stream, [SegmentsTests.Plain(new Put("bread", 1), 2), SegmentsTests.Plain(new Added("bread", 3), 4), SegmentsTests.Plain(new Removed("bread"), 5)]);

        var rows = await database.NewReader().HistoryAsync(s_east, DateTimeOffset.MaxValue, new RowFilter<GoodsRow>().OfStream(stream), Cancel);

        rows.Select(r => (r.ValidFrom.Day, r.ValidTo.Day, r.Row.Amount, string.Join(' ', r.Versions))).ShouldBe([(3, 5, 1, "1"), (5, 6, 4, "1 2")]);
        rows.ShouldAllBe(r => r.Tenant == "region-ost" && r.Stream == stream && r.Key == $"{stream.Name}:bread");
    }

    [Fact]
    public async Task A_row_comes_back_as_it_was_in_every_kind_of_column()
    {
        var full = new ThingRow(
            new ThingId(Guid.CreateVersion7()), new PlaceKey("hamar"), "full", "note", true, false, 1, 2, 3_000_000_000, 4.50m, new DateOnly(2010, 1, 2),
            new DateOnly(2010, 1, 3), new DateTimeOffset(2010, 1, 4, 5, 6, 7, 123, 456, TimeSpan.Zero), Guid.CreateVersion7(), Colour.DarkBlue, Colour.Red,
            [new Part("lid", Colour.DarkBlue)], new Part("box", Colour.Red));
        var bare = new ThingRow(
            new ThingId(Guid.CreateVersion7()), null, "bare", null, false, null, 0, null, 0, null, new DateOnly(2010, 1, 2), null, null, null, Colour.Red, null, [], null);
        var store = database.NewStore();
        foreach (var row in new[] { full, bare })
            await store.RecordAsync(s_east, new StreamKey(row.Id.Stream), new FactToWrite(new ThingSeen(row), Given.On(row.Made)));

        var rows = await database.NewReader().AskAsync<ThingRow>(s_east, PointInHistory.AsKnownNow(full.Made), null, Cancel);

        // As text, because the rows of these tests are equal when name and count are.
        rows.Select(r => $"{r.Row}{r.Row.Parts.SingleOrDefault()}").ShouldBe(new[] { full, bare }.Select(r => $"{r}{r.Parts.SingleOrDefault()}"), ignoreOrder: true);
        (await database.ListAsync("select colour || ' ' || (parts ->> 0) from read.thing where name = 'full'"))
            .ShouldHaveSingleItem().ShouldBe("darkBlue {\"name\": \"lid\", \"colour\": \"darkBlue\"}");
    }

    [Fact]
    public async Task Rows_are_found_by_what_a_column_holds()
    {
        var stream = NewShelf();
        await database.NewStore().RecordAsync(s_east, stream, [SegmentsTests.Plain(new Put("bread", 1), 0), SegmentsTests.Plain(new Put("cheese", 7), 0)]);
        var ours = new RowFilter<GoodsRow>().OfStream(stream);
        var questions = database.NewReader().Questions(s_east);

        var plenty = questions.At(PointInHistory.AsKnownNow(ShelfHistories.FirstDay), ours.Where(r => r.Plenty, true));
        var bread = questions.At(PointInHistory.AsKnownNow(ShelfHistories.FirstDay), ours.Where(r => r.Goods, "bread").OfKey($"{stream.Name}:bread"));
        var none = questions.At(PointInHistory.AsKnownNow(ShelfHistories.FirstDay), ours.Where(r => r.Goods, "bread").Where(r => r.Plenty, true));
        var nameless = questions.OverTime<ThingRow>(DateTimeOffset.MaxValue, new RowFilter<ThingRow>().Where(r => r.Note, null));
        await questions.AskAsync(Cancel);

        plenty.Rows.ShouldHaveSingleItem().Row.Goods.ShouldBe("cheese");
        bread.Rows.ShouldHaveSingleItem().Row.Goods.ShouldBe("bread");
        none.Rows.ShouldBeEmpty();
        nameless.Rows.ShouldAllBe(r => r.Row.Note == null);
    }

    [Fact]
    public async Task What_is_left_out_of_a_question_is_not_there_and_comes_with_the_next()
    {
        var seen = new ThingRow(
            new ThingId(Guid.CreateVersion7()), new PlaceKey("hamar"), "left out", "note", true, null, 1, 2, 0, null, new DateOnly(2010, 3, 2), null, null, null, Colour.Red, null,
            [new Part("lid", Colour.DarkBlue)], new Part("box", Colour.Red));
        await database.NewStore().RecordAsync(s_east, new StreamKey(seen.Id.Stream), new FactToWrite(new ThingSeen(seen), Given.On(seen.Made)));
        var itself = new RowFilter<ThingRow>().OfStream(new StreamKey(seen.Id.Stream));
        var questions = database.NewReader().Questions(s_east);

        var less = questions.At(PointInHistory.AsKnownNow(seen.Made), itself.Without(t => t.Note, t => t.Limit, t => t.Parts, t => t.Main).Where(t => t.Name, "left out"));
        var whole = questions.At(PointInHistory.AsKnownNow(seen.Made), itself);
        await questions.AskAsync(Cancel);

        var row = less.Rows.ShouldHaveSingleItem().Row;
        (row.Note, row.Limit, row.Parts.IsDefault, row.Main).ShouldBe((null, null, true, null));
        (row.Id, row.Place, row.Made).ShouldBe((seen.Id, seen.Place, seen.Made));
        whole.Rows.ShouldHaveSingleItem().Row.ToString().ShouldBe(seen.ToString());
    }

    [Fact]
    public void What_rows_are_judged_by_cannot_be_left_out()
    {
        Should.Throw<ArgumentException>(() => new RowFilter<ThingRow>().Without(t => t.Note, t => t.Id)).Message.ShouldStartWith("Id is always there");
        Should.Throw<ArgumentException>(() => new RowFilter<ThingRow>().Without(t => t.Name));
        Should.Throw<ArgumentException>(() => new RowFilter<ThingRow>().Without(t => t.IsNew));
    }

    [Fact]
    public async Task Plain_rows_say_the_same_on_each_clock()
    {
        var stream = NewShelf();
        var store = database.NewStore();
        await store.RecordAsync(s_east, stream, [SegmentsTests.Plain(new Put("plain", 1), 0)]);
        await store.RecordAsync(s_east, stream, [SegmentsTests.Plain(new Added("plain", 3), 4)]);
        var moment = (await store.StreamAsync(s_east, stream, Cancel))[0].RecordedAt;
        PointInHistory[] points = [.. from day in new[] { 0, 4 } from known in new[] { moment, DateTimeOffset.MaxValue } select new PointInHistory(ShelfHistories.FirstDay.AddDays(day), known)];
        var amounts = new List<int>();
        foreach (var point in points)
        {
            var questions = database.NewReader().Questions(s_east);
            var (plain, whole) = (questions.PlainAt<GoodsRow>(point), questions.At<GoodsRow>(point));
            await questions.AskAsync(Cancel);

            plain.Rows.ShouldBe(whole.Rows.Select(r => new PlainRow<GoodsRow>(r.Tenant, r.KnownFrom, r.Row)), ignoreOrder: true);
            amounts.Add(plain.Rows.Single(r => r.Row.Goods == "plain").Row.Amount);
        }

        amounts.ShouldBe([1, 1, 1, 4]);
    }

    [Fact]
    public async Task A_tenant_sees_its_own_rows_and_the_national_ones()
    {
        var store = database.NewStore();
        var (east, west, national) = (NewShelf(), NewShelf(), NewShelf());
        foreach (var (tenant, stream) in new[] { ("region-ost", east), ("region-vest", west), (Scope.National, national) })
            await store.RecordAsync(Scope.Of(tenant), stream, [SegmentsTests.Plain(new Put("bread", 1), 0)]);
        var ours = new RowFilter<GoodsRow>().OfStream(east, west, national);
        var reader = database.NewReader();

        async Task<IEnumerable<string>> SeenBy(Scope scope) =>
            (await reader.AskAsync(scope, PointInHistory.AsKnownNow(ShelfHistories.FirstDay), ours, Cancel)).Select(r => r.Tenant).Order();

        (await SeenBy(s_east)).ShouldBe(["national", "region-ost"]);
        (await SeenBy(Scope.Of("region-vest"))).ShouldBe(["national", "region-vest"]);
        (await SeenBy(new Scope(Scope.National, ["region-ost", "region-vest"]))).ShouldBe(["national", "region-ost", "region-vest"]);
        (await SeenBy(Scope.Of("somebody"))).ShouldBe(["national"]);
    }

    [Theory]
    [InlineData("insert into tables.goods_v1 select * from tables.goods_v1")]
    [InlineData("update tables.goods_v1 set amount = 100")]
    [InlineData("delete from tables.goods_v1")]
    [InlineData("update tables.edition set tables = ''")]
    [InlineData("delete from tables.registry")]
    [InlineData("drop table tables.goods_v1")]
    [InlineData("alter table tables.goods_v1 disable row level security")]
    public async Task The_application_cannot_write_a_table_but_through_its_function(string sql)
    {
        await using var command = database.As(StoreRole.App).CreateCommand(sql);

        (await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Cancel))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Theory]
    [InlineData("write_goods_v1('{0}', '{{}}', '{{}}', '{{forged}}', '{{2010-01-01}}', '{{infinity}}', '{{{{1}}}}', '{{forged}}', '{{1}}', '{{t}}')")]
    [InlineData("write_goods_v1_usual('{0}', null, null, 'forged', '2010-01-01', 'infinity', '{{1}}', 'forged', 1, true, null, null, null, null, null, null, null)")]
    public async Task Segments_cannot_be_written_but_in_the_transaction_of_the_facts(string write)
    {
        var stream = NewShelf();
        await database.NewStore().RecordAsync(s_east, stream, [SegmentsTests.Plain(new Put("bread", 1), 0)]);
        await using var source = database.As(StoreRole.App);
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(s_east.Setting());
        batch.BatchCommands.Add(new NpgsqlBatchCommand($"select tables.{string.Format(System.Globalization.CultureInfo.InvariantCulture, write, stream.Name)}"));

        (await Should.ThrowAsync<PostgresException>(() => batch.ExecuteNonQueryAsync(Cancel))).MessageText.ShouldBe($"segments of {stream.Name} are written with its facts");
    }

    [Fact]
    public async Task Without_a_tenant_there_is_not_one_row()
    {
        await database.NewStore().RecordAsync(s_east, NewShelf(), [SegmentsTests.Plain(new Put("bread", 1), 0)]);

        await using var command = database.As(StoreRole.App).CreateCommand("select (select count(*) from tables.goods_v1) + (select count(*) from read.goods)");
        (await command.ExecuteScalarAsync(Cancel)).ShouldBe(0L);
    }

    [Fact]
    public async Task A_report_reads_the_view_for_the_tenants_it_is_given()
    {
        var stream = NewShelf();
        await database.NewStore().RecordAsync(s_east, stream, [SegmentsTests.Plain(new Put("bread", 1), 0)]);

        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Options = "-c role=programme_reader -c store.readable={region-ost}" }.ConnectionString);
        await using var command = source.CreateCommand($"select goods from read.goods where stream = '{stream.Name}' and known_to = 'infinity'");
        (await command.ExecuteScalarAsync(Cancel)).ShouldBe("bread");
    }

    [Fact]
    public async Task Of_a_refused_write_no_segment_is_kept()
    {
        var stream = NewShelf();
        var store = database.NewStore();
        var loaded = await store.LoadAsync(s_east, [stream], null, Cancel);
        var write = new StreamWrite(stream, 0, [new FactToWrite(new Put("bread", 1), Given.On(ShelfHistories.FirstDay))]);
        async Task<WriteResult> WriteAsync() => await store.WriteAsync(s_east, loaded, [write], Given.Circumstances(), null, null, Cancel);

        var results = await Task.WhenAll(WriteAsync(), WriteAsync());

        results.OfType<WriteResult.Written>().ShouldHaveSingleItem();
        results.OfType<WriteResult.Stale>().ShouldHaveSingleItem();
        (await database.ListAsync($"select versions::text from tables.goods_v1 where stream = '{stream.Name}'")).ShouldBe(["{1}"]);
    }

    [Fact]
    public async Task A_table_that_does_not_hold_what_the_facts_say_refuses_to_be_written_on()
    {
        var stream = NewShelf();
        var store = database.NewStore();
        await store.RecordAsync(s_east, stream, [SegmentsTests.Plain(new Put("bread", 1), 0)]);
        await database.ListAsync($"delete from tables.goods_v1 where stream = '{stream.Name}'");

        var refused = await Should.ThrowAsync<PostgresException>(() => store.RecordAsync(s_east, stream, [SegmentsTests.Plain(new Removed("bread"), 3)]));

        refused.SqlState.ShouldBe(PostgresErrorCodes.DataCorrupted);
        (await store.LoadAsync(s_east, [stream], null, Cancel)).Streams[stream].Count.ShouldBe(1);
    }

    [Fact]
    public async Task Rows_cannot_be_read_before_the_questions_are_asked() =>
        await Should.ThrowAsync<InvalidOperationException>(async () =>
        {
            await Task.CompletedTask;
            _ = database.NewReader().Questions(s_east).At<GoodsRow>(PointInHistory.AsKnownNow(ShelfHistories.FirstDay)).Rows;
        });

    internal static StreamKey NewShelf() => new($"shelf/{Guid.CreateVersion7()}");

    /// <summary>Asks for every day at every moment at which anything changed, and just before it, in one round trip.</summary>
    /// <param name="moments">The facts at whose moments to ask; all when null.</param>
    internal static async Task ShouldAnswerAsync(TableReader reader, StreamKey stream, IReadOnlyList<StoredFact> facts, IReadOnlyList<StoredFact>? moments = null)
    {
        moments ??= facts;
        var questions = reader.Questions(s_east);
        var ours = new RowFilter<GoodsRow>().OfStream(stream);
        var asked = SegmentsTests.Questions(moments).Concat(SegmentsTests.Questions(moments).Select(q => q with { KnownAt = DateTimeOffset.MaxValue }).Distinct())
            .Select(q => (q.AsOf, q.KnownAt, Answer: questions.At(new PointInHistory(q.AsOf, q.KnownAt), ours)))
            .ToList();
        await questions.AskAsync(Cancel);
        foreach (var (asOf, knownAt, answer) in asked)
            answer.Rows.Select(r => (r.Row.Goods, r.Row.Amount)).ShouldBe(NaiveShelf.Answer(facts, asOf, knownAt).Values.Order(), $"as of {asOf:O} known at {knownAt:O}");
    }
}
