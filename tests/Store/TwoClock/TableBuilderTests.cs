using System.Diagnostics;
using FsCheck.Fluent;
using HousingBank.Support;

namespace HousingBank.Store.Tests.TwoClock;

public sealed class TableBuilderTests(TestServer server)
{
    private const string Contents = "select g::text from read.goods g order by 1";
    private static readonly Scope s_east = Scope.Of("region-ost");
    private static readonly TwoClockTables s_labelled = new([new LabelledGoodsTable(), new ThingTable()]);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_rebuild_gives_to_the_last_byte_what_was_written_commit_by_commit()
    {
        await using var database = await WithHistoriesAsync(30);
        var written = await database.ListAsync(Contents);

        await database.NewBuilder(TableDatabase.Tables).RebuildAsync(["goods"], _ => { }, Cancel);

        written.ShouldNotBeEmpty();
        (await database.ListAsync(Contents)).ShouldBe(written);
        (await database.ListAsync("select relname from pg_class where relnamespace = 'tables'::regnamespace and relname like 'goods%' and relkind = 'r'")).ShouldBe(["goods_v1_2"]);
    }

    [Fact]
    public async Task Writers_go_on_during_a_rebuild_and_nothing_of_theirs_is_lost()
    {
        await using var database = await WithHistoriesAsync(20);
        StreamKey[] streams = [.. Enumerable.Range(1, 12).Select(_ => TablesTests.NewShelf())];
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var writing = WriteOnAsync(database, streams, stop.Token);
        var builder = InSmallRanges(database);
        for (var i = 0; i < 3; i++)
            await builder.RebuildAsync(["goods"], _ => { }, Cancel);
        await stop.CancelAsync();
        (await writing).ShouldBeGreaterThan(30);

        var builtAndWritten = await database.ListAsync(Contents);
        var reader = database.NewReader();
        foreach (var (stream, facts) in (await database.NewStore().LoadAsync(s_east, streams, null, Cancel)).Streams)
            await TablesTests.ShouldAnswerAsync(reader, stream, facts, [.. facts.TakeLast(5)]);
        await builder.RebuildAsync(["goods"], _ => { }, Cancel);
        (await database.ListAsync(Contents)).ShouldBe(builtAndWritten);
    }

    [Fact]
    public async Task A_rebuild_ends_though_there_is_always_more_to_catch_up_with_and_lets_no_writer_wait_long()
    {
        await using var database = await WithHistoriesAsync(20);
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        using var written = new SemaphoreSlim(0);
        var longest = WriteManyAsync(database.NewStore(), written, stop.Token);
        var goesOn = true;

        await database.NewBuilder(TableDatabase.Tables).RebuildAsync(
            [],
            progress =>
            {
                // Whatever is caught up with, more has come: until writers are made to wait.
                while (written.Wait(0))
                {
                }

                goesOn = goesOn && (progress.Step != TableStep.CatchingUp || written.Wait(TimeSpan.FromSeconds(2)));
            },
            enough.Token);
        await stop.CancelAsync();
        (await longest).ShouldBeLessThan(TimeSpan.FromSeconds(10));

        var builtAndWritten = await database.ListAsync(Contents);
        await database.NewBuilder(TableDatabase.Tables).RebuildAsync([], _ => { }, Cancel);
        (await database.ListAsync(Contents)).ShouldBe(builtAndWritten);
    }

