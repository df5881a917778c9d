using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Headers;
using HousingBank.Support;
using HousingBank.Web.Access;
using HousingBank.Web.Shell;
using HousingBank.Web.Tests.Api;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HousingBank.Web.Tests;

/// <summary>Whoever is refused stands in the log, by a reference and a route, and is counted.</summary>
public sealed class RefusedRequestsTests(SiteWithDatabase database) : IClassFixture<SiteWithDatabase>
{
    [Fact]
    public async Task Each_way_of_being_refused_is_told_with_its_reason_and_counted()
    {
        var counted = new ConcurrentBag<string>();
        using var listener = Listening("programme.refused", counted);
        var log = new LogLines();
        await using var site = new Site { Log = log, Settings = With(("RateLimits:Api:Requests", "3"), ("RateLimits:Api:Seconds", "600")) };
        await site.ReadyAsync();
        var evaluator = await site.SignedInAsync("evaluator-region-ost");

        var guessed = "hb_" + new string('g', 43);
        (await Program(site, guessed).GetAsync("/api/v1/board")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await site.Stranger().GetAsync("/api/v1/board")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await evaluator.GetAsync("/personer/0198f9a2-0000-7000-8000-000000000001")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await evaluator.PostAsync("/tilganger", new FormUrlEncodedContent([]))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var elsewhere = new HttpRequestMessage(HttpMethod.Post, "/logg-ut") { Headers = { { "Sec-Fetch-Site", "cross-site" } } };
        (await evaluator.SendAsync(elsewhere)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        for (var request = 0; request < 3; request++)
            (await evaluator.GetAsync("/api/v1/board")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await evaluator.GetAsync("/api/v1/board")).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        var copied = await CopyOfEndedAsync(site);
        (await copied.GetAsync("/tavle")).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        var told = log.All.Where(line => line.Contains("request-refused", StringComparison.Ordinal)).ToList();
        Told("token", "unknown, nobody known in no office, at /api/v1/board");
        Told("not-signed-in", "unknown, nobody known in no office, at /api/v1/board");
        Told("not-allowed", "demo:evaluator-region-ost, evaluator in region-ost, at /personer/{Person:guid}");
        Told("form", "demo:evaluator-region-ost, evaluator in region-ost, at /tilganger");
        Told("other-site", "demo:evaluator-region-ost, evaluator in region-ost, at /logg-ut");
        Told("too-often", "demo:evaluator-region-ost, evaluator in region-ost, at /api/v1/board");
        Told("ended-sign-in", "unknown, nobody known in no office, at /tavle");
        told.Count.ShouldBe(7);
        // Other sites count on the same meter meanwhile.
        string[] kinds = ["token nobody", "not-signed-in nobody", "not-allowed person", "form person", "other-site person", "too-often person", "ended-sign-in nobody"];
        kinds.Except(counted).ShouldBeEmpty();
        log.All.Where(line => line.Contains(guessed, StringComparison.Ordinal)).ShouldBeEmpty();

        void Told(string reason, string who) =>
            told.Count(line => line.StartsWith($"HousingBank.Web.Shell.RefusedRequests: Refused ({reason}): {who}.", StringComparison.Ordinal)).ShouldBe(1, string.Join('\n', told));
    }

    [Fact]
    public async Task A_providers_answer_that_lets_nobody_in_is_told_and_a_provider_that_is_away_is_nobodys_refusal()
    {
        var counted = new ConcurrentBag<string>();
        using var listener = Listening("programme.refused", counted);
        var log = new LogLines();
        await using var site = new Site
        {
            Log = log,
            Settings = With(
                // Nobody listens there.
                ("SignIn:OpenIdConnect:Authority", "http://127.0.0.1:1"),
                ("SignIn:OpenIdConnect:ClientId", "programme"),
                ("SignIn:OpenIdConnect:Tenants", "region-ost"),
                ("SignIn:OpenIdConnect:Roles:evaluator", "programme-evaluator")),
        };
        await site.ReadyAsync();

        (await site.Stranger().GetAsync("/logg-inn/start")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await site.Stranger().GetAsync("/logg-inn/svar?state=guessed&code=guessed")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);

        log.All.Where(line => line.Contains("request-refused", StringComparison.Ordinal)).ShouldHaveSingleItem()
            .ShouldStartWith("HousingBank.Web.Shell.RefusedRequests: Refused (sign-in): unknown, nobody known in no office, at /logg-inn/svar.");
        counted.ShouldContain("sign-in nobody");
    }

    [Fact]
    public async Task A_program_is_told_by_its_token_and_watched_with_its_owner()
    {
        var log = new LogLines();
        await using var site = new Site { Log = log, Settings = With(("Watch:RefusalsInTenMinutes", "3")) };
        await site.ReadyAsync();
        var owner = new Viewer("demo:auditor-region-ost", Domain.Vocabulary.Role.Auditor, "region-ost", null, null);
        foreach (var name in new[] { "a", "b", "c", "d" })
        {
            var token = await site.Services.GetRequiredService<ServiceTokens>().MakeAsync(owner, Guid.CreateVersion7(), name, [Scopes.Read], DateTimeOffset.UtcNow.AddDays(1), CancellationToken.None);
            (await Program(site, token!).GetAsync("/api/v1/persons")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        }

        log.All.Count(line => line.Contains("Refused (not-allowed): token:", StringComparison.Ordinal)).ShouldBe(4);
        log.All.Where(line => line.Contains("Unusual:", StringComparison.Ordinal)).ShouldHaveSingleItem().ShouldContain("demo:auditor-region-ost has come to 3 refusals within ten minutes");
    }

    [Fact]
    public async Task Decisions_of_one_person_are_watched()
    {
        var log = new LogLines();
        await using var site = new Site { Log = log, Settings = With(("Watch:DecisionsInTenMinutes", "2")) };
        await site.ReadyAsync();
        var leadership = new ApiClient(await site.SignedInAsync("leadership-region-ost"));

        for (var programme = 0; programme < 2; programme++)
            await leadership.MakeAsync("/api/v1/programmes", Bodies.Programme);

        log.All.Where(line => line.Contains("Unusual:", StringComparison.Ordinal)).ShouldHaveSingleItem().ShouldContain("demo:leadership-region-ost has come to 2 decisions within ten minutes");
    }

    [Fact]
    public void What_is_unusual_is_told_once_in_ten_minutes_for_each_asker()
    {
        var (log, clock) = (new LogLines(), new Clock());
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(log));
        var watch = Watching(clock, factory);
        void Refuse(string asker, int times) => Enumerable.Range(0, times).ToList().ForEach(_ => watch.Refused(asker));

        Refuse("a", 4);
        Refuse("b", 4);
        log.All.ShouldBeEmpty();
        Refuse("a", 10);
        log.All.Count.ShouldBe(1);

        clock.Now += Watch.Span;
        Refuse("a", 4);
        Refuse("b", 1);
        log.All.Count.ShouldBe(1);
        Refuse("a", 1);
        log.All.Count.ShouldBe(2);
    }

    [Fact]
    public void Guessed_askers_fill_no_memory_and_are_told_together()
    {
        var log = new LogLines();
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(log));
        var watch = Watching(new Clock(), factory);

        for (var asker = 0; asker < Watch.MostAskers + 5; asker++)
            watch.Refused($"192.0.2.{asker}");

        log.All.ShouldHaveSingleItem().ShouldContain("others has come to 5 refusals");
    }

    [Fact]
    public void A_threshold_below_none_stops_the_process_with_a_plain_sentence()
    {
        using var site = new Site { Settings = new Dictionary<string, string> { ["Watch:PersonsReadInTenMinutes"] = "-1" } };

        Should.Throw<InvalidOperationException>(() => site.CreateClient()).Message.ShouldContain("Watch cannot be kept");
    }

    private Dictionary<string, string> With(params (string Name, string Value)[] settings) =>
        settings.Append(("ConnectionStrings:Programme", database.ConnectionString)).ToDictionary(s => s.Item1, s => s.Item2);

    private static Watch Watching(Clock clock, ILoggerFactory logging) =>
        new(new ConfigurationBuilder().AddInMemoryCollection([new("Watch:RefusalsInTenMinutes", "5")]).Build(), clock, logging.CreateLogger<Watch>());

    private static HttpClient Program(Site site, string token)
    {
        var program = site.Stranger();
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return program;
    }

    private static async Task<HttpClient> CopyOfEndedAsync(Site site)
    {
        var client = site.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = false });
        using var first = await client.GetAsync("/logg-inn");
        var forgery = CookiesOf(first);
        var form = await first.PageAsync();
        using var signIn = new HttpRequestMessage(HttpMethod.Post, SignIn.DemoAddress) { Content = Site.Form(form, ("person", "auditor-region-ost")), Headers = { { "Cookie", forgery } } };
        using var signedIn = await client.SendAsync(signIn);
        var cookies = forgery + "; " + CookiesOf(signedIn);
        using var ask = new HttpRequestMessage(HttpMethod.Get, "/logg-inn") { Headers = { { "Cookie", cookies } } };
        var page = await (await client.SendAsync(ask)).PageAsync();
        using var end = new HttpRequestMessage(HttpMethod.Post, SignIn.SignOutAddress) { Content = Site.Form(page), Headers = { { "Cookie", cookies } } };
        (await client.SendAsync(end)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        client.DefaultRequestHeaders.Add("Cookie", cookies);
        return client;
    }

    private static string CookiesOf(HttpResponseMessage answer) => string.Join("; ", answer.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]));

    private static MeterListener Listening(string name, ConcurrentBag<string> counted)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, asked) =>
            {
                if (instrument.Name == name)
                    asked.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => counted.Add(string.Join(' ', tags.ToArray().Select(t => t.Value))));
        listener.Start();
        return listener;
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
