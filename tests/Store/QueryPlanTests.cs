namespace HousingBank.Store.Tests;

/// <summary>Row-level security must not cost a query its index.</summary>
public sealed class QueryPlanTests(StoreDatabase database) : IClassFixture<StoreDatabase>, IAsyncLifetime
{
    public async ValueTask InitializeAsync()
    {
        await database.ExecuteAsync("""
            insert into store.events (
              tenant, stream, version, type, type_version, body, effective_on, effective_first, effective_last, precision, recorded_at, transaction,
              actor, role, basis_kind, not_documented, looked_at, command_id, correlation)
            select 'region-' || n % 4, 'note/' || n / 8, 1 + n % 8, 'note-written', 2, '{"Text": "1"}', '2009-10-01', '2009-10-01', '2009-10-01', 'day',
                   timestamptz '2009-10-01' + n * interval '1 second', '3', 'tester', 'secretariat', 'none', '{}', '{}', gen_random_uuid(), gen_random_uuid()
              from generate_series(0, 39999) n
            on conflict do nothing
            """);
        await database.ExecuteAsync("analyze store.events");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_decision_finds_its_streams_by_the_primary_key()
    {
        var plan = await ExplainAsync("select * from store.events e where e.tenant = any ('{region-1,national}') and e.stream = any ('{note/1,note/2,note/3}')");

        plan.ShouldContain("events_pkey");
        plan.Split('\n').Single(l => l.Contains("Index Cond", StringComparison.Ordinal)).ShouldContain("(stream = ANY ('{note/1,note/2,note/3}'::text[]))");
        plan.ShouldNotContain("Seq Scan");
    }

    [Fact]
    public async Task The_newest_events_of_a_tenant_are_read_along_an_index_no_farther_than_a_page()
    {
        var plan = await ExplainAsync("""
            select e.* from unnest('{region-1,national}'::text[]) as t (tenant)
             cross join lateral (select e.* from store.events e where e.tenant = t.tenant order by e.recorded_at desc, e.position desc limit 51) e
            """);

        plan.ShouldContain("Index Scan Backward using events_of_tenant_by_moment");
        plan.ShouldNotContain("Sort");
    }

    [Fact]
    public async Task Facts_recorded_late_are_counted_by_an_index_of_their_own()
    {
        var plan = await ExplainAsync("""
            select e.stream, count(*)::integer
              from store.events e
             where e.tenant = any ('{region-1,national}') and e.stream = any ('{note/1,note/2,note/3}')
               and e.recorded_at <= 'infinity' and e.effective_on <= '2010-01-01'
               and e.basis_kind <> 'source'
               and (e.recorded_at at time zone 'Europe/Oslo')::date > e.effective_last + 14
             group by e.stream
            """);

        plan.ShouldContain("Index Only Scan using events_recorded_late");
        plan.ShouldNotContain("Filter");
    }

    [Fact]
    public async Task Corrections_and_strikes_are_found_without_the_facts_that_stand()
    {
        var plan = await ExplainAsync("""
            select e.version from store.events e
             where e.tenant = any ('{region-1,national}') and e.stream = any ('{note/1,note/2,note/3}') and e.replaces is not null and e.recorded_at <= 'infinity'
            """);

        plan.ShouldContain("events_replacing");
    }

    private async Task<string> ExplainAsync(string query)
    {
        await using var connection = await database.As(StoreRole.App).OpenConnectionAsync(Given.Cancel);
        await using var transaction = await connection.BeginTransactionAsync(Given.Cancel);
        await connection.AskAsync("select set_config('store.tenant', 'region-1', true), set_config('store.readable', '{region-1,national}', true)");
        await using var command = new Npgsql.NpgsqlCommand("explain " + query, connection);
        await using var reader = await command.ExecuteReaderAsync(Given.Cancel);
        var lines = new List<string>();
        while (await reader.ReadAsync(Given.Cancel))
            lines.Add(reader.GetString(0));
        return string.Join('\n', lines);
    }
}
