using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using HousingBank.Web.Access;
using HousingBank.Web.Languages;
using HousingBank.Web.Tests.Api;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace HousingBank.Web.Tests;

/// <summary>Whatever goes wrong gets a readable answer.</summary>
public sealed class ProblemsTests(Site site) : IClassFixture<Site>
{
    [Theory]
    [InlineData("nb", "Her finnes ingenting")]
    [InlineData("nn", "Her finst ingenting")]
    [InlineData("en", "There is nothing here")]
    public async Task A_page_that_is_not_there_says_so_in_the_readers_language(string language, string heading)
    {
        var answer = await site.Stranger().GetAsync($"/ingensteds/i/det/hele?lang={language}");

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var page = await answer.PageAsync();
        page.Heading().ShouldBe(heading);
        page.DocumentElement.GetAttribute("lang").ShouldBe(language);
    }

    [Theory]
    [InlineData("en-US,en;q=0.9", "There is nothing here")]
    [InlineData("nn;q=0.8,de;q=0.9", "Her finst ingenting")]
    [InlineData("no", "Her finnes ingenting")]
    [InlineData("fr", "There is nothing here")]
    [InlineData("nn;q=0", "There is nothing here")]
    [InlineData("nonsense", "There is nothing here")]
    [InlineData("NB-no;q=0.5,nn;q=0", "Her finnes ingenting")]
    public async Task A_program_gets_problem_details_in_the_language_it_accepts(string accepts, string title)
    {
        var client = site.Stranger();
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(accepts);
        var answer = await client.GetAsync("/api/v1/ingensteds");

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        problem.RootElement.GetProperty("type").GetString().ShouldBe("/problems/not-found");
        problem.RootElement.GetProperty("code").GetString().ShouldBe("not-found");
        problem.RootElement.GetProperty("title").GetString().ShouldBe(title);
    }

