using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using HousingBank.Support;
using HousingBank.Web.Access;
using HousingBank.Web.Api;
using Microsoft.Extensions.DependencyInjection;

namespace HousingBank.Web.Tests.Api;

/// <summary>What holds for every address of the API.</summary>
public sealed partial class ConventionTests(ApiSite api) : IClassFixture<ApiSite>
{
    private static int _number = 50;

    [Fact]
    public async Task Making_something_answers_where_it_is_and_its_version()
    {
        var id = Guid.CreateVersion7().ToString();
        var made = await api.Secretariat.PostAsync("/api/v1/rounds", Bodies.Round(api.Programme, 11, id));

        made.Status.ShouldBe(HttpStatusCode.Created);
        made.Message.Headers.Location!.ToString().ShouldBe($"/api/v1/rounds/{id}");
        made.ETag.ShouldBe("\"1\"");
        Moment().IsMatch((string)made.Json["recordedAt"]!).ShouldBeTrue(made.Text);
        var read = await api.Secretariat.GetAsync(made.Message.Headers.Location.ToString());
        (read.Status, read.ETag).ShouldBe((HttpStatusCode.OK, "\"1\""));
    }

    [Fact]
    public async Task A_decision_on_what_exists_says_which_version_it_was_made_on()
    {
        var round = await api.OpenRoundAsync(12);
        var address = $"/api/v1/rounds/{round}/raise-capacity";
        var body = new { capacity = 4, reason = "flere", effectiveOn = "2009-05-01" };

        (await api.Leadership.PostAsync(address, body)).ShouldBeProblem(HttpStatusCode.PreconditionRequired, "precondition-required");
        var stale = await api.Leadership.PostAsync(address, body, 7);
        stale.ShouldBeProblem(HttpStatusCode.PreconditionFailed, "stale");
        stale.ETag.ShouldBe("\"1\"");
        var done = await api.Leadership.PostAsync(address, body, 1);
        (done.Status, done.ETag).ShouldBe((HttpStatusCode.OK, "\"2\""));
    }

