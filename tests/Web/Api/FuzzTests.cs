using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace HousingBank.Web.Tests.Api;

/// <summary>Nonsense for every operation of the document: none is a fault of ours, and none changes anything.</summary>
public sealed class FuzzTests(ApiSite api) : IClassFixture<ApiSite>
{
    private static readonly string[] Strings =
    [
        "", " ", "\0", "nul\0l", "\uFFFF", "😀", "' or 1=1 --", "<script>alert(1)</script>", "../../etc/passwd", "%00", "{0}", "0001-01-01", "9999-12-31", "2009-02-30", "null", "-1", new('x', 30_000),
    ];

    private static readonly JsonNode?[] Values =
    [
        null, .. Strings.Select(s => (JsonNode)JsonValue.Create(s)), true, 0, -1, int.MaxValue, long.MaxValue, 1e300, 0.5,
        new JsonArray(), new JsonArray(null, null), new JsonObject(), new JsonObject { ["first"] = "0001-01-01", ["last"] = "9999-12-31", ["precision"] = "year" },
        new JsonObject { ["first"] = "2010-12-31", ["last"] = "2010-01-01", ["precision"] = "day" },
    ];

    private static readonly string[] Bodies = ["", "null", "[]", "{", "\"\"", "0", "{}", "\ufeff{}", "{\"effectiveOn\":\"2009-05-01\",\"effectiveOn\":\"2009-05-01\"}", Deep('[', ']'), Deep('{', '}')];

    [Fact]
    public async Task Nonsense_in_questions_is_never_a_fault()
    {
        var before = await api.CountAsync();
        foreach (var (_, address, operation) in await OperationsAsync("get"))
        {
            foreach (var nonsense in Strings.Where(s => s.Length < 1000))
            {
                var escaped = Uri.EscapeDataString(nonsense);
                // A path with a zero character leaves no client and enters no server.
                var filled = Fill(address, _ => escaped is "" ? "%20" : escaped.Replace("%00", "%01"));
                var query = string.Join('&', (operation["parameters"]?.AsArray() ?? []).Where(p => (string)p!["in"]! == "query").Select(p => $"{p!["name"]}={escaped}"));
                await NoFaultAsync(new(HttpMethod.Get, filled + "?" + query));
                foreach (var parameter in query.Split('&'))
                    await NoFaultAsync(new(HttpMethod.Get, Fill(address, Real) + "?" + parameter));
            }
        }

        (await api.CountAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Nonsense_in_decisions_is_never_a_fault_and_changes_nothing()
    {
        var bodies = new RequestBodies(await DocumentAsync());
        foreach (var (_, address, operation) in await OperationsAsync("post"))
        {
            var schema = bodies.SchemaOf(operation)!;
            var before = await api.CountAsync();
            foreach (var body in Bodies)
                await RefusedAsync(address, body);
            // Each field in turn holds what it cannot mean, the others what they might.
            foreach (var (field, _) in schema["properties"]!.AsObject())
            {
                foreach (var value in Values)
                {
                    var body = bodies.Full(schema)!.AsObject();
                    // A refusal is certain: a member that nobody knows.
                    body["unknown"] = 1;
                    body[field] = value?.DeepClone();
                    await RefusedAsync(address, body.ToJsonString());
                }
            }

            (await api.CountAsync()).ShouldBe(before, address);
        }
    }

    [Fact]
    public async Task Bodies_that_can_be_read_but_mean_nothing_are_never_a_fault()
    {
        var bodies = new RequestBodies(await DocumentAsync());
        foreach (var (_, address, operation) in await OperationsAsync("post"))
        {
            var schema = bodies.SchemaOf(operation)!;
            foreach (var (field, _) in schema["properties"]!.AsObject())
            {
                foreach (var value in Values)
                {
                    var body = bodies.Full(schema)!.AsObject();
                    body[field] = value?.DeepClone();
                    await SendAsync(address, body.ToJsonString());
                }
            }

            foreach (var text in new[] { "nul\0l", new string('x', 30_000) })
                await SendAsync(address, WithTexts(bodies.Full(schema), text)!.ToJsonString());
        }
    }

    private async Task RefusedAsync(string address, string body)
    {
        var status = await SendAsync(address, body);
        ((int)status).ShouldBeInRange(400, 499, $"{address} {body[..Math.Min(300, body.Length)]}");
    }

    private Task<HttpStatusCode> SendAsync(string address, string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Fill(address, Real)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("If-Match", "\"2\"");
        return NoFaultAsync(request, body);
    }

    private async Task<HttpStatusCode> NoFaultAsync(HttpRequestMessage request, string body = "")
    {
        using var sent = request;
        using var answer = await api.Leadership.Http.SendAsync(sent);
        ((int)answer.StatusCode).ShouldBeLessThan(500, $"{sent.Method} {sent.RequestUri} {body[..Math.Min(500, body.Length)]}");
        return answer.StatusCode;
    }

    private async Task<JsonNode> DocumentAsync() => JsonNode.Parse(await api.Leadership.Http.GetStringAsync("/openapi/v1.json"))!;

    private async Task<IEnumerable<(string Method, string Address, JsonNode Operation)>> OperationsAsync(string method) =>
        DocumentTests.Operations(await DocumentAsync()).Where(o => o.Method == method);

    private string Real(string parameter) => parameter switch
    {
        "programme" => api.Programme,
        "round" => api.Round,
        "municipality" => ApiSite.Municipality,
        "kind" => "round",
        "id" => api.Round,
        "version" => "1",
        _ => "0199c8f0-0000-7000-8000-000000000001",
    };

    private static string Fill(string address, Func<string, string> value) =>
        string.Join('/', address.Split('/').Select(part => part.StartsWith('{') ? value(part.Trim('{', '}')) : part));

    private static JsonNode? WithTexts(JsonNode? node, string text) => node switch
    {
        JsonObject o => new JsonObject(o.Select(p => KeyValuePair.Create(p.Key, WithTexts(p.Value, text)))),
        JsonArray a => new JsonArray([.. a.Select(i => WithTexts(i, text))]),
        JsonValue v when v.TryGetValue<string>(out var written) && written == "tekst" => text,
        _ => node?.DeepClone(),
    };

    private static string Deep(char open, char close) => open == '['
        ? new string(open, 5000) + new string(close, 5000)
        : string.Concat(Enumerable.Repeat("{\"a\":", 5000)) + "1" + new string(close, 5000);
}
