using System.Text.Json.Nodes;
using HousingBank.Support;

namespace HousingBank.Web.Tests.Api;

/// <summary>The OpenAPI document: kept in the repository, and complete.</summary>
public sealed class DocumentTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task The_kept_document_is_what_the_program_says_of_itself()
    {
        var kept = JsonNode.Parse(Checkout.Read("docs/reference/api.json"));

        JsonNode.DeepEquals(kept, await DocumentAsync()).ShouldBeTrue("docs/reference/api.json is not what a build writes: build src/Web and commit it.");
    }

    [Fact]
    public async Task Every_operation_says_what_it_does_what_it_takes_and_what_can_go_wrong()
    {
        var operations = Operations(await DocumentAsync());

        operations.Count.ShouldBeGreaterThan(60);
        operations.Select(o => (string?)o.Operation["operationId"]).ShouldBeUnique();
        foreach (var (method, address, operation) in operations)
        {
            ((string?)operation["operationId"]).ShouldNotBeNullOrEmpty(address);
            ((string?)operation["summary"]).ShouldNotBeNullOrEmpty(address);
            operation["tags"]!.AsArray().Count.ShouldBe(1, address);
            operation["responses"]!.AsObject().Any(r => r.Key[0] == '4').ShouldBeTrue(address);
            (operation["responses"]!["429"]?["headers"]?["Retry-After"]).ShouldNotBeNull(address);
            string[] takes = [.. (operation["parameters"]?.AsArray() ?? []).Select(p => (string)p!["name"]!)];
            // The log itself is not asked about a day, since it holds every event; nor is a file, which is what it is or is gone.
            var given = operation["responses"]!["200"]?["content"];
            if (given?["application/x-ndjson"] is not null || given?["application/octet-stream"] is not null)
                continue;
            if (method == "get")
                takes.ShouldBe(takes.Union(["asOf", "knownAt"]), address);
            else
                takes.ShouldContain("Idempotency-Key", address);
        }
    }

    [Fact]
    public async Task Every_schema_is_used_and_says_its_type()
    {
        var document = await DocumentAsync();
        var text = document.ToJsonString();
        foreach (var (name, schema) in document["components"]!["schemas"]!.AsObject())
        {
            text.ShouldContain($"\"#/components/schemas/{name}\"");
            (schema!["type"] ?? schema["oneOf"]).ShouldNotBeNull(name);
        }
    }

    internal static List<(string Method, string Address, JsonNode Operation)> Operations(JsonNode document) =>
        [.. document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(o => (o.Key, path.Key, o.Value!)))];

    private async Task<JsonNode> DocumentAsync() => JsonNode.Parse(await site.Stranger().GetStringAsync("/openapi/v1.json"))!;
}
