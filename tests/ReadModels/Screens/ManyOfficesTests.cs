using HousingBank.Domain.Vocabulary;
using HousingBank.Store;
using HousingBank.Support;
using Npgsql;

namespace HousingBank.ReadModels.Tests.Screens;

/// <summary>Where there are many offices, what is asked about some streams must not be answered by reading all that the office has.</summary>
public sealed class ManyOfficesTests(TestServer server) : IAsyncLifetime
{
    // Its own facts, the first one again for its case, and that of its course; the office has twelve thousand.
    private const int MostReadForOne = 8;
    private const int Times = 12;

    private const string Insert = """
        insert into store.events (
          tenant, stream, version, type, type_version, body, effective_on, effective_first, effective_last, precision, recorded_at, transaction,
          actor, role, basis_kind, not_documented, looked_at, command_id, correlation)
        """;

    private const string Late = "'2009-10-01', '2009-10-01', '2009-10-01', 'day', timestamptz '2011-10-01' + version * interval '1 second', '3', 'tester', 'secretariat', 'none', '{}', '{}', gen_random_uuid(), gen_random_uuid()";

    private const string Content = """{"localAdaptation": null, "bankExpectations": null, "municipalityExpectations": null, "commitments": []}""";

    private string _connection = "";

    public async ValueTask InitializeAsync() => _connection = await server.CopyOfAsync("many_offices", FillAsync, Screens.Cancel);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_case_of_a_decision_is_found_by_its_streams_own_facts()
    {
        var streams = await StreamsAsync("agreement", 6);
        var before = await RowsReadAsync();

        await using (var screens = new Screens(_connection))
        {
            foreach (var stream in streams)
            {
                var decisions = await screens.Decisions.StreamAsync(Screens.East, StreamId.Parse(stream), new Question(new(2012, 1, 1)), Screens.Cancel);
                decisions.Value.ShouldHaveSingleItem().Municipality!.Key.ShouldBe("hamar");
            }
        }

        (await RowsReadAsync() - before).ShouldBeInRange(streams.Count, streams.Count * MostReadForOne);
    }

    [Fact]
    public async Task Versions_and_late_entries_are_found_by_the_streams_asked_for()
    {
        var streams = await StreamsAsync("municipality", 40);
        var before = await RowsReadAsync();

        await using (var source = StoreDataSource.Create(_connection, StoreRole.App))
        {
            // More often than plans are made for their values.
            for (var i = 0; i < Times; i++)
            {
                var figures = await new StreamsNow(source).AskAsync(Screens.East, [.. streams.Select(s => new StreamKey(s))], new(new(2012, 1, 1), DateTimeOffset.MaxValue), Screens.Cancel);
                figures.Version(new(streams[0])).ShouldBe(1);
                figures.RecordedLate(new(streams[0])).ShouldBe(1);
            }
        }

        (await RowsReadAsync() - before).ShouldBeInRange(streams.Count * Times, streams.Count * Times * MostReadForOne);
    }

    /// <summary>An office with five hundred courses, each with its agreement and long behind with its entries; and four hundred others.</summary>
    private static async Task FillAsync(string connectionString)
    {
        await DemoHistory.RunCliAsync(connectionString, "migrate");
        await using var source = NpgsqlDataSource.Create(connectionString + ";Pooling=false");
        await using var fill = source.CreateCommand($$"""
            {{Insert}}
            select 'region-ost', 'participation/' || md5('course' || n)::uuid, version, 'candidacy-opened', 1,
                   jsonb_build_object('round', md5('round')::uuid, 'municipality', 'hamar'), {{Late}}
              from generate_series(1, 500) n, generate_series(1, 24) version;
            {{Insert}}
            select 'region-ost', 'agreement/' || md5('agreement' || n)::uuid, version, 'agreement-drafted', 1,
                   jsonb_build_object('participation', md5('course' || n)::uuid, 'municipality', 'hamar', 'content', '{{Content}}'::jsonb), {{Late}}
              from generate_series(1, 500) n, generate_series(1, 1) version;
            {{Insert}}
            select 'national', 'municipality/k' || n, version, 'municipality-registered', 1, jsonb_build_object('key', 'k' || n, 'name', 'K', 'kind', 'municipality', 'county', 'Fylke'), {{Late}}
              from generate_series(1, 60) n, generate_series(1, 1) version;
            {{Insert}}
            select 'office-' || office, 'participation/' || md5(office || '-' || n)::uuid, version, 'candidacy-opened', 1, '{}', {{Late}}
              from generate_series(1, 400) office, generate_series(1, 10) n, generate_series(1, 12) version;
            insert into store.streams (tenant, stream, version, recorded_at) select tenant, stream, max(version), max(recorded_at) from store.events group by tenant, stream;
            analyze store.events;
            analyze store.streams
            """);
        await fill.ExecuteNonQueryAsync(Screens.Cancel);
    }

    private async Task<List<string>> StreamsAsync(string kind, int most) =>
        await ListAsync<string>($"select stream from store.streams where stream like '{kind}/%' and tenant in ('region-ost', 'national') order by stream limit {most}");

    /// <summary>Told when the connections have ended.</summary>
    private async Task<long> RowsReadAsync()
    {
        await Until.HoldsAsync("the connections have ended", async () =>
            (await ListAsync<long>("select count(*) from pg_stat_activity where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()"))[0] == 0);
        return (await ListAsync<long>(
            """
            select (sum(t.seq_tup_read) + sum(coalesce((select sum(i.idx_tup_read) from pg_stat_user_indexes i where i.relid = t.relid), 0)))::bigint
              from pg_stat_user_tables t where t.schemaname = 'store' and t.relname in ('events', 'streams')
            """))[0];
    }

    private async Task<List<T>> ListAsync<T>(string sql)
    {
        await using var source = NpgsqlDataSource.Create(_connection + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(Screens.Cancel);
        var list = new List<T>();
        while (await reader.ReadAsync(Screens.Cancel))
            list.Add(reader.GetFieldValue<T>(0));
        return list;
    }
}
