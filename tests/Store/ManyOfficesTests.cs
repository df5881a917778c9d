using HousingBank.Support;

namespace HousingBank.Store.Tests;

/// <summary>Where there are many offices, PostgreSQL must not come to think that reading all that one of them has is the quickest way to a stream.</summary>
public sealed class ManyOfficesTests(StoreDatabase database) : IClassFixture<StoreDatabase>, IAsyncLifetime
{
    private const int FactsInStream = 24;

    public async ValueTask InitializeAsync()
    {
        await AddAsync("'region-ost'", streams: 125, offices: 1);
        await AddAsync("'office-' || office", streams: 10, offices: 400);
        await database.ExecuteAsync("analyze store.events");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_stream_is_found_by_its_key()
    {
        StreamKey[] streams = [new("note/1"), new("note/7")];
        await using (var source = StoreDataSource.Create(database.ConnectionString, StoreRole.App))
        {
            var store = new EventStore(source, new NoteCodec(), new TwoClockTables([]));
            // More often than plans are made for their values.
            for (var i = 0; i < 12; i++)
            {
                (await store.LoadAsync(Given.East, streams, null, Given.Cancel)).Streams.Values.ShouldAllBe(facts => facts.Count == FactsInStream);
                (await store.LoadAsync(Given.East, [streams[0]], null, Given.Cancel)).Streams[streams[0]].Count.ShouldBe(FactsInStream);
                (await store.StreamAsync(Given.East, streams[0], Given.Cancel)).Count.ShouldBe(FactsInStream);
                (await store.FactAsync(Given.East, streams[0], 3, Given.Cancel)).ShouldNotBeNull();
                (await store.ReplacementsAsync(Given.East, streams, DateTimeOffset.MaxValue, Given.Cancel)).ShouldBeEmpty();
            }
        }

        // Told when the connections have ended.
        await Until.HoldsAsync("scans are told", async () => await ScansAsync("events_pkey") > 0);
        (await ScansAsync("events_of_tenant_by_moment")).ShouldBe(0);
    }

    private Task AddAsync(string tenant, int streams, int offices) => database.ExecuteAsync($$"""
        insert into store.events (
          tenant, stream, version, type, type_version, body, effective_on, effective_first, effective_last, precision, recorded_at, transaction,
          actor, role, basis_kind, not_documented, looked_at, command_id, correlation)
        select {{tenant}}, 'note/' || stream, version, 'note-written', 2, '{"Text": "1"}', '2009-10-01', '2009-10-01', '2009-10-01', 'day',
               timestamptz '2009-10-01' + version * interval '1 second', '3', 'tester', 'secretariat', 'none', '{}', '{}', gen_random_uuid(), gen_random_uuid()
          from generate_series(1, {{offices}}) office, generate_series(1, {{FactsInStream}}) version, generate_series(1, {{streams}}) stream
        """);

    private async Task<long> ScansAsync(string index) =>
        (long)(await database.AskAsync($"select idx_scan from pg_stat_user_indexes where indexrelname = '{index}'"))!;
}
