using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using HousingBank.Domain.Vocabulary;
using HousingBank.Support;
using HousingBank.Web.Tests.Intake;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace HousingBank.Web.Tests.Closed;

/// <summary>
/// Every address that can be read, asked by a council member in two worlds that differ in one thing the member may not know of: the answers have to be the same,
/// in every format, on every day, to the last figure, version and tag.
/// </summary>
public sealed partial class SightWalkTests(TestServer server)
{
    private const string Classes = "tests/Web/Closed/sight-classes.txt";

    private static readonly string[] s_days = ["", "asOf=2009-06-15", "asOf=2009-09-10", "asOf=2009-10-10"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_route_that_can_be_read_is_classed()
    {
        await using var site = new SiteWithDatabase(server);
        await site.InitializeAsync();

        var classed = ClassedRoutes().Select(c => c.Address).ToList();

        classed.ShouldBeUnique();
        Routes(site.Site).Except(classed).ShouldBeEmpty($"in no line of {Classes}: say whether it is compared, or why it need not be");
        classed.Except(Routes(site.Site)).ShouldBeEmpty($"in {Classes} only");
    }

    [Fact]
    public async Task For_a_recused_member_the_application_is_not_there()
    {
        await using var with = new IntakeWorld(server, withHidden: true);
        await using var without = new IntakeWorld(server, withHidden: false);
        IntakeWorld[] worlds = [with, without];
        await BothAsync(worlds, w => w.BeginAsync());
        await SameAsync(worlds, IntakeWorld.Affiliated);

        await BothAsync(worlds, w => w.ReviewAsync(slowToo: true));
        await BothAsync(worlds, w => w.MeetAsync());
        await SameAsync(worlds, IntakeWorld.Affiliated);

        await BothAsync(worlds, w => w.DecideAsync());
        await SameAsync(worlds, IntakeWorld.Affiliated);
        await UntracedAsync(with, IntakeWorld.Conflicted);

        await with.PublishAsync();
        foreach (var member in new[] { IntakeWorld.Affiliated, IntakeWorld.Conflicted })
        {
            await UntracedAsync(with, member, isPublished: true);
            var round = await new Api.ApiClient(await with.AsAsync(member)).GetAsync($"/api/v1/rounds/{IntakeWorld.Round}");
            var hidden = round.Value["municipalities"]!.AsArray().Single(m => (string?)m!["municipality"]!["key"] == IntakeWorld.Hidden)!;
            ((string?)hidden["application"]!["outcome"]).ShouldBe("admitted");
            hidden["admittedOn"].ShouldNotBeNull();

            var course = await new Api.ApiClient(await with.AsAsync(member)).GetAsync($"/api/v1/facts/{ParticipationId.Of(new(IntakeWorld.Round), new(IntakeWorld.Hidden)).Stream}");
            var types = course.Value.AsArray().Select(f => (string?)f!["type"]).ToList();
            types.ShouldContain("participant-admitted");
            types.ShouldNotContain("criterion-met");
        }
    }

    [Fact]
    public async Task Until_the_own_review_is_in_there_are_no_others()
    {
        await using var with = new IntakeWorld(server, withHidden: false);
        await using var without = new IntakeWorld(server, withHidden: false);
        IntakeWorld[] worlds = [with, without];
        await BothAsync(worlds, w => w.BeginAsync());

        await with.ReviewAsync(slowToo: false);

        await SameAsync(worlds, IntakeWorld.Slow);
    }

    [Fact]
    public async Task Whose_recusal_is_withdrawn_or_struck_takes_part_again_as_the_others_do()
    {
        await using var world = new IntakeWorld(server, withHidden: true);
        await world.BeginAsync();
        await world.ReviewAsync(slowToo: true);
        await UntracedAsync(world, IntakeWorld.Conflicted);
        await UntracedAsync(world, IntakeWorld.Affiliated);

        var withdrawn = await world.Secretariat.PostAsync(
            $"/api/v1/rounds/{IntakeWorld.Round}/applications/{IntakeWorld.Hidden}/withdraw-recusal",
            new { member = RoundDesk.Reference(IntakeWorld.Conflicted), reason = "Ikke nær likevel", effectiveOn = "2009-07-12" });
        withdrawn.Message.IsSuccessStatusCode.ShouldBeTrue(withdrawn.Text);
        var programme = $"programme/{IntakeWorld.Programme}";
        var log = await world.Leadership.GetAsync($"/api/v1/facts/{programme}");
        var noted = (int)log.Value.AsArray().Single(f => (string?)f!["type"] == "council-affiliation-noted")!["version"]!;
        await world.Leadership.DecideAsync($"/api/v1/facts/{programme}/{noted}/strike", programme, new { reason = "Feil", effectiveOn = "2009-07-12" });

        foreach (var member in new[] { IntakeWorld.Conflicted, IntakeWorld.Affiliated })
        {
            var client = new Api.ApiClient(await world.AsAsync(member));
            var application = $"/api/v1/rounds/{IntakeWorld.Round}/applications/{IntakeWorld.Hidden}";
            (await client.GetAsync(application)).Text.ShouldContain($"{IntakeWorld.Mark} behov");
            (await client.GetAsync($"{application}/reviews")).Text.ShouldNotContain($"{IntakeWorld.Mark} merknad", Case.Sensitive, "the own review is not in");
            await world.HandInAsync(member, IntakeWorld.Hidden);
            (await client.GetAsync($"{application}/reviews")).Text.ShouldContain($"{IntakeWorld.Mark} merknad");
        }
    }

    /// <summary>What the member gets is the same in both worlds, whatever is asked.</summary>
    private static async Task SameAsync(IntakeWorld[] worlds, string member)
    {
        var ids = await HiddenIdsAsync(worlds[0]);
        var clients = await Task.WhenAll(worlds.Select(w => w.AsAsync(member)));
        var different = new List<string>();
        var walked = 0;
        foreach (var address in Addresses(worlds[0].Site, ids))
        {
            var answers = await Task.WhenAll(clients.Select(c => AnswerAsync(c, address)));
            walked++;
            if (answers[0] != answers[1])
                different.Add($"{address}\n{Difference(answers[0], answers[1])}");
        }

        walked.ShouldBeGreaterThan(200);
        different.Take(10).ShouldBeEmpty($"{different.Count} of {walked} answers tell {member} the two worlds apart");
    }

    /// <summary>Nothing that was written in or about the application comes to the member, whatever is asked.</summary>
    /// <param name="isPublished">The outcome names the application, by an id that follows from round and municipality.</param>
    private static async Task UntracedAsync(IntakeWorld world, string member, bool isPublished = false)
    {
        var ids = await HiddenIdsAsync(world);
        string[] secret = [IntakeWorld.Mark, .. ids.Texts, .. isPublished ? [] : new[] { ids.Application }];
        var client = await world.AsAsync(member);
        var traces = new List<string>();
        foreach (var address in Addresses(world.Site, ids))
        {
            var answer = await AnswerAsync(client, address);
            traces.AddRange(secret
                .Where(s => !address.Contains(s, StringComparison.Ordinal))
                .Select(s => answer.IndexOf(s, StringComparison.OrdinalIgnoreCase))
                .Where(at => at >= 0)
                .Select(at => $"{address}: …{Around(answer, at)}"));
        }

        traces.ShouldBeEmpty();
    }

    private static async Task BothAsync(IntakeWorld[] worlds, Func<IntakeWorld, Task> step)
    {
        foreach (var world in worlds)
            await step(world);
    }

    /// <summary>Status, tag and text, without what differs from one asking to the next: moments, keys of forms, places in the whole log.</summary>
    private static async Task<string> AnswerAsync(HttpClient client, string address)
    {
        using var answer = await client.GetAsync(address, Cancel);
        var text = answer.Content.Headers.ContentType?.MediaType?.Contains("spreadsheet", StringComparison.Ordinal) == true
            ? Sheets(await answer.Content.ReadAsStreamAsync(Cancel))
            : await answer.Content.ReadAsStringAsync(Cancel);
        return $"{(int)answer.StatusCode} {answer.Headers.ETag} {answer.Headers.Location}\n{Changing().Replace(text, "*")}";
    }

    private static string Sheets(Stream file)
    {
        using var archive = new ZipArchive(file);
        var text = new StringBuilder();
        foreach (var entry in archive.Entries.Where(e => e.FullName.StartsWith("xl/", StringComparison.Ordinal)).OrderBy(e => e.FullName, StringComparer.Ordinal))
        {
            using var reader = new StreamReader(entry.Open());
            text.Append(reader.ReadToEnd());
        }

        return text.ToString();
    }

    private static string Difference(string one, string other)
    {
        var at = one.Zip(other).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"   with: …{Around(one, at)}\nwithout: …{Around(other, at)}";
    }

    private static string Around(string text, int at) => text[Math.Max(0, at - 120)..Math.Min(text.Length, at + 120)].ReplaceLineEndings(" ");

    private static IEnumerable<string> Addresses(Site site, HiddenIds ids)
    {
        foreach (var route in ClassedRoutes().Where(c => c.IsCompared).Select(c => c.Address))
        {
            foreach (var filled in Filled(route, ids))
            {
                foreach (var day in s_days)
                    yield return With(filled, day);
                if (!route.StartsWith("/api/", StringComparison.Ordinal))
                    continue;
                yield return With(filled, "format=csv");
                yield return With(filled, "format=xlsx");
                yield return With(filled, "knownAt=2030-01-01");
            }
        }

        foreach (var filter in new[] { "municipality=moss", "take=1", "type=municipality-admitted", "kind=review", "kind=round", "kind=application", "type=applications-ranked" })
            yield return $"/api/v1/decisions?{filter}";
        _ = site;
    }

    private static string With(string address, string query) => query.Length == 0 ? address : $"{address}{(address.Contains('?') ? '&' : '?')}{query}";

    /// <summary>A route with everything that its parameters can stand for here.</summary>
    private static IEnumerable<string> Filled(string route, HiddenIds ids)
    {
        if (route == "/hvorfor")
            return ids.Streams.SelectMany(s => new[] { 1, 3, 6 }.Select(v => $"/hvorfor?stream={s}&versions={v}"));
        if (route.Contains("{kind", StringComparison.OrdinalIgnoreCase))
        {
            return ids.Streams.SelectMany(s => Enumerable.Range(1, route.Contains("ersion", StringComparison.Ordinal) ? 9 : 1)
                .Select(v => Parameter().Replace(route, p => Name(p) switch { "kind" => s.Split('/')[0], "version" => v.ToString(CultureInfo.InvariantCulture), _ => s.Split('/')[1] })));
        }

        var names = Parameter().Matches(route).Select(Name).ToList();
        return names.Aggregate(
            (IEnumerable<string>)[route],
            (addresses, name) => addresses.SelectMany(a => Values(name, route, ids).Select(value => Parameter().Replace(a, value, 1))));
    }

    private static string[] Values(string name, string route, HiddenIds ids) => name switch
    {
        "municipality" => [IntakeWorld.Hidden, "hamar"],
        "key" when route.StartsWith("/kommuner", StringComparison.Ordinal) => [IntakeWorld.Hidden, "hamar"],
        "programme" => [IntakeWorld.Programme.ToString()],
        "round" => [IntakeWorld.Round.ToString()],
        "id" when route.StartsWith("/runder", StringComparison.Ordinal) => [IntakeWorld.Round.ToString()],
        "participation" => [.. new[] { IntakeWorld.Hidden, "hamar" }.Select(m => ParticipationId.Of(new(IntakeWorld.Round), new(m)).Value.ToString())],
        "letter" => [.. ids.Letters],
        "code" => ["not-found"],
        "documentname" => ["v1"],
        _ => ["33333333-3333-4333-8333-333333333333"],
    };

    private static string Name(Match parameter) => parameter.Groups["name"].Value.ToLowerInvariant();

    private static IReadOnlyList<(string Address, bool IsCompared)> ClassedRoutes() =>
        [.. Checkout.Read(Classes).Split('\n').Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries))
            .Select(cells => (cells[1], cells[0] switch { "compared" => true, "open" when cells.Length == 3 => false, var other => throw new FormatException($"{other}: compared, or open with a reason") }))];

    private static List<string> Routes(Site site) =>
        [.. site.Services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<StaticAssetDescriptor>() is null)
            .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is null or [] || e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Contains("GET"))
            .Select(e => "/" + e.RoutePattern.RawText?.TrimStart('/')).Distinct()];

    /// <summary>Streams about the application and those beside it, which the member may ask for by name.</summary>
    private static async Task<HiddenIds> HiddenIdsAsync(IntakeWorld world)
    {
        await using var source = NpgsqlDataSource.Create(world.ConnectionString);
        await using var command = source.CreateCommand(
            """
            select distinct e.stream, e.body::text like '%moss%' from store.events e
            where split_part(e.stream, '/', 1) in ('letter', 'review') and e.version = 1
            """);
        await using var reader = await command.ExecuteReaderAsync(Cancel);
        var found = new List<(string Stream, bool IsHidden)>();
        while (await reader.ReadAsync(Cancel))
            found.Add((reader.GetString(0), reader.GetBoolean(1)));

        RoundId round = new(IntakeWorld.Round);
        MunicipalityId hidden = new(IntakeWorld.Hidden);
        var application = Domain.Vocabulary.ApplicationId.Of(round, hidden);
        return new(
            [
                world.Stream(IntakeWorld.Hidden), world.Stream("hamar"), round.Stream.ToString(), $"programme/{IntakeWorld.Programme}",
                CouncilMeetingId.Of(round).Stream.ToString(), ParticipationId.Of(round, hidden).Stream.ToString(), .. found.Where(f => f.IsHidden).Select(f => f.Stream),
            ],
            [.. found.Where(f => f.IsHidden && f.Stream.StartsWith("letter/", StringComparison.Ordinal)).Select(f => f.Stream.Split('/')[1]).DefaultIfEmpty("33333333-3333-4333-8333-333333333333")],
            application.Value.ToString(),
            [.. found.Where(f => f.IsHidden).Select(f => f.Stream.Split('/')[1])]);
    }

    /// <param name="Texts">Reviews and letters.</param>
    private sealed record HiddenIds(IReadOnlyList<string> Streams, IReadOnlyList<string> Letters, string Application, IReadOnlyList<string> Texts);

    [GeneratedRegex(@"\{\*{0,2}(?<name>[A-Za-z]+)(?::[^}]*)?\}")]
    private static partial Regex Parameter();

    // Moments, random ids (version 7 and those of commands), keys of forms, cursors of the log, the hour on pages.
    [GeneratedRegex("""
        \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.\d]*(?:Z|(?:[+-]|&#x2B;)\d\d:\d\d)|"(?:commandId|traceId)":"[0-9a-f-]*"|"R[0-9a-f]{16}"|[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}|CfDJ8[\w-]+|"nextCursor":"\d+-|(?:cursor|etter)=\d+-|\(D:\d+|(?:kl\.\s*)?\d\d[.:]\d\d(?=[^\d])|\d{5}\.\d{6,}
        """)]
    private static partial Regex Changing();
}
