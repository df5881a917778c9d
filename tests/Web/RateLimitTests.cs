using System.Net;
using System.Text.Json;

namespace HousingBank.Web.Tests;

/// <summary>Whoever asks too often is told so, and when to come back.</summary>
public sealed class RateLimitTests
{
    private static readonly Dictionary<string, string> Strict = new()
    {
        ["RateLimits:SignIn:Requests"] = "3",
        ["RateLimits:Api:Requests"] = "2",
        ["RateLimits:Api:Seconds"] = "600",
    };

    [Fact]
    public async Task Signing_in_too_often_is_refused_with_a_page_in_the_readers_language()
    {
        await using var site = new Site { Settings = Strict };
        var client = site.Stranger();
        var page = await client.PageAsync("/logg-inn?lang=nn");
        for (var attempt = 0; attempt < 3; attempt++)
            (await client.PostAsync("/logg-inn/demo", Site.Form(page, ("person", "nobody")))).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        var answer = await client.PostAsync("/logg-inn/demo", Site.Form(page, ("person", "nobody")));

        answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 60);
        (await answer.PageAsync()).Heading().ShouldBe("For mange førespurnader");
        (await client.GetAsync("/logg-inn")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/logg-inn/start")]
    [InlineData("/logg-inn/svar")]
    public async Task Ways_by_the_provider_count_as_well(string address)
    {
        await using var site = new Site { Settings = Strict };
        for (var attempt = 0; attempt < 3; attempt++)
            (await site.Stranger().GetAsync(address)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        (await site.Stranger().GetAsync(address)).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Calendars_are_counted_by_where_they_ask_from()
    {
        await using var site = new Site { Settings = Strict };
        for (var request = 0; request < 2; request++)
            (await site.Stranger().GetAsync("/kalender/nothing.ics")).StatusCode.ShouldNotBe(HttpStatusCode.TooManyRequests);

        (await site.Stranger().GetAsync("/kalender/another.ics")).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task The_api_counts_each_person_and_tells_programs_by_a_problem()
    {
        await using var site = new Site { Settings = Strict };
        var eager = await site.SignedInAsync("evaluator-region-ost");
        var other = await site.SignedInAsync("auditor-region-ost");
        for (var request = 0; request < 2; request++)
            (await eager.GetAsync("/api/v1/board")).StatusCode.ShouldNotBe(HttpStatusCode.TooManyRequests);

        var answer = await eager.GetAsync("/api/v1/board");

        answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 600);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("code").GetString().ShouldBe("too-many-requests");
        (await other.GetAsync("/api/v1/board")).StatusCode.ShouldNotBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Programs_without_a_right_token_are_counted_by_address()
    {
        await using var site = new Site { Settings = Strict };
        var answers = new List<HttpStatusCode>();
        for (var guess = 0; guess < 3; guess++)
        {
            var client = site.Stranger();
            client.DefaultRequestHeaders.Authorization = new("Bearer", $"guess-{guess}");
            answers.Add((await client.GetAsync("/api/v1/board")).StatusCode);
        }

        answers.ShouldBe([HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests]);
    }

    [Fact]
    public void A_limit_that_cannot_be_kept_stops_the_process_with_a_plain_sentence()
    {
        using var site = new Site { Settings = new Dictionary<string, string> { ["RateLimits:Api:Seconds"] = "0" } };

        Should.Throw<InvalidOperationException>(() => site.CreateClient()).Message.ShouldContain("RateLimits:Api cannot be kept");
    }
}