    [Theory]
    [InlineData("text/csv")]
    [InlineData("file:///etc/passwd")]
    public async Task A_program_gets_problem_details_whatever_it_accepts(string accepts)
    {
        var client = site.Stranger();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Accept", accepts);
        var answer = await client.GetAsync("/api/v1/ingensteds");

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task A_decision_without_a_day_is_told_which_place_of_the_body_cannot_be_read()
    {
        var client = await site.SignedInAsync("leadership-region-ost");
        client.DefaultRequestHeaders.IfMatch.Add(new EntityTagHeaderValue("\"1\""));

        var answer = await client.PostAsync($"/api/v1/rounds/{Guid.NewGuid()}/close", JsonBody("""{"effectiveOn":null}"""));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("$.effectiveOn");
    }

    private static StringContent JsonBody(string body) => new(body, System.Text.Encoding.UTF8, "application/json");

    [Fact]
    public async Task A_page_that_fails_half_way_is_told_as_our_fault_and_tells_nothing_else()
    {
        await using var broken = site.WithWebHostBuilder(web => web.ConfigureTestServices(services =>
            services.AddSingleton<DemoPeople>(_ => throw new InvalidOperationException("the inner life"))));

        var answer = await broken.CreateClient().GetAsync("/logg-inn?lang=en");

        answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        var page = await answer.PageAsync();
        page.Heading().ShouldBe("Something went wrong on our side");
        page.ToHtml().ShouldNotContain("the inner life");
        answer.Headers.Contains("Content-Security-Policy").ShouldBeTrue();
    }

    [Theory]
    [InlineData("40P01")]
    [InlineData("40001")]
    [InlineData("53100")]
    [InlineData("57014")]
    [InlineData("25006")]
    public async Task A_database_that_cannot_for_the_moment_is_told_as_such_with_when_to_come_back(string state)
    {
        await using var busy = site.WithWebHostBuilder(web => web.ConfigureTestServices(services => services
            .AddSingleton<DemoPeople>(_ => throw new PostgresException("the inner life", "ERROR", "ERROR", state))
            .AddSingleton<ServiceTokens>(_ => throw new PostgresException("the inner life", "ERROR", "ERROR", state))));
        var client = busy.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "hb_any");

        var page = await client.GetAsync("/logg-inn?lang=en");
        var problem = await client.GetAsync("/api/v1/board");

        foreach (var answer in new[] { page, problem })
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(5));
            (await answer.Content.ReadAsStringAsync()).ShouldNotContain("the inner life");
        }

        (await page.PageAsync()).Heading().ShouldNotBeNullOrEmpty();
        JsonDocument.Parse(await problem.Content.ReadAsStringAsync()).RootElement.GetProperty("code").GetString().ShouldBe("unavailable");
    }

    [Fact]
    public async Task That_the_database_is_away_is_logged_in_one_line_for_each_request_and_the_process_lives_all_the_same()
    {
        using var lines = new LogLines();
        await using var alone = site.WithWebHostBuilder(web => web.ConfigureTestServices(services => services
            .AddSingleton<ServiceTokens>(_ => throw new NpgsqlException("gone away", new IOException("the cable")))
            .AddSingleton<ILoggerProvider>(lines)));
        var client = alone.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "hb_any");

        (await client.GetAsync("/api/v1/board")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await client.GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);

        var told = lines.All.Where(l => l.Contains("gone away", StringComparison.Ordinal)).ShouldHaveSingleItem();
        told.ShouldContain("the cable");
        told.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused_and_not_carried_out()
    {
        var client = site.Stranger();
        var answer = await client.PostAsync("/logg-inn/demo", new FormUrlEncodedContent([KeyValuePair.Create("person", "secretariat-region-ost")]));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Headers.TryGetValues("Set-Cookie", out _).ShouldBeFalse();
        (await answer.PageAsync()).Heading().ShouldBe("Forespørselen kan ikke forstås");
    }

    [Theory]
    [InlineData("round-is-full", "The round is full")]
    [InlineData("not-found", "Nothing is found at this address.")]
    public async Task The_type_of_a_problem_leads_to_what_it_means(string code, string says)
    {
        var answer = await site.Stranger().GetAsync($"/problems/{code}?lang=en");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.PageAsync()).QuerySelector("main")!.TextContent.ShouldContain(says);
    }

    [Fact]
    public async Task A_problem_that_is_none_leads_nowhere()
    {
        var answer = await site.Stranger().GetAsync("/problems/no-such-code");

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.PageAsync()).Heading().ShouldBe("Her finnes ingenting");
    }

    [Theory]
    [InlineData("/?asOf=2010-12-10&asOf=2011-01-01")]
    [InlineData("/?lang=xx&lang=nb")]
    [InlineData("/?asOf=%E0%A4%A&knownAt=%00")]
    [InlineData("/logg-inn?til=https://et.annet.sted/")]
    [InlineData("/?%00=%00")]
    [InlineData("/%2e%2e/%2e%2e/etc/passwd")]
    public async Task Nonsense_in_the_address_is_never_a_fault(string address) =>
        ((int)(await site.Stranger().GetAsync(address)).StatusCode).ShouldBeLessThan(500);

    [Theory]
    [InlineData("\"utf-8\"")]
    [InlineData("UTF-8")]
    public async Task JSON_that_says_it_is_UTF_8_in_whatever_way_is_read(string charset)
    {
        var client = await site.SignedInAsync("leadership-region-ost");
        var content = new ByteArrayContent("{}"u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", $"application/json; charset={charset}");

        (await ApiAnswer.OfAsync(await client.PostAsync("/api/v1/municipalities", content))).ShouldBeProblem(HttpStatusCode.BadRequest, "bad-request");
    }

    [Fact]
    public async Task A_form_in_another_encoding_than_ours_is_refused_with_a_page()
    {
        var content = new ByteArrayContent("til=/"u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", "application/x-www-form-urlencoded; charset=utf-7");

        var answer = await site.Stranger().PostAsync("/logg-ut", content);

        answer.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await answer.PageAsync()).Heading().ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-7")]
    [InlineData("no-such-charset")]
    [InlineData("\"\"")]
    public async Task A_body_in_another_encoding_than_JSON_has_is_refused_as_such(string charset)
    {
        var client = await site.SignedInAsync("leadership-region-ost");
        var content = new ByteArrayContent("{}"u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", $"application/json; charset={charset}");

        (await ApiAnswer.OfAsync(await client.PostAsync("/api/v1/municipalities", content))).ShouldBeProblem(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("identity, br")]
    public async Task A_body_that_is_packed_is_refused_as_such(string packed)
    {
        var client = await site.SignedInAsync("leadership-region-ost");
        var content = JsonBody("{}");
        content.Headers.TryAddWithoutValidation("Content-Encoding", packed);

        var answer = await client.PostAsync("/api/v1/municipalities", content);

        (await ApiAnswer.OfAsync(answer)).ShouldBeProblem(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
        answer.Headers.GetValues("Accept-Encoding").ShouldBe(["identity"]);
    }

    [Fact]
    public async Task A_part_of_a_form_in_another_encoding_than_ours_is_refused_with_a_page()
    {
        var client = site.Stranger();
        var token = (await client.PageAsync("/logg-inn")).QuerySelector<IHtmlInputElement>("input[name=__RequestVerificationToken]")!.Value;
        var part = new ByteArrayContent("+ADw-"u8.ToArray());
        part.Headers.TryAddWithoutValidation("Content-Type", "text/plain; charset=utf-7");

        var answer = await client.PostAsync("/logg-inn", new MultipartFormDataContent { { new StringContent(token), "__RequestVerificationToken" }, { part, "til" } });

        answer.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await answer.PageAsync()).Heading().ShouldBe("Innholdet har feil type");
    }

    /// <summary>Of a form that the page does not have, Blazor says in Development so itself.</summary>
    [Theory]
    [InlineData("Staging", "a token that is none", "form")]
    [InlineData("Staging", null, "a-form-that-is-gone")]
    [InlineData("Staging", null, null)]
    [InlineData("Development", "a token that is none", "form")]
    public async Task A_form_that_the_page_does_not_take_is_answered_with_a_page_and_neither_with_nothing_nor_with_a_sentence_for_programmers(
        string environment, string? token, string? form)
    {
        await using var answering = new Site { Environment = environment, Settings = new Dictionary<string, string> { ["Demo:Enabled"] = "true" } };
        var client = answering.Stranger();
        var right = (await client.PageAsync("/logg-inn")).QuerySelector<IHtmlInputElement>("input[name=__RequestVerificationToken]")!.Value;
        var fields = new Dictionary<string, string> { ["__RequestVerificationToken"] = token ?? right };
        if (form is not null)
            fields["_handler"] = form;

        var answer = await client.PostAsync("/logg-inn?lang=nn", new FormUrlEncodedContent(fields));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.PageAsync()).Heading().ShouldBe("Førespurnaden kan ikkje forståast");
    }

    [Theory]
    [InlineData("/openapi/v2.json")]
    [InlineData("/openapi/..%2fv1.json")]
    [InlineData("/health/nothing")]
    [InlineData("/kalender/nobody/here")]
    [InlineData("/seals/nothing")]
    public async Task Programs_get_problem_details_in_their_language_wherever_they_ask(string address)
    {
        foreach (var (accepts, language) in new[] { ("nn", Language.Nynorsk), ("de", Language.English) })
        {
            var client = site.Stranger();
            client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(accepts);

            var answer = await ApiAnswer.OfAsync(await client.GetAsync(address));

            answer.ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
            ((string?)answer.Json["title"]).ShouldBe(new Texts(language)["problems.not-found.title"]);
        }
    }

    [Theory]
    [InlineData("nn", "Her finst ingenting", "Hovuda blir ikkje signerte her.")]
    [InlineData("en", "There is nothing here", "Heads are not signed here.")]
    public async Task That_no_key_signs_the_heads_is_told_in_the_language_of_the_asker(string accepts, string title, string detail)
    {
        var client = site.Stranger();
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(accepts);

        var answer = await ApiAnswer.OfAsync(await client.GetAsync("/seals/key"));

        answer.ShouldBeProblem(HttpStatusCode.NotFound, "not-found");
        ((string?)answer.Json["title"], (string?)answer.Json["detail"]).ShouldBe((title, detail));
    }

    [Fact]
    public async Task A_program_that_is_not_known_is_told_how_to_say_who_it_is()
    {
        foreach (var token in new[] { null, "Bearer hb_none" })
        {
            var client = site.Stranger();
            client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", token);

            var answer = await client.GetAsync("/api/v1/board");

            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            answer.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
        }
    }

    [Fact]
    public async Task A_body_of_the_wrong_kind_is_never_a_fault()
    {
        var content = new ByteArrayContent([0xFF, 0x00, 0x80]) { Headers = { ContentType = new MediaTypeHeaderValue("multipart/form-data") } };

        ((int)(await site.Stranger().PostAsync("/logg-inn/demo", content)).StatusCode).ShouldBe(400);
        ((int)(await site.Stranger().PostAsync("/logg-ut", new StringContent("{", null, "application/json"))).StatusCode).ShouldBeInRange(400, 415);
    }
}
