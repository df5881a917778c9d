using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using HousingBank.Support;
using HousingBank.Web.Access;
using HousingBank.Web.Languages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using static Microsoft.AspNetCore.TestHost.WebHostBuilderExtensions;

namespace HousingBank.Web.Tests.Closed;

/// <summary>Whatever is logged, at whatever level, holds nothing that lets somebody in.</summary>
public sealed class SecretsInLogsTests(TestServer server)
{
    private const string Password = "hemmelig-passord-i-tilkoblingen";

    private static readonly Dictionary<string, string> AllOfIt = new() { ["Logging:LogLevel:Default"] = "Trace", ["Logging:LogLevel:Microsoft.AspNetCore"] = "Trace" };

    [Fact]
    public async Task Neither_tokens_nor_cookies_nor_passwords_are_logged_whatever_goes_right_or_wrong()
    {
        var everything = new Everything();
        var connection = await EmptyHistory.CopyAsync(server);
        await using var site = new Site { Settings = new Dictionary<string, string>(AllOfIt) { ["ConnectionStrings:Programme"] = new NpgsqlConnectionStringBuilder(connection) { Password = Password }.ConnectionString } };
        await using var logged = site.WithWebHostBuilder(web => web.ConfigureTestServices(services =>
            services.AddLogging(logging => logging.ClearProviders().AddProvider(everything))));
        var secrets = new List<string> { Password };

        var client = logged.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = false });
        using var first = await client.GetAsync("/logg-inn");
        secrets.AddRange(CookiesOf(first));
        client.DefaultRequestHeaders.Add("Cookie", first.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]));
        var page = await first.PageAsync();
        secrets.Add(page.QuerySelector<IHtmlInputElement>("input[name=__RequestVerificationToken]")!.Value);
        using var signedIn = await client.PostAsync(SignIn.DemoAddress, Site.Form(page, ("person", "leadership-region-ost")));
        signedIn.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        secrets.AddRange(CookiesOf(signedIn));
        client.DefaultRequestHeaders.Add("Cookie", signedIn.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]));
        foreach (var address in new[] { "/", "/tavle", "/tilganger", "/api/v1/board", "/ingensteds" })
            await client.GetAsync(address);

        var owner = new Viewer("demo:leadership-region-ost", Domain.Vocabulary.Role.Leadership, "region-ost", null, null);
        var token = (await logged.Services.GetRequiredService<ServiceTokens>().MakeAsync(owner, Guid.CreateVersion7(), "program", [Scopes.Read], DateTimeOffset.UtcNow.AddDays(1), CancellationToken.None))!;
        secrets.Add(token[ServiceTokens.Prefix.Length..]);
        foreach (var right in new[] { token, "hb_" + new string('q', 43) })
        {
            var program = logged.CreateClient();
            program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", right);
            await program.GetAsync("/api/v1/board");
            await program.PostAsync("/api/v1/rounds", new StringContent("{"));
        }

        var calendar = (await logged.Services.GetRequiredService<CalendarAddresses>().MakeAsync(owner, Guid.CreateVersion7(), Language.Bokmal, CancellationToken.None))!.Value.Secret;
        secrets.Add(calendar);
        await logged.ReadyAsync();
        foreach (var (address, status) in new[] { ($"/kalender/{calendar}.ics", HttpStatusCode.OK), ($"/kalender/{calendar}", HttpStatusCode.NotFound), ($"/Kalender/{calendar}.ics/x", HttpStatusCode.NotFound) })
            (await logged.CreateClient().GetAsync(address)).StatusCode.ShouldBe(status, address);

        secrets.Add(new string('q', 43));
        everything.Lines.Count.ShouldBeGreaterThan(200);
        everything.Lines.ShouldContain(line => line.Contains("/api/v1/board", StringComparison.Ordinal));
        everything.Lines.ShouldContain(line => line.Contains("/kalender/", StringComparison.Ordinal));
        secrets.ShouldAllBe(secret => secret.Length > 20);
        foreach (var secret in secrets)
            everything.Lines.Where(line => line.Contains(secret, StringComparison.Ordinal)).ShouldBeEmpty(secret);
    }

    [Fact]
    public async Task The_server_of_production_tells_no_calendars_address()
    {
        var log = new LogLines();
        var connection = await EmptyHistory.CopyAsync(server);
        await using var site = new Site { Log = log, Settings = new Dictionary<string, string> { ["ConnectionStrings:Programme"] = connection } };
        site.UseKestrel(0);
        site.StartServer();
        using var calendar = new HttpClient { BaseAddress = site.ClientOptions.BaseAddress };
        await calendar.ReadyAsync();
        var owner = new Viewer("demo:auditor-region-ost", Domain.Vocabulary.Role.Auditor, "region-ost", null, null);
        var secret = (await site.Services.GetRequiredService<CalendarAddresses>().MakeAsync(owner, Guid.CreateVersion7(), Language.English, CancellationToken.None))!.Value.Secret;

        foreach (var address in new[] { $"/kalender/{secret}.ics", $"/%6Balender/{secret}.ics?x=1" })
            (await calendar.GetStringAsync(address)).ShouldStartWith("BEGIN:VCALENDAR", customMessage: address);

        log.All.ShouldContain(line => line.Contains("/kalender/secret.ics", StringComparison.Ordinal));
        log.All.Where(line => line.Contains(secret, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_database_that_cannot_be_reached_is_told_without_its_password()
    {
        var everything = new Everything();
        await using var site = new Site { Settings = new Dictionary<string, string>(AllOfIt) { ["ConnectionStrings:Programme"] = $"Host=/nowhere;Username=web;Password={Password};Timeout=1" } };
        await using var logged = site.WithWebHostBuilder(web => web.ConfigureTestServices(services =>
            services.AddLogging(logging => logging.ClearProviders().AddProvider(everything))));

        await logged.CreateClient().GetAsync("/health/ready");
        await Until.HoldsAsync("it is told", () =>
            everything.Lines.Any(line => line.Contains("/nowhere", StringComparison.Ordinal) || line.Contains("NpgsqlException", StringComparison.Ordinal)));
        // Whoever tries again tells it again.
        await Task.Delay(TimeSpan.FromSeconds(2));

        everything.Lines.ShouldAllBe(line => !line.Contains(Password, StringComparison.Ordinal));
    }

    private static IEnumerable<string> CookiesOf(HttpResponseMessage answer) =>
        answer.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0].Split('=', 2)[1]).Where(value => value.Length > 20);

    /// <summary>All that is logged: messages, their values, faults and scopes.</summary>
    private sealed class Everything : ILoggerProvider, ILogger
    {
        public ConcurrentBag<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            Lines.Add(Values(state));
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add($"{formatter(state, exception)} {Values(state)} {exception}");

        public void Dispose()
        {
        }

        private static string Values(object? state) => state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(' ', pairs.Select(p => p.Value)) : $"{state}";
    }
}