    [Theory]
    [InlineData("\"1\"", HttpStatusCode.OK)]
    [InlineData("*", HttpStatusCode.OK)]
    [InlineData("\"7\", \"1\"", HttpStatusCode.OK)]
    [InlineData("W/\"1\"", HttpStatusCode.PreconditionFailed)]
    [InlineData("\"abc\"", HttpStatusCode.PreconditionFailed)]
    [InlineData("\"+1\", \"\", W/\"1\"", HttpStatusCode.PreconditionFailed)]
    [InlineData("\"01\"", HttpStatusCode.PreconditionFailed)]
    [InlineData("1", HttpStatusCode.BadRequest)]
    [InlineData("\"1", HttpStatusCode.BadRequest)]
    [InlineData("*, \"1\" x", HttpStatusCode.BadRequest)]
    public async Task If_Match_holds_when_one_of_its_strong_tags_is_the_version_or_it_takes_any(string ifMatch, HttpStatusCode status)
    {
        var round = await api.OpenRoundAsync(_number++);
        var body = new { capacity = 4, reason = "flere", effectiveOn = "2009-05-01" };

        (await api.Leadership.PostAsync($"/api/v1/rounds/{round}/raise-capacity", body, headers: ("If-Match", ifMatch))).Status.ShouldBe(status);
        if (ifMatch == "*")
            (await api.Leadership.PostAsync($"/api/v1/rounds/{Guid.NewGuid()}/raise-capacity", body, headers: ("If-Match", ifMatch))).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_same_key_is_carried_out_once_and_given_the_first_answer_again()
    {
        var round = await api.OpenRoundAsync(13);
        var address = $"/api/v1/rounds/{round}/raise-capacity";
        var body = new { capacity = 4, reason = "flere", effectiveOn = "2009-05-01" };
        var first = await api.Leadership.PostAsync(address, body, 1, "en nøkkel");
        var before = await api.CountAsync();

        var again = await api.Leadership.PostAsync(address, body, 1, "en nøkkel");
        (again.Status, again.ETag, again.Text).ShouldBe((HttpStatusCode.OK, first.ETag, first.Text));
        (await api.Leadership.PostAsync(address, new { capacity = 9, reason = "flere", effectiveOn = "2009-05-01" }, 2, "en nøkkel"))
            .ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "id-used-for-another");
        (await api.Leadership.PostAsync(address, body, 1, new string('x', 101))).ShouldBeProblem(HttpStatusCode.BadRequest, "bad-request");
        (await api.CountAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Something_new_without_an_id_is_made_once_for_its_key()
    {
        var first = await api.Leadership.PostAsync("/api/v1/programmes", Bodies.Programme, key: "nytt program");
        var again = await api.Leadership.PostAsync("/api/v1/programmes", Bodies.Programme, key: "nytt program");

        first.Status.ShouldBe(HttpStatusCode.Created);
        (again.Status, again.Id, again.Text).ShouldBe((HttpStatusCode.Created, first.Id, first.Text));
    }

    [Fact]
    public async Task Every_question_says_where_in_history_it_looked()
    {
        var now = (await api.Secretariat.GetAsync("/api/v1/board?asOf=2009-05-01")).Json;
        ((string)now["asOf"]!).ShouldBe("2009-05-01");
        Moment().IsMatch((string)now["knownAt"]!).ShouldBeTrue();
        now.ContainsKey("upToOrdinal").ShouldBeTrue();
        now["value"]!.ToJsonString().ShouldContain("hamar");

        var before = (await api.Secretariat.GetAsync("/api/v1/board?asOf=2009-05-01&knownAt=2009-05-01")).Json;
        before["value"]!.ToJsonString().ShouldNotContain("hamar");
        (await api.Secretariat.GetAsync("/api/v1/board?asOf=2009-03-01")).Value.ToJsonString().ShouldNotContain("hamar");
    }

    [Theory]
    [InlineData("/api/v1/board?asOf=2009-02-30", "asOf")]
    [InlineData("/api/v1/board?asOf=0001-01-01", "asOf")]
    [InlineData("/api/v1/board?knownAt=yesterday", "knownAt")]
    [InlineData("/api/v1/board?format=pdf", "format")]
    [InlineData("/api/v1/decisions?cursor=tull", "cursor")]
    [InlineData("/api/v1/decisions?cursor=99999999999999999999-1", "cursor")]
    [InlineData("/api/v1/decisions?take=0", "take")]
    [InlineData("/api/v1/decisions?take=1001", "take")]
    [InlineData("/api/v1/decisions?recordedTo=9999-12-31", "recordedTo")]
    [InlineData("/api/v1/decisions?municipality=Ham%20ar", "municipality")]
    [InlineData("/api/v1/decisions?role=king", "role")]
    [InlineData("/api/v1/learning-entries?area=nonsense", "area")]
    [InlineData("/api/v1/learning-entries?loop=4", "loop")]
    [InlineData("/api/v1/overview?municipality=..", "municipality")]
    [InlineData("/api/v1/decisions?effectiveFrom=2010-02-30", "effectiveFrom")]
    [InlineData("/api/v1/decisions?effectiveFrom=05/06/2010", "effectiveFrom")]
    [InlineData("/api/v1/decisions?recordedTo=infinity", "recordedTo")]
    [InlineData("/api/v1/log?recordedFrom=yesterday", "recordedFrom")]
    [InlineData("/api/v1/decisions?take=many", "take")]
    [InlineData("/api/v1/learning-entries?programme=1", "programme")]
    [InlineData("/api/v1/learning-entries?loop=x", "loop")]
    [InlineData("/api/v1/letters?round=x", "round")]
    [InlineData("/api/v1/facts/round/0199c8f0-0000-7000-8000-000000000001?versions=1&versions=x", "versions")]
    [InlineData("/seals?before=abc", "before")]
    public async Task A_parameter_that_means_nothing_is_named(string address, string parameter)
    {
        var answer = await api.Secretariat.GetAsync(address);

        answer.ShouldBeProblem(HttpStatusCode.BadRequest, "parameter-unreadable");
        ((string?)answer.Json["parameter"]).ShouldBe(parameter);
    }

    [Theory]
    [InlineData("/api/v1/decisions?stream=%00")]
    public async Task Nonsense_in_the_address_is_told_as_such(string address) =>
        (await api.Secretariat.GetAsync(address)).ShouldBeProblem(HttpStatusCode.BadRequest, "bad-request");

    [Theory]
    [InlineData("/api/v1/municipalities/Ham%20ar")]
    [InlineData("/api/v1/municipalities/-")]
    [InlineData("/api/v1/municipalities/atlantis")]
    [InlineData("/api/v1/programmes/1")]
    [InlineData("/api/v1/rounds/0199c8f0-0000-7000-8000-000000000001")]
    [InlineData("/api/v1/rounds/0199c8f0-0000-7000-8000-000000000001/applications/hamar")]
    [InlineData("/api/v1/participations/0199c8f0-0000-7000-8000-000000000001")]
    [InlineData("/api/v1/agreements/0199c8f0-0000-7000-8000-000000000001")]
    [InlineData("/api/v1/learning-entries/0199c8f0-0000-7000-8000-000000000001")]
    [InlineData("/api/v1/facts/nonsense/1")]
    [InlineData("/api/v1/facts/round/1")]
    [InlineData("/api/v1/facts/round/1/99999")]
    public async Task What_is_not_there_is_not_found(string address) =>
        (await api.Secretariat.GetAsync(address)).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");

    [Fact]
    public async Task What_belongs_to_another_office_is_as_if_it_were_not_there()
    {
        var other = await api.AsAsync("leadership-simulert");

        foreach (var address in new[] { $"/api/v1/programmes/{api.Programme}", $"/api/v1/rounds/{api.Round}", $"/api/v1/rounds/{api.Round}/applications/hamar", $"/api/v1/facts/round/{api.Round}", $"/api/v1/facts/round/{api.Round}/1" })
            (await other.GetAsync(address)).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        (await other.GetAsync("/api/v1/decisions")).Text.ShouldNotContain(api.Round);
        var before = await api.CountAsync();
        (await other.PostAsync($"/api/v1/rounds/{api.Round}/raise-capacity", new { capacity = 4, reason = "flere", effectiveOn = "2009-05-01" }, 2)).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        (await other.PostAsync($"/api/v1/facts/round/{api.Round}/1/strike", new { reason = "feil", effectiveOn = "2009-05-01" }, 2)).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        (await api.CountAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Files_hold_the_same_rows_as_the_answer()
    {
        foreach (var list in new[] { "/api/v1/board", "/api/v1/decisions", "/api/v1/municipalities" })
        {
            var csv = await api.Secretariat.Http.GetAsync($"{list}?format=csv");
            csv.Content.Headers.ContentType!.MediaType.ShouldBe(Export.Csv);
            var bytes = await csv.Content.ReadAsByteArrayAsync();
            bytes[..3].ShouldBe(Encoding.UTF8.Preamble.ToArray());
            var accepted = await api.Secretariat.GetAsync(list, ("Accept", Export.Csv));
            accepted.Message.Content.Headers.ContentType!.MediaType.ShouldBe(Export.Csv);
            var xlsx = await (await api.Secretariat.Http.GetAsync($"{list}?format=xlsx")).Content.ReadAsByteArrayAsync();
            xlsx[..2].ShouldBe("PK"u8.ToArray());
        }

        var decisions = (await api.Secretariat.GetAsync("/api/v1/decisions?take=1000")).Value["entries"]!.AsArray();
        var rows = (await (await api.Secretariat.Http.GetAsync("/api/v1/decisions?format=csv")).Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        rows.Length.ShouldBe(decisions.Count + 1);
        rows[1].ShouldStartWith((string)decisions[0]!["recordedAt"]!);
        (await api.Secretariat.GetAsync($"/api/v1/rounds/{api.Round}/applications/hamar?format=csv")).Status.ShouldBeOneOf(HttpStatusCode.NotAcceptable, HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("/api/v1/board", "text/csv;q=0", "application/json")]
    [InlineData("/api/v1/board", "application/json;q=0.5, text/csv;q=0", "application/json")]
    [InlineData("/api/v1/board", "Text/CSV", Export.Csv)]
    [InlineData("/api/v1/programmes", "text/csv, application/json;q=0.5", "application/json")]
    [InlineData("/api/v1/programmes", "text/csv", "application/problem+json")]
    public async Task An_answer_has_the_form_that_is_liked_best_of_those_that_there_are(string address, string accepts, string form) =>
        (await api.Secretariat.GetAsync(address, ("Accept", accepts))).Message.Content.Headers.ContentType!.MediaType.ShouldBe(form);

    [Fact]
    public async Task Pages_of_a_list_join_without_a_gap()
    {
        var all = Keys(await api.Secretariat.GetAsync("/api/v1/decisions?stream=" + Uri.EscapeDataString($"programme/{api.Programme}")));
        var paged = new List<string>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await api.Secretariat.GetAsync($"/api/v1/decisions?take=1&stream={Uri.EscapeDataString($"programme/{api.Programme}")}" + (cursor.Length > 0 ? $"&cursor={cursor}" : ""));
            paged.AddRange(Keys(page));
            cursor = (string?)page.Value["nextCursor"];
        }

        all.Count.ShouldBeGreaterThan(2);
        paged.ShouldBe(all);
    }

    [Fact]
    public async Task A_rule_that_stands_in_the_way_is_told_by_its_code_with_what_it_looked_at()
    {
        var answer = await api.Leadership.PostAsync($"/api/v1/rounds/{api.Round}/raise-capacity", new { capacity = 1, reason = "færre", effectiveOn = "2009-05-01" }, 2, headers: ("Accept-Language", "en"));

        answer.Status.ShouldBe(HttpStatusCode.Conflict, answer.Text);
        answer.Code.ShouldNotBeNullOrEmpty();
        ((string)answer.Json["type"]!).ShouldBe($"/problems/{answer.Code}");
        ((int)answer.Json["lookedAt"]![$"round/{api.Round}"]!).ShouldBe(2);
        ((string)answer.Json["title"]!).ShouldBe("A rule stands in the way");
    }

    [Fact]
    public async Task A_field_that_cannot_be_right_is_named_as_the_request_names_it()
    {
        var answer = await api.Leadership.PostAsync($"/api/v1/rounds/{api.Round}/raise-capacity", new { capacity = 9, reason = "nul\0l", effectiveOn = "2009-05-01" }, 2);
        answer.ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "field-unreadable");
        answer.Json["errors"]!.AsObject().ShouldHaveSingleItem().Key.ShouldBe("reason");

        (await api.Leadership.PostAsync($"/api/v1/rounds/{api.Round}/raise-capacity", new { capacity = 9, reason = "x", effectiveOn = "9999-12-31" }, 2))
            .Json["errors"]!.AsObject().ShouldHaveSingleItem().Key.ShouldBe("effectiveOn");
    }

    [Theory]
    [InlineData("""{"municipality":"hamar","effectiveOn":"2009-05-01","extra":1}""")]
    [InlineData("""{"municipality":"hamar","municipality":"hamar","effectiveOn":"2009-05-01"}""")]
    [InlineData("""{"municipality":"Ham ar","effectiveOn":"2009-05-01"}""", "$.municipality")]
    [InlineData("""{"municipality":"hamar","effectiveOn":"May"}""", "$.effectiveOn")]
    [InlineData("""{"municipality":"hamar","effectiveOn":{"first":"2009-05-01","last":"2009-05-31","precision":"fortnight"}}""", "$.effectiveOn")]
    [InlineData("""{"municipality":"hamar","effectiveOn":"2009-05-01","basis":{"kind":"whim"}}""", "$.basis.kind")]
    [InlineData("""{"municipality":"hamar","effectiveOn":"2009-05-01","basis":{"kind":1}}""", "$.basis.kind")]
    [InlineData("""{"municipality":"hamar\ud800","effectiveOn":"2009-05-01"}""", "$.municipality")]
    [InlineData("""{"municipality":"hamar"}""")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("{")]
    public async Task A_body_of_another_shape_is_refused_with_the_place_where_it_cannot_be_read(string body, string? path = null)
    {
        var answer = await SendAsync(body, "application/json");

        answer.ShouldBeProblem(HttpStatusCode.BadRequest, "bad-request");
        if (path is not null)
            ((string)answer.Json["detail"]!).ShouldContain(path);
    }

    [Theory]
    [InlineData("""{"municipality":"hamar"}""", "effectiveOn")]
    [InlineData("{}", "effectiveOn", "municipality")]
    [InlineData("""{"municipality":"hamar","effectiveOn":"2009-05-01","extra":1}""")]
    public async Task What_a_body_lacks_is_named(string body, params string[] lacking)
    {
        var answer = await SendAsync(body, "application/json");

        answer.ShouldBeProblem(HttpStatusCode.BadRequest, "bad-request");
        (answer.Json["missing"]?.AsArray() ?? []).Select(m => (string)m!).Order().ShouldBe(lacking);
        lacking.ShouldAllBe(member => ((string)answer.Json["detail"]!).Contains(member, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_body_of_another_kind_is_refused() =>
        (await SendAsync("municipality=hamar", "application/x-www-form-urlencoded")).ShouldBeProblem(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");

    [Fact]
    public async Task A_fact_is_corrected_by_the_decision_that_says_it_rightly_and_struck_when_it_never_was_so()
    {
        var round = await api.OpenRoundAsync(14);
        var address = $"/api/v1/rounds/{round}/raise-capacity";
        await api.Leadership.PostAsync(address, new { capacity = 3, reason = "flere", effectiveOn = "2009-05-01" }, 1);

        (await api.Leadership.PostAsync(address + "?corrects=2", new { capacity = 4, reason = "flere", effectiveOn = "2009-05-01" }, 2))
            .ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "correction-needs-reason");
        (await api.Leadership.PostAsync(address + "?corrects=x", new { capacity = 4, reason = "flere", effectiveOn = "2009-05-01" }, 2))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "parameter-unreadable");
        var corrected = await api.Leadership.PostAsync(address + "?corrects=2", new { capacity = 4, reason = "flere", effectiveOn = "2009-05-01", entryReason = "skrivefeil" }, 2);
        corrected.Status.ShouldBe(HttpStatusCode.OK, corrected.Text);
        ((int?)(await api.Leadership.GetAsync($"/api/v1/facts/round/{round}/2")).Value["replacedBy"]).ShouldBe(3);
        ((int)(await api.Leadership.GetAsync($"/api/v1/rounds/{round}?asOf=2009-06-01")).Value["round"]!["capacity"]!).ShouldBe(4);

        (await api.Secretariat.PostAsync($"/api/v1/facts/round/{round}/2/strike", new { reason = "aldri vedtatt", effectiveOn = "2009-05-02" }, 3)).ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");
        // A correction stands where the fact stood that it corrects: that is what is struck.
        var struck = await api.Leadership.PostAsync($"/api/v1/facts/round/{round}/2/strike", new { reason = "aldri vedtatt", effectiveOn = "2009-05-02" }, 3);
        struck.Status.ShouldBe(HttpStatusCode.OK, struck.Text);
        ((int)(await api.Leadership.GetAsync($"/api/v1/rounds/{round}?asOf=2009-06-01")).Value["round"]!["capacity"]!).ShouldBe(2);
        (await api.Leadership.PostAsync($"/api/v1/facts/nonsense/{round}/1/strike", new { reason = "x", effectiveOn = "2009-05-02" }, 1)).ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task Who_may_only_read_changes_nothing_and_a_stranger_sees_nothing()
    {
        var before = await api.CountAsync();
        foreach (var person in new[] { "evaluator-region-ost", "auditor-region-ost", "council-region-ost", "municipality-hamar" })
        {
            var reader = await api.AsAsync(person);
            (await reader.GetAsync("/api/v1/board")).Status.ShouldBe(HttpStatusCode.OK);
            (await reader.PostAsync("/api/v1/rounds", Bodies.Round(api.Programme, 99))).ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");
        }

        (await api.Secretariat.PostAsync($"/api/v1/rounds/{api.Round}/raise-capacity", new { capacity = 9, reason = "x", effectiveOn = "2009-05-01" }, 2)).ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");
        var stranger = new ApiClient(api.Site.Stranger());
        (await stranger.GetAsync("/api/v1/board")).ShouldBeProblem(HttpStatusCode.Unauthorized, "not-signed-in");
        (await stranger.PostAsync("/api/v1/rounds", Bodies.Round(api.Programme, 99))).ShouldBeProblem(HttpStatusCode.Unauthorized, "not-signed-in");
        (await api.CountAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task A_municipality_writes_for_itself_only()
    {
        await api.Secretariat.PostAsync("/api/v1/municipalities", new { key = "moss", name = "Moss", kind = "municipality", county = "Østfold", effectiveOn = "2009-01-01" });
        var hamar = await api.AsAsync("municipality-hamar");
        var round = await api.OpenRoundAsync(15);

        (await hamar.PostAsync($"/api/v1/rounds/{round}/applications", new { municipality = "moss", effectiveOn = "2009-05-01" })).ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");
        (await hamar.PostAsync($"/api/v1/rounds/{round}/applications", new { municipality = "hamar", effectiveOn = "2009-05-01" })).Status.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_token_does_what_its_scopes_say()
    {
        var tokens = api.Site.Services.GetRequiredService<ServiceTokens>();
        var owner = new Viewer("demo:secretariat-region-ost", Domain.Vocabulary.Role.Secretariat, "region-ost", null, null);
        var reads = await ProgramAsync(tokens, owner, Scopes.Read);
        var writes = await ProgramAsync(tokens, owner, Scopes.Read, Scopes.Write);

        (await reads.GetAsync("/api/v1/board")).Status.ShouldBe(HttpStatusCode.OK);
        (await reads.PostAsync("/api/v1/rounds", Bodies.Round(api.Programme, 16))).ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");
        (await writes.PostAsync("/api/v1/rounds", Bodies.Round(api.Programme, 16))).Status.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task No_answer_is_kept_by_anybody_also_when_it_will_never_change()
    {
        foreach (var address in new[] { "/api/v1/board", "/api/v1/board?knownAt=2009-01-01" })
            (await api.Secretariat.GetAsync(address)).Message.Headers.CacheControl!.ToString().ShouldBe("no-store");
    }

    private async Task<ApiAnswer> SendAsync(string body, string contentType)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/rounds/{api.Round}/invite") { Content = new StringContent(body, Encoding.UTF8, contentType) };
        request.Headers.TryAddWithoutValidation("If-Match", "\"2\"");
        return await ApiAnswer.OfAsync(await api.Secretariat.Http.SendAsync(request));
    }

    private async Task<ApiClient> ProgramAsync(ServiceTokens tokens, Viewer owner, params string[] scopes)
    {
        var token = await tokens.MakeAsync(owner, Guid.CreateVersion7(), "program", scopes, DateTimeOffset.UtcNow.AddDays(1), CancellationToken.None);
        var http = api.Site.Stranger();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return new(http);
    }

    private static List<string> Keys(ApiAnswer page) => [.. page.Value["entries"]!.AsArray().Select(e => $"{e!["stream"]}#{e["version"]}")];

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$")]
    private static partial Regex Moment();
}
