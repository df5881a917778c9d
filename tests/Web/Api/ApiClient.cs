using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace HousingBank.Web.Tests.Api;

/// <summary>A program that talks to the API as somebody.</summary>
public sealed class ApiClient(HttpClient http)
{
    public HttpClient Http => http;

    public async Task<ApiAnswer> GetAsync(string address, params (string Name, string Value)[] headers)
    {
        using var request = Request(HttpMethod.Get, address, headers);
        return await ApiAnswer.OfAsync(await http.SendAsync(request));
    }

    /// <param name="ifMatch">A version; null for none.</param>
    public async Task<ApiAnswer> PostAsync(string address, object body, int? ifMatch = null, string? key = null, params (string Name, string Value)[] headers)
    {
        using var request = Request(HttpMethod.Post, address, headers);
        request.Content = JsonContent.Create(body);
        if (ifMatch is { } version)
            request.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\"");
        if (key is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return await ApiAnswer.OfAsync(await http.SendAsync(request));
    }

    /// <summary>Something new, which must succeed.</summary>
    public async Task<ApiAnswer> MakeAsync(string address, object body)
    {
        var answer = await PostAsync(address, body);
        answer.Status.ShouldBe(HttpStatusCode.Created, answer.Text);
        return answer;
    }

    /// <summary>A decision on the version that <paramref name="thing"/> has now, which must succeed.</summary>
    /// <param name="thing">Its stream: "round/0199…".</param>
    public async Task<ApiAnswer> DecideAsync(string address, string thing, object body)
    {
        var log = await GetAsync($"/api/v1/facts/{thing}");
        var answer = await PostAsync(address, body, log.Value.AsArray().Count);
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        return answer;
    }

    private static HttpRequestMessage Request(HttpMethod method, string address, (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, address);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }
}

/// <summary>What came back.</summary>
public sealed record ApiAnswer(HttpStatusCode Status, string Text, HttpResponseMessage Message)
{
    public JsonObject Json => JsonNode.Parse(Text)!.AsObject();

    /// <summary>The "value" of an answer to a question.</summary>
    public JsonNode Value => Json["value"]!;

    public string? Code => (string?)Json["code"];

    public string? ETag => Message.Headers.ETag?.ToString();

    public string Id => Message.Headers.Location?.ToString().Split('/')[^1] ?? "";

    public static async Task<ApiAnswer> OfAsync(HttpResponseMessage message) => new(message.StatusCode, await message.Content.ReadAsStringAsync(), message);

    public void ShouldBeProblem(HttpStatusCode status, string code)
    {
        Status.ShouldBe(status, Text);
        Message.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        Code.ShouldBe(code);
        ((int?)Json["status"]).ShouldBe((int)status);
        ((string?)Json["title"]).ShouldNotBeNullOrEmpty();
        ((string?)Json["detail"]).ShouldNotBeNullOrEmpty();
        Text.ShouldNotContain("⟦");
    }
}
