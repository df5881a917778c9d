using System.Net;
using System.Text.Json.Nodes;
using HousingBank.Web.Tests.Api;
using Npgsql;

namespace HousingBank.Web.Tests.Persons;

/// <summary>Who has what is sealed about persons opened is recorded, before anybody reads it.</summary>
public sealed class ReadingsTests(NamedPersonsSite site) : IClassFixture<NamedPersonsSite>
{
    private const string Course = $"/kommuner/{NamedPersonsSite.Municipality}";

    [Fact]
    public async Task Each_request_that_opens_names_is_one_record_with_all_whose_they_are()
    {
        var all = site.Persons.Values.Select(p => p.Id).ToList();

        (await ReadByAsync("secr", "/personer")).ShouldBe([Read("/personer", "secretariat", all)]);
        (await ReadByAsync("lead", "/api/v1/persons?format=csv")).ShouldBe([Read("/api/v1/persons/", "leadership", all)]);
        (await ReadByAsync("secr", Course)).ShouldBe([Read("/kommuner/{Key}", "secretariat", Of("leader", "steering", "project"))]);
        (await ReadByAsync("own", "/personer")).ShouldBe([Read("/personer", "municipality", Of("contact", "leader", "project", "steering"))]);
        (await ReadByAsync("coun", "/personer")).ShouldBe([Read("/personer", "council", Of("council"))]);
        (await ReadByAsync("secr", $"/personer/{site.Persons["leader"].Id}")).ShouldBe([Read("/personer/{Person:guid}", "secretariat", Of("leader"))]);
    }

    [Theory]
    [InlineData("secr", "/tavle")]
    [InlineData("secr", "/api/v1/decisions?take=1000")]
    [InlineData("eval", "/kommuner/hamar")]
    [InlineData("audit", "/innsynslogg")]
    [InlineData("write", "/api/v1/programmes")]
    public async Task What_opens_no_names_leaves_no_record(string asker, string address) => (await ReadByAsync(asker, address)).ShouldBeEmpty();

    [Fact]
    public async Task The_report_on_a_person_says_who_has_read_it_and_an_auditor_finds_it_without_reading_names()
    {
        var leader = site.Persons["leader"];
        await ReadByAsync("secr", Course);

        var report = (await site.Leadership.GetAsync($"/api/v1/persons/{leader.Id}")).Value;
        var readings = report["readings"]!.AsArray();
        readings.Select(r => (string?)r!["route"]).Take(2).ShouldBe(["/api/v1/persons/{person:guid}/", "/kommuner/{Key}"]);
        ((string?)readings[1]!["actor"]).ShouldBe("demo:secretariat-region-ost");
        (await site.Secretariat.Client.PageAsync($"/personer/{leader.Id}")).Body!.TextContent.ShouldContain("/kommuner/{Key}");

        var auditor = new ApiClient(site.Matrix.Asker("audit"));
        JsonArray Found(ApiAnswer answer) => answer.Value["readings"]!.AsArray();
        var found = Found(await auditor.GetAsync($"/api/v1/persons/readings?person={leader.Id}&reader=demo:secretariat-region-ost"));
        found.ShouldNotBeEmpty();
        found.ShouldAllBe(r => r!["persons"]!.AsArray().Any(p => (string?)p == leader.Id) && (string?)r["role"] == "secretariat");
        Found(await auditor.GetAsync("/api/v1/persons/readings?readTo=2009-01-01")).ShouldBeEmpty();
        Found(await auditor.GetAsync("/api/v1/persons/readings?knownAt=2009-01-01T00:00:00Z")).ShouldBeEmpty();
        (await auditor.GetAsync("/api/v1/persons/readings?readFrom=0001-01-01")).ShouldBeProblem(HttpStatusCode.BadRequest, "parameter-unreadable");
        var page = (await site.Matrix.Asker("audit").PageAsync($"/innsynslogg?person={leader.Id}")).Body!.TextContent;
        page.ShouldContain("demo:secretariat-region-ost");
        page.ShouldNotContain(leader.Name);
    }

    [Fact]
    public async Task Who_reads_of_more_persons_than_by_hand_is_told()
    {
        var log = new LogLines();
        await using var another = new Site { Log = log, Settings = new Dictionary<string, string> { ["ConnectionStrings:Programme"] = site.Matrix.ConnectionString, ["Watch:PersonsReadInTenMinutes"] = "8" } };
        await another.ReadyAsync();
        var secretariat = await another.SignedInAsync("secretariat-region-ost");

        await secretariat.GetAsync("/personer");
        log.All.Where(Unusual).ShouldBeEmpty();
        await secretariat.GetAsync("/personer");

        log.All.Where(Unusual).ShouldHaveSingleItem().ShouldContain("demo:secretariat-region-ost has come to 8 persons-read within ten minutes");

        static bool Unusual(string line) => line.Contains("Unusual:", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("create trigger disk_full before insert on store.person_readings for each row execute function public.disk_full()")]
    [InlineData("create constraint trigger disk_full after insert on store.person_readings deferrable initially deferred for each row execute function public.disk_full()")]
    public async Task Nobody_reads_a_name_when_it_cannot_be_recorded_and_the_page_stands_all_the_same(string trouble)
    {
        await ExecuteAsync("create or replace function public.disk_full() returns trigger language plpgsql as $$ begin raise exception 'no space' using errcode = '53100'; end $$");
        await ExecuteAsync(trouble);
        var told = Told();
        try
        {
            (await ReadByAsync("secr", Course, site.Persons["leader"].Name)).ShouldBeEmpty();
        }
        finally
        {
            await ExecuteAsync("drop trigger disk_full on store.person_readings");
        }

        Told().ShouldBe(told + 1);

        int Told() => site.Log.All.Count(line => line.Contains("reading-not-recorded", StringComparison.Ordinal));
    }

    private string Of(params string[] where) => string.Join(' ', where.Select(w => site.Persons[w].Id).Order());

    private static string Read(string route, string role, string persons) => $"{route} {role}: {persons}";

    private static string Read(string route, string role, IEnumerable<string> persons) => Read(route, role, string.Join(' ', persons.Order()));

    /// <param name="hidden">What the answer must not hold.</param>
    /// <returns>What is recorded by it.</returns>
    private async Task<IReadOnlyList<string>> ReadByAsync(string asker, string address, string? hidden = null)
    {
        var before = await ReadingsAsync();
        using var answer = await site.Matrix.Asker(asker).GetAsync(address);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, address);
        if (hidden is not null)
            (await answer.Content.ReadAsStringAsync()).ShouldNotContain(hidden);
        return [.. (await ReadingsAsync()).Skip(before.Count)];
    }

    private async Task<IReadOnlyList<string>> ReadingsAsync()
    {
        await using var source = NpgsqlDataSource.Create(site.Matrix.ConnectionString + ";Pooling=false");
        // The world of the matrix names somebody as well.
        await using var command = source.CreateCommand(
            """
            select route || ' ' || role || ': ' || coalesce((select string_agg(p::text, ' ' order by p::text) from unnest(persons) p where p::text = any ($1)), '')
              from store.person_readings order by reading
            """);
        command.Parameters.Add(new() { Value = site.Persons.Values.Select(p => p.Id).ToArray() });
        await using var reader = await command.ExecuteReaderAsync();
        var readings = new List<string>();
        while (await reader.ReadAsync())
            readings.Add(reader.GetString(0));
        return readings;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(site.Matrix.ConnectionString + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
