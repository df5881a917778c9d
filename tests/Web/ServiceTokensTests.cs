using System.Net;
using System.Net.Http.Headers;
using AngleSharp.Dom;
using HousingBank.Processes;
using HousingBank.Store;
using HousingBank.Web.Access;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace HousingBank.Web.Tests;

/// <summary>Tokens by which an evaluator's programs come in.</summary>
public sealed class ServiceTokensTests(SiteWithDatabase database) : IClassFixture<SiteWithDatabase>
{
    private const string Address = "/tilganger";

    [Fact]
    public async Task A_token_is_shown_once_and_lets_a_program_in_as_its_maker()
    {
        var evaluator = await database.Site.SignedInAsync("evaluator-region-ost");
        var made = await MakeAsync(evaluator, "Nattlig uttrekk", Scopes.Read);
        var token = TokenOn(made)!;

        token.ShouldStartWith("hb_");
        TokenOn(await evaluator.PageAsync(Address)).ShouldBeNull();
        var viewer = await Tokens.FindAsync(token, CancellationToken.None);
        viewer!.Tenant.ShouldBe("region-ost");
        viewer.RoleName.ShouldBe("evaluator");
        viewer.MayUse(Scopes.Read).ShouldBeTrue();
        viewer.MayUse(Scopes.Write).ShouldBeFalse();
    }

    [Fact]
    public async Task The_database_holds_no_secret()
    {
        var evaluator = await database.Site.SignedInAsync("evaluator-region-ost");
        var token = TokenOn(await MakeAsync(evaluator, "Hemmelig", Scopes.Read))!;

        (await AskAsync("select count(*) from access.service_tokens t where position($1 in t::text) > 0", token)).ShouldBe(0L);
    }