    [Fact]
    public async Task No_transaction_waits_while_a_rebuild_folds()
    {
        await using var database = await WithHistoriesAsync(5);
        StreamKey[] streams = [.. Enumerable.Range(1, 12).Select(_ => TablesTests.NewShelf())];
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var writing = WriteOnAsync(database, streams, stop.Token);
        var waiting = new List<string>();
        var builder = database.NewBuilder(new([
            new WatchedGoodsTable(() => waiting.AddRange(database.List("select query from pg_stat_activity where datname = current_database() and application_name like 'programme %' and state = 'idle in transaction'"))),
            new ThingTable(),
        ]));

        for (var i = 0; i < 3; i++)
            await builder.RebuildAsync(["goods"], _ => { }, Cancel);
        await stop.CancelAsync();
        await writing;

        waiting.Distinct().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_comparison_finds_what_was_changed_and_nothing_else_while_writers_go_on()
    {
        await using var database = await WithHistoriesAsync(20);
        StreamKey[] streams = [.. Enumerable.Range(1, 12).Select(_ => TablesTests.NewShelf())];
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var writing = WriteOnAsync(database, streams, stop.Token);
        var builder = InSmallRanges(database);

        for (var i = 0; i < 3; i++)
            (await builder.CompareAsync(_ => { }, Cancel)).All.ShouldAllBe(t => t.DifferingInAll == 0);
        await stop.CancelAsync();
        (await writing).ShouldBeGreaterThan(30);
        var rows = (await database.ListAsync(Contents)).Count;
        await database.ListAsync("update tables.goods_v1 set versions = versions || 9 where ctid = (select min(ctid) from tables.goods_v1) returning 1::text");
        var compared = (await builder.CompareAsync(_ => { }, Cancel)).All.Single(t => t.Table == "goods");

        compared.Rows.ShouldBe(rows);
        (compared.Differing.ShouldHaveSingleItem().IsThere, compared.Differing[0].IsGiven, compared.DifferingInAll).ShouldBe((true, true, 1));
        (await database.ListAsync("select relname from pg_class where relnamespace = 'tables'::regnamespace and relname like 'goods%' and relkind = 'r'")).ShouldBe(["goods_v1"]);
    }

    [Theory]
    [InlineData("alter table tables.goods_v1 rename goods to between; alter table tables.goods_v1 rename stream to goods; alter table tables.goods_v1 rename between to stream", "tables.goods_v1 has the column 2, goods text")]
    [InlineData("create collation public.other (provider = icu, locale = 'und-u-ks-level1', deterministic = false); drop view read.goods; alter table tables.goods_v1 alter goods type text collate public.other", "tables.goods_v1 has the column 9, goods text collated by other")]
    [InlineData("drop view read.goods; alter table tables.goods_v1 alter amount type bigint", "tables.goods_v1 lacks the column 10, amount integer")]
    [InlineData("drop view read.goods; alter table tables.goods_v1 drop amount; alter table tables.goods_v1 add amount integer generated always as (1) stored", "tables.goods_v1 has the column 11, amount integer generated default 1")]
    [InlineData("alter table tables.goods_v1 alter amount set default 1", "tables.goods_v1 has the column 10, amount integer default 1")]
    [InlineData("alter policy readable on tables.goods_v1 using (key <> 'bread')", "tables.goods_v1 is under another policy than it is made with: readable")]
    [InlineData("create policy other on tables.goods_v1 as restrictive using (key <> 'bread')", "tables.goods_v1 is under another policy than it is made with: other")]
    [InlineData("alter table tables.goods_v1 disable row level security", "tables.goods_v1 is no longer under row-level security")]
    [InlineData("create trigger other before update on tables.goods_v1 for each row execute function suppress_redundant_updates_trigger()", "tables.goods_v1 has a trigger: other")]
    [InlineData("create rule other as on update to tables.goods_v1 do instead nothing", "tables.goods_v1 has a rule: other")]
    [InlineData("create table public.other (like tables.goods_v1); alter table tables.goods_v1 inherit public.other", "tables.goods_v1 inherits from another table")]
    [InlineData("create table public.other () inherits (tables.goods_v1)", "tables.goods_v1 has rows in another table, which inherits from it")]
    [InlineData("alter table tables.goods_v1 owner to programme_app", "tables.goods_v1 belongs to programme_app")]
    [InlineData("grant delete on tables.goods_v1 to programme_app", "tables.goods_v1 gives programme_app the privilege DELETE")]
    [InlineData("grant update (goods) on tables.goods_v1 to public", "tables.goods_v1 gives everybody the privilege UPDATE")]
    [InlineData("create or replace view read.goods with (security_invoker = true) as select tenant, stream, key, valid_from, valid_to, known_from, known_to, versions, 'cake' as goods, amount, plenty from tables.goods_v1", "tables.goods_v1 is not what read.goods shows")]
    [InlineData("alter view read.goods set (security_invoker = false)", "tables.goods_v1 is not what read.goods shows")]
    [InlineData("drop view read.goods", "tables.goods_v1 is not what read.goods shows")]
    [InlineData("update tables.registry set columns = array_remove(columns, 'amount integer') where name = 'goods'", "the registry lets readers look at other columns")]
    [InlineData("create table tables.\"Goods_v1\" (like tables.goods_v1); update tables.registry set physical = 'Goods_v1' where name = 'goods'", "tables.Goods_v1 is no table of its own")]
    [InlineData("alter default privileges for role programme_owner in schema tables grant update on tables to programme_app", "made anew, tables.goods_v1_2 gives programme_app the privilege UPDATE")]
    public async Task A_comparison_finds_what_readers_are_answered_by_beside_the_rows(string change, string told)
    {
        await using var database = await WithHistoriesAsync(3);
        await database.ListAsync(change);

        var compared = await database.NewBuilder(TableDatabase.Tables).CompareAsync(_ => { }, Cancel);

        var goods = compared.All.Single(t => t.Table == "goods");
        goods.Otherwise.Append(goods.NotCompared).ShouldContain(found => found != null && found.Contains(told, StringComparison.Ordinal));
        (goods.IsAsGiven, compared.AreAsGiven, compared.Otherwise.Count).ShouldBe((false, false, 0));
    }

    [Theory]
    [InlineData("alter table tables.registry rename to kept; create view tables.registry as select * from tables.kept", "tables.registry is no table of its own")]
    [InlineData("alter table tables.registry enable row level security; create policy other on tables.registry using (true)", "tables.registry is under row-level security, which may hide rows")]
    [InlineData("create collation public.other (provider = icu, locale = 'und-u-ks-level1', deterministic = false); alter table tables.registry alter name type text collate public.other", "tables.registry has the column 1, name text collated by other")]
    [InlineData("create table public.other () inherits (tables.registry)", "tables.registry has rows in another table, which inherits from it")]
    [InlineData("create rule other as on insert to tables.rebuilds do instead nothing", "tables.rebuilds has a rule: other")]
    [InlineData("create trigger other before update on tables.rebuilds for each row execute function suppress_redundant_updates_trigger()", "tables.rebuilds has a trigger: other")]
    [InlineData("grant update on tables.registry to programme_app", "tables.registry gives programme_app the privilege UPDATE")]
    public async Task A_comparison_finds_what_leads_readers_to_other_tables(string change, string told)
    {
        await using var database = await WithHistoriesAsync(0);
        await database.ListAsync(change);

        var compared = await database.NewBuilder(TableDatabase.Tables).CompareAsync(_ => { }, Cancel);

        compared.Otherwise.ShouldContain(told);
        compared.AreAsGiven.ShouldBeFalse();
    }

    [Fact]
    public async Task A_comparison_finds_what_a_trigger_of_the_database_does_to_tables_made_anew()
    {
        await using var database = await WithHistoriesAsync(3);
        await database.ListAsync("""
            create function public.other() returns trigger language plpgsql as $$ begin new.goods := 'cake'; return new; end $$;
            create function public.made() returns event_trigger language plpgsql as $$
            begin
              if to_regclass('tables.goods_v1_2') is not null then
                create trigger other before insert on tables.goods_v1_2 for each row execute function public.other();
              end if;
            end $$;
            grant execute on function public.other, public.made to public;
            create event trigger made on ddl_command_end when tag in ('CREATE TABLE') execute function public.made();
            update tables.goods_v1 set goods = 'cake';
            """);

        var compared = await database.NewBuilder(TableDatabase.Tables).CompareAsync(_ => { }, Cancel);

        compared.All.Single(t => t.Table == "goods").NotCompared.ShouldBe("made anew, tables.goods_v1_2 has a trigger: other");
    }

    [Fact]
    public async Task A_comparison_finds_nothing_in_tables_that_were_made_again_or_by_another_version()
    {
        await using var database = await WithHistoriesAsync(3);
        foreach (var tables in new[] { TableDatabase.Tables, s_labelled, TableDatabase.Tables })
        {
            await database.NewBuilder(tables).RebuildAsync([], _ => { }, Cancel);
            (await database.NewBuilder(tables).CompareAsync(_ => { }, Cancel)).AreAsGiven.ShouldBeTrue();
        }
    }

    [Fact]
    public async Task A_new_version_takes_over_while_pages_go_on_reading()
    {
        await using var database = await WithHistoriesAsync(5);
        var stream = TablesTests.NewShelf();
        var (oldStore, newStore) = (database.NewStore(), database.NewStore(s_labelled));
        var (oldReader, newReader) = (database.NewReader(), database.NewReader(s_labelled));
        var point = PointInHistory.AsKnownNow(ShelfHistories.FirstDay);
        async Task<GoodsRow> OldRow() => (await oldReader.AskAsync(s_east, point, new RowFilter<GoodsRow>().OfStream(stream), Cancel)).ShouldHaveSingleItem().Row;
        async Task<LabelledGoodsRow> NewRow() => (await newReader.AskAsync(s_east, point, new RowFilter<LabelledGoodsRow>().OfStream(stream), Cancel)).ShouldHaveSingleItem().Row;
        await oldStore.RecordAsync(s_east, stream, [SegmentsTests.Plain(new Put("bread", 1), 0)]);

        (await newStore.RecordAsync(s_east, stream, new FactToWrite(new Added("bread", 1), Given.On(ShelfHistories.FirstDay))))
            .ShouldBe(new WriteResult.TablesMoved("goods"));
        (await NewRow()).ShouldBe(new LabelledGoodsRow("bread", 1, ""));
        (await OldRow()).ShouldBe(new GoodsRow("bread", 1, false));

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var page = ReadOnAsync(OldRow, stop.Token);
        (await database.NewBuilder(s_labelled).BuildAsync(_ => { }, Cancel)).ShouldBeEmpty();
        await stop.CancelAsync();
        (await page).ShouldAllBe(row => row.Amount == 1);

        (await NewRow()).ShouldBe(new LabelledGoodsRow("bread", 1, "1 of bread"));
        (await OldRow()).ShouldBe(new GoodsRow("bread", 1, false));
        (await oldStore.RecordAsync(s_east, stream, new FactToWrite(new Added("bread", 1), Given.On(ShelfHistories.FirstDay))))
            .ShouldBe(new WriteResult.TablesMoved("goods"));
        await newStore.RecordAsync(s_east, stream, [SegmentsTests.Plain(new Added("bread", 1), 0)]);
        (await NewRow()).Label.ShouldBe("2 of bread");
    }

    [Fact]
    public async Task An_interrupted_build_goes_on_where_it_was_and_harms_nothing_meanwhile()
    {
        await using var database = await WithHistoriesAsync(20);
        var before = await database.ListAsync(Contents);
        var builder = new TableBuilder(database.ConnectionString, s_labelled, new ShelfCodec()) { FactsAtATime = 25 };
        using var interrupt = CancellationTokenSource.CreateLinkedTokenSource(Cancel);

        await Should.ThrowAsync<OperationCanceledException>(() => builder.BuildAsync(
            progress =>
            {
                if (progress.Facts >= 25)
                    interrupt.Cancel();
            },
            interrupt.Token));

        (await database.ListAsync("select to_stream from tables.rebuilds")).ShouldHaveSingleItem().ShouldNotBeEmpty();
        (await database.ListAsync(Contents)).ShouldBe(before);
        await database.NewStore().RecordAsync(s_east, TablesTests.NewShelf(), [SegmentsTests.Plain(new Put("bread", 1), 0)]);

        var folded = 0L;
        await builder.BuildAsync(progress => folded = Math.Max(folded, progress.Facts), Cancel);

        long.Parse((await database.ListAsync("select count(*) from store.events"))[0], null).ShouldBeGreaterThan(folded);
        var built = await database.ListAsync(Contents);
        await builder.RebuildAsync(["goods"], _ => { }, Cancel);
        (await database.ListAsync(Contents)).ShouldBe(built);
    }

    [Fact]
    public async Task Two_programs_that_start_at_once_build_once()
    {
        await using var database = await WithHistoriesAsync(5);
        var steps = new List<TableStep>();

        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => database.NewBuilder(s_labelled).BuildAsync(
            progress =>
            {
                lock (steps)
                    steps.Add(progress.Step);
            },
            Cancel)));

