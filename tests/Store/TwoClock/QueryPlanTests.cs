using HousingBank.Support;

namespace HousingBank.Store.Tests.TwoClock;

/// <summary>The plans of the application's role, row-level security included, over forty tenants with long histories.</summary>
public sealed class QueryPlanTests(TestServer server) : IAsyncLifetime
{
    private static readonly DateOnly s_day = new(2015, 1, 1);
    private static readonly DateTimeOffset s_moment = new(2015, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Scope s_scope = Scope.Of("region-7");
    private readonly TableDatabase _database = new(server);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        await _database.ListAsync(
            """
            insert into tables.goods_v1 (tenant, stream, key, valid_from, valid_to, known_from, known_to, versions, goods, amount, plenty)
            select 'region-' || t, 'shelf/' || t || '-' || s, 'bread', day, case when is_open then 'infinity' else day + 100 end,
                   case when is_open then told else told + interval '100 days' end, case when is_open and n < 39 then told + interval '100 days' else 'infinity' end,
                   '{1}', 'bread', 1, false
              from generate_series(1, 40) t, generate_series(1, 25) s, generate_series(0, 39) n, (values (true), (false)) f (is_open),
                   lateral (select date '2010-01-01' + n * 100 as day, timestamptz '2010-01-01 01:00Z' + n * interval '100 days' as told) d
             where is_open or n < 39
            """);
        await _database.ListAsync("analyze");
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task What_is_known_now_is_found_by_its_own_index() =>
        await ShouldUseAsync("goods_v1_tenant_valid_to_valid_from_idx", q => q.At<GoodsRow>(PointInHistory.AsKnownNow(new DateOnly(2021, 1, 1))));

    [Fact]
    public async Task What_is_known_now_is_found_by_its_own_index_where_one_plan_is_kept_for_all_days()
    {
        await using var connection = await _database.As(StoreRole.App).OpenConnectionAsync(Cancel);
        await connection.AskAsync("select set_config('store.tenant', 'region-7', false), set_config('store.readable', '{region-7,national}', false)");
        await connection.AskAsync("set plan_cache_mode = force_generic_plan");
        await connection.AskAsync("""
            prepare question (text[], date) as
            select * from tables.goods_v1 r where r.tenant = any ($1) and r.known_to = 'infinity' and r.valid_from <= $2 and r.valid_to > $2
            """);

        var plan = (string)(await connection.AskAsync("explain (format json) execute question ('{region-7,national}', '2021-01-01')"))!;

        plan.ShouldContain("goods_v1_tenant_valid_to_valid_from_idx");
    }

    [Fact]
    public async Task Tables_made_before_are_given_the_same_index()
    {
        const string Indexes = "select pg_get_indexdef(indexrelid) from pg_index where indrelid = 'tables.goods_v1'::regclass order by 1";
        var made = await _database.ListAsync(Indexes);
        await _database.ListAsync("""
            drop index tables.goods_v1_tenant_valid_to_valid_from_idx;
            create index on tables.goods_v1 (tenant, valid_to) where known_to = 'infinity';
            delete from store.schema_versions where version >= 19;
            """);

        await new SchemaMigrator(_database.ConnectionString).MigrateAsync(_ => { }, Cancel);

        (await _database.ListAsync(Indexes)).ShouldBe(made);
    }

    [Fact]
    public async Task The_past_is_found_by_both_clocks_within_one_index()
    {
        var plan = await ShouldUseAsync("goods_v1_tenant_valid_to_valid_from_known_from_known_to_idx", q => q.At<GoodsRow>(new PointInHistory(s_day, s_moment)));

        var condition = plan.Split('\n').First(line => line.Contains("Index Cond", StringComparison.Ordinal));
        foreach (var column in new[] { "tenant", "valid_to", "valid_from", "known_from", "known_to" })
            condition.ShouldContain(column);
    }

    [Fact]
    public async Task A_stream_and_a_key_are_found_by_the_primary_key_now_and_in_the_past()
    {
        var one = new RowFilter<GoodsRow>().OfStream(new StreamKey("shelf/7-3"));

        await ShouldUseAsync("goods_v1_pkey", q => q.OverTime(s_moment, one));
        await ShouldUseAsync("goods_v1_pkey", q => q.OverTime(s_moment, one.OfKey("bread")));
        await ShouldUseAsync("goods_v1_pkey", q => q.At(new PointInHistory(s_day, s_moment), one.OfKey("bread")));
        await ShouldUseAsync("goods_v1_pkey", q => q.OverTime(DateTimeOffset.MaxValue, one));
    }

    [Fact]
    public async Task The_rows_are_as_many_as_there_are_shelves()
    {
        var reader = _database.NewReader();

        (await reader.AskAsync<GoodsRow>(s_scope, PointInHistory.AsKnownNow(new DateOnly(2021, 1, 1)), null, Cancel)).Count.ShouldBe(25);
        (await reader.AskAsync<GoodsRow>(s_scope, new PointInHistory(s_day, s_moment), null, Cancel)).Count.ShouldBe(25);
    }

    private async Task<string> ShouldUseAsync<TAsked>(string index, Func<TableQuestions, TAsked> ask)
    {
        var questions = _database.NewReader().Questions(s_scope);
        ask(questions);
        var plan = (await questions.ExplainAsync(Cancel)).ShouldHaveSingleItem();
        plan.ShouldContain(index, customMessage: plan);
        plan.ShouldNotContain("Seq Scan", customMessage: plan);
        return plan;
    }
}