    [Fact]
    public async Task A_revoked_token_lets_nobody_in()
    {
        var evaluator = await database.Site.SignedInAsync("evaluator-simulert");
        var token = TokenOn(await MakeAsync(evaluator, "Trekkes", Scopes.Read))!;
        var page = await evaluator.PageAsync(Address);
        var revoke = page.QuerySelectorAll("tr").Single(r => r.TextContent.Contains("Trekkes")).QuerySelector("input[name=_handler]")!.GetAttribute("value")!;

        var answer = await evaluator.PostAsync(Address, Site.Form(page, ("_handler", revoke)));

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Tokens.FindAsync(token, CancellationToken.None)).ShouldBeNull();
        (await evaluator.PageAsync(answer.Headers.Location!.PathAndQuery())).QuerySelector("[role=status]")!.TextContent.ShouldBe("Tokenet er trukket tilbake.");
    }

    [Fact]
    public async Task A_token_revoked_in_another_process_lets_nobody_in_after_five_seconds()
    {
        var owner = new Viewer("demo:evaluator-region-ost", Domain.Vocabulary.Role.Evaluator, "region-ost", null, null);
        var id = Guid.CreateVersion7();
        var token = (await Tokens.MakeAsync(owner, id, "Trekkes et annet sted", [Scopes.Read], DateTimeOffset.UtcNow.AddDays(1), CancellationToken.None))!;
        var clock = new MovedClock();
        var elsewhere = TokensBy(clock);
        (await elsewhere.FindAsync(token, CancellationToken.None)).ShouldNotBeNull();

        (await Tokens.RevokeAsync(owner, id, CancellationToken.None)).ShouldBeTrue();

        clock.Now += TimeSpan.FromSeconds(4.9);
        (await elsewhere.FindAsync(token, CancellationToken.None)).ShouldNotBeNull();
        clock.Now += TimeSpan.FromSeconds(0.1);
        (await elsewhere.FindAsync(token, CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task A_clock_set_back_lets_a_token_in_for_no_longer()
    {
        var owner = new Viewer("demo:evaluator-region-ost", Domain.Vocabulary.Role.Evaluator, "region-ost", null, null);
        var id = Guid.CreateVersion7();
        var token = (await Tokens.MakeAsync(owner, id, "Trekkes mens klokken stilles", [Scopes.Read], DateTimeOffset.UtcNow.AddDays(1), CancellationToken.None))!;
        var clock = new MovedClock();
        var elsewhere = TokensBy(clock);
        (await elsewhere.FindAsync(token, CancellationToken.None)).ShouldNotBeNull();

        (await Tokens.RevokeAsync(owner, id, CancellationToken.None)).ShouldBeTrue();
        clock.Now -= TimeSpan.FromHours(1);

        (await elsewhere.FindAsync(token, CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task A_remembered_token_lets_nobody_in_past_its_time_nor_after_it_was_revoked_here()
    {
        var owner = new Viewer("demo:evaluator-region-ost", Domain.Vocabulary.Role.Evaluator, "region-ost", null, null);
        var clock = new MovedClock();
        var tokens = TokensBy(clock);
        var brief = (await tokens.MakeAsync(owner, Guid.CreateVersion7(), "Kort", [Scopes.Read], clock.Now.AddSeconds(8), CancellationToken.None))!;
        var id = Guid.CreateVersion7();
        var revoked = (await tokens.MakeAsync(owner, id, "Trekkes her", [Scopes.Read], clock.Now.AddDays(1), CancellationToken.None))!;
        (await tokens.FindAsync(brief, CancellationToken.None)).ShouldNotBeNull();
        (await tokens.FindAsync(revoked, CancellationToken.None)).ShouldNotBeNull();

        (await tokens.RevokeAsync(owner, id, CancellationToken.None)).ShouldBeTrue();
        (await tokens.FindAsync(revoked, CancellationToken.None)).ShouldBeNull();

        await Task.Delay(TimeSpan.FromSeconds(8.2), CancellationToken.None);
        clock.Now += TimeSpan.FromSeconds(8.2);
        (await tokens.FindAsync(brief, CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task Nobody_revokes_the_token_of_another()
    {
        var token = TokenOn(await MakeAsync(await database.Site.SignedInAsync("secretariat-region-ost"), "Andres", Scopes.Read))!;
        var id = (Guid)(await AskAsync("select id from access.service_tokens where name = $1", "Andres"))!;

        (await Tokens.RevokeAsync(new Viewer("demo:evaluator-region-ost", null, "region-ost", null, null), id, CancellationToken.None)).ShouldBeFalse();
        (await Tokens.FindAsync(token, CancellationToken.None)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_token_past_its_time_lets_nobody_in()
    {
        var owner = new Viewer("demo:evaluator-region-ost", Domain.Vocabulary.Role.Evaluator, "region-ost", null, null);
        var token = await Tokens.MakeAsync(owner, Guid.CreateVersion7(), "Gammelt", [Scopes.Read], DateTimeOffset.UtcNow.AddSeconds(-1), CancellationToken.None);

        (await Tokens.FindAsync(token!, CancellationToken.None)).ShouldBeNull();
    }

    [Theory]
    [InlineData("hb_")]
    [InlineData("hb_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("' or 1=1 --")]
    [InlineData("")]
    public async Task What_is_no_token_is_refused_and_the_cookie_not_looked_at(string wrong)
    {
        var client = await database.Site.SignedInAsync("evaluator-region-ost");
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer " + wrong);

        var answer = await client.GetAsync(Address);

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_program_cannot_make_tokens()
    {
        var token = TokenOn(await MakeAsync(await database.Site.SignedInAsync("evaluator-region-ost"), "Alt", Scopes.Read, Scopes.Write))!;
        var program = database.Site.Stranger();
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

        (await program.GetAsync(Address)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task The_same_form_sent_twice_makes_one_token()
    {
        var evaluator = await database.Site.SignedInAsync("evaluator-region-ost");
        var page = await evaluator.PageAsync(Address);
        var form = Filled(page, "To ganger", Scopes.Read);

        TokenOn(await (await evaluator.PostAsync(Address, form)).PageAsync()).ShouldNotBeNull();
        var second = await (await evaluator.PostAsync(Address, Filled(page, "To ganger", Scopes.Read))).PageAsync();

        TokenOn(second).ShouldBeNull();
        second.QuerySelector(".ds-error-summary")!.TextContent.ShouldContain("alt laget et token");
        (await AskAsync("select count(*) from access.service_tokens where name = $1", "To ganger")).ShouldBe(1L);
    }

    [Fact]
    public async Task A_form_that_lacks_something_keeps_what_was_typed_and_says_what_at_the_field_and_on_top()
    {
        var evaluator = await database.Site.SignedInAsync("evaluator-region-ost");
        var page = await evaluator.PageAsync(Address);

        var answer = await (await evaluator.PostAsync(Address, Site.Form(page, ("_handler", "token"), ("name", "Uttrekk & <sånt>"), ("days", "7")))).PageAsync();

        answer.QuerySelector("input[name=name]")!.GetAttribute("value").ShouldBe("Uttrekk & <sånt>");
        answer.QuerySelector("select[name=days]")!.GetAttribute("aria-invalid").ShouldBe("true");
        var summary = answer.QuerySelector(".ds-error-summary")!;
        summary.HasAttribute("autofocus").ShouldBeTrue();
        summary.QuerySelectorAll("a").Select(a => a.TextContent).ShouldBe(["Hva programmet kan gjøre: fyll ut dette", "Gjelder i: velg fra listen"]);
        foreach (var link in summary.QuerySelectorAll("a"))
            answer.QuerySelector(link.GetAttribute("href")!).ShouldNotBeNull();
        foreach (var described in answer.QuerySelectorAll("[aria-describedby]"))
            described.GetAttribute("aria-describedby")!.Split(' ').ShouldAllBe(id => answer.GetElementById(id) != null);
    }

    [Fact]
    public async Task Everybody_finds_the_own_reference_and_makes_tokens()
    {
        foreach (var person in new[] { "municipality-hamar", "executive-hamar", "council-region-ost" })
        {
            var client = await database.Site.SignedInAsync(person);
            var page = await client.PageAsync(Address);

            page.QuerySelector("form.command-form").ShouldNotBeNull();
            page.QuerySelector(".facts")!.TextContent.ShouldContain($"demo:{person}");
        }
    }

    [Fact]
    public async Task A_cookie_holds_in_another_process_on_the_same_database()
    {
        var client = await database.Site.SignedInAsync("evaluator-region-ost");
        var cookie = (await client.SendAsync(new(HttpMethod.Get, "/"))).RequestMessage!.Headers.GetValues("Cookie");

        var elsewhere = database.NewProcess().CreateClient(new() { HandleCookies = false });
        elsewhere.DefaultRequestHeaders.Add("Cookie", cookie);

        (await elsewhere.PageAsync("/")).QuerySelector(".signed-in")!.TextContent.ShouldContain("Demo følgeevaluator");
    }

    [Theory]
    [InlineData("update access.service_tokens set scopes = '{write}'")]
    [InlineData("update access.service_tokens set expires_at = 'infinity'")]
    [InlineData("delete from access.service_tokens")]
    [InlineData("update access.data_protection_keys set xml = ''")]
    public async Task The_application_may_revoke_a_token_and_change_nothing_else_about_it(string sql)
    {
        await using var source = StoreDataSource.Create(database.ConnectionString, StoreRole.App);
        await using var command = source.CreateCommand(sql);

        (await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync())).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    private ServiceTokens TokensBy(TimeProvider clock) => new(database.Site.Services.GetRequiredService<HistoryConnection>(), database.Site.Services, clock);

    private ServiceTokens Tokens => database.Site.Services.GetRequiredService<ServiceTokens>();

    private static async Task<IDocument> MakeAsync(HttpClient client, string name, params string[] scopes) =>
        await (await client.PostAsync(Address, Filled(await client.PageAsync(Address), name, scopes))).PageAsync();

    private static FormUrlEncodedContent Filled(IDocument page, string name, params string[] scopes) =>
        Site.Form(page,
        [
            ("_handler", "token"), ("commandId", page.QuerySelector("input[name=commandId]")!.GetAttribute("value")!), ("name", name), ("days", "30"),
            .. scopes.Select(s => ("scopes", s)),
        ]);

    private static string? TokenOn(IDocument page) => page.QuerySelector("code.token")?.TextContent;

    private async Task<object?> AskAsync(string sql, string value)
    {
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var command = source.CreateCommand(sql);
        command.Parameters.Add(new() { Value = value });
        return await command.ExecuteScalarAsync();
    }

    private sealed class MovedClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UtcNow;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