        steps.Count(s => s == TableStep.InUse).ShouldBe(1);
        (await database.ListAsync("select tables from tables.edition")).ShouldBe(["goods:2 thing:1"]);
    }

    [Theory]
    [InlineData("drop function tables.write_goods_v1_usual")]
    [InlineData("do $$ begin execute replace(pg_get_functiondef('tables.write_goods_v1_usual'::regproc), 'if not found', 'if false'); end $$")]
    public async Task A_way_into_a_table_as_an_earlier_program_made_it_is_made_anew(string asBefore)
    {
        const string WayIn = "select prosrc from pg_proc where oid = to_regproc('tables.write_goods_v1_usual')";
        await using var database = await WithHistoriesAsync(0);
        var made = await database.ListAsync(WayIn);
        await database.ListAsync(asBefore);
        (await database.ListAsync(WayIn)).ShouldNotBe(made);

        await database.NewBuilder(TableDatabase.Tables).BuildAsync(_ => { }, Cancel);

        (await database.ListAsync(WayIn)).ShouldBe(made);
    }

    [Fact]
    public async Task A_row_that_changes_without_a_new_version_is_refused_in_plain_words()
    {
        await using var database = await WithHistoriesAsync(0);

        var refused = await Should.ThrowAsync<RowChangedException>(() => database.NewBuilder(new([new LabelledGoodsTable(version: 1), new ThingTable()])).BuildAsync(_ => { }, Cancel));

        refused.Message.ShouldStartWith("The row of table goods has changed, but its version is still 1: give it version 2, so that it is built anew.");
    }

    [Fact]
    public async Task An_older_program_leaves_newer_tables_alone_unless_it_is_told_otherwise()
    {
        await using var database = await WithHistoriesAsync(5);
        var before = await database.ListAsync(Contents);
        await database.NewBuilder(s_labelled).BuildAsync(_ => { }, Cancel);

        var older = database.NewBuilder(new([new GoodsTable()]));
        (await older.BuildAsync(_ => { }, Cancel)).Order().ShouldBe(["goods", "thing"]);
        (await database.ListAsync("select tables from tables.edition")).ShouldBe(["goods:2 thing:1"]);

        await older.RebuildAsync([], _ => { }, Cancel);
        (await database.ListAsync("select tables from tables.edition")).ShouldBe(["goods:1"]);
        (await database.ListAsync(Contents)).ShouldBe(before);
    }

    [Fact]
    public async Task A_table_that_is_not_built_yet_says_so_when_it_is_asked_and_answers_when_it_is()
    {
        await using var database = await WithHistoriesAsync(0);
        TwoClockTables tables = new([new GoodsTable(), new ThingTable(), new UnbuiltTable()]);
        var reader = database.NewReader(tables);

        (await Should.ThrowAsync<TableNotReadyException>(() => reader.AskAsync<UnbuiltRow>(s_east, PointInHistory.AsKnownNow(ShelfHistories.FirstDay), null, Cancel)))
            .Table.ShouldBe("unbuilt");

        await database.NewBuilder(tables).BuildAsync(_ => { }, Cancel);
        (await reader.AskAsync<UnbuiltRow>(s_east, PointInHistory.AsKnownNow(ShelfHistories.FirstDay), null, Cancel)).ShouldBeEmpty();
    }

    private async Task<TableDatabase> WithHistoriesAsync(int count)
    {
        var database = new TableDatabase(server);
        await database.InitializeAsync();
        var store = database.NewStore();
        foreach (var (recordings, i) in ShelfHistories.UpTo(10).Generator.Sample(10, count).Select((r, i) => (r, i)))
            await store.RecordAsync(i % 3 == 0 ? Scope.Of("region-vest") : s_east, TablesTests.NewShelf(), recordings);
        return database;
    }

    private static TableBuilder InSmallRanges(TableDatabase database) => new(database.ConnectionString, TableDatabase.Tables, new ShelfCodec()) { FactsAtATime = 25 };

    /// <summary>Three writers at once, until they are stopped.</summary>
    /// <returns>How often they wrote.</returns>
    private static async Task<int> WriteOnAsync(TableDatabase database, StreamKey[] streams, CancellationToken stop) =>
        (await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => WriteOnAsync(database.NewStore(), streams, stop)))).Sum();

    /// <returns>How many facts were recorded.</returns>
    private static async Task<int> WriteOnAsync(EventStore store, StreamKey[] streams, CancellationToken stop)
    {
        var count = 0;
        foreach (var recording in ShelfHistories.UpTo(40).Generator.Sample(40, 100).SelectMany(r => r))
        {
            if (stop.IsCancellationRequested)
                break;
            var stream = streams[count++ % streams.Length];
            var loaded = await store.LoadAsync(s_east, [stream], null, Cancel);
            var there = loaded.Streams[stream].Count;
            var result = await store.WriteAsync(
                s_east, loaded, [new StreamWrite(stream, there, [ShelfHistories.ToWrite(recording, there)])], Given.Circumstances(), null, null, Cancel);
            (result is WriteResult.Written or WriteResult.Stale).ShouldBeTrue();
        }

        return count;
    }

    /// <summary>New streams without a pause, more at once than are caught up with at a time.</summary>
    /// <param name="written">Released each time.</param>
    /// <returns>The longest that a write took.</returns>
    private static async Task<TimeSpan> WriteManyAsync(EventStore store, SemaphoreSlim written, CancellationToken stop)
    {
        var longest = TimeSpan.Zero;
        while (!stop.IsCancellationRequested)
        {
            StreamKey[] streams = [.. Enumerable.Range(1, 300).Select(_ => TablesTests.NewShelf())];
            var loaded = await store.LoadAsync(s_east, streams, null, Cancel);
            var began = Stopwatch.GetTimestamp();
            await store.WriteAsync(
                s_east, loaded, [.. streams.Select(s => new StreamWrite(s, 0, [new FactToWrite(new Put("bread", 1), Given.On(ShelfHistories.FirstDay))]))], Given.Circumstances(), null, null, Cancel);
            written.Release();
            longest = TimeSpan.FromTicks(Math.Max(longest.Ticks, Stopwatch.GetElapsedTime(began).Ticks));
        }

        return longest;
    }

    private static async Task<List<GoodsRow>> ReadOnAsync(Func<Task<GoodsRow>> ask, CancellationToken stop)
    {
        var seen = new List<GoodsRow>();
        do
            seen.Add(await ask());
        while (!stop.IsCancellationRequested);
        return seen;
    }

    private sealed record LabelledGoodsRow(string Goods, int Amount, string Label);

    private sealed class LabelledGoodsTable(int version = 2) : FoldTable<LabelledGoodsRow>
    {
        private readonly GoodsTable _goods = new();

        public override string Name => "goods";

        public override int Version => version;

        public override bool Takes(string streamKind) => _goods.Takes(streamKind);

        protected override Rows<LabelledGoodsRow> Apply(Rows<LabelledGoodsRow> rows, StoredFact fact)
        {
            var plain = new Rows<GoodsRow>().SetItems(rows.Select(r => KeyValuePair.Create(r.Key, new GoodsRow(r.Value.Goods, r.Value.Amount, false))));
            return new Rows<LabelledGoodsRow>().SetItems(_goods.After(plain, fact).Select(
                r => KeyValuePair.Create(r.Key, new LabelledGoodsRow(r.Value.Goods, r.Value.Amount, $"{r.Value.Amount} of {r.Value.Goods}"))));
        }
    }

    /// <param name="watch">Called while it folds, now and then: writers may be waiting for that.</param>
    private sealed class WatchedGoodsTable(Action watch) : FoldTable<GoodsRow>
    {
        private readonly GoodsTable _goods = new();
        private long _watched;

        public override string Name => _goods.Name;

        public override int Version => _goods.Version;

        public override bool Takes(string streamKind) => _goods.Takes(streamKind);

        protected override Rows<GoodsRow> Apply(Rows<GoodsRow> rows, StoredFact fact)
        {
            if (Stopwatch.GetElapsedTime(_watched) > TimeSpan.FromMilliseconds(20))
            {
                watch();
                _watched = Stopwatch.GetTimestamp();
            }

            return _goods.After(rows, fact);
        }
    }

    private sealed record UnbuiltRow(string Name);

    private sealed class UnbuiltTable : FoldTable<UnbuiltRow>
    {
        public override string Name => "unbuilt";

        public override int Version => 1;

        public override bool Takes(string streamKind) => false;

        protected override Rows<UnbuiltRow> Apply(Rows<UnbuiltRow> rows, StoredFact fact) => rows;
    }
}
