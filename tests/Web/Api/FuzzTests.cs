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
        foreach (var (_, address, operation) in (await OperationsAsync("post")).Where(o => bodies.SchemaOf(o.Operation) is not null))
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
        foreach (var (_, address, operation) in (await OperationsAsync("post")).Where(o => bodies.SchemaOf(o.Operation) is not null))
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

    /// <summary>Bodies, addresses, questions and headers spoilt by chance: each refusal leaves every table as it was.</summary>
    [Fact]
    public async Task Whatever_is_spoilt_is_never_a_fault_and_what_is_refused_changes_nothing()
    {
        var hostile = new Hostile(Hostile.Seed);
        var document = await DocumentAsync();
        var bodies = new RequestBodies(document);
        var (refused, accepted) = (0, 0);
        foreach (var (method, address, operation) in DocumentTests.Operations(document))
        {
            var state = await api.StateAsync();
            for (var round = 0; round < Hostile.Rounds; round++)
            {
                using var request = new HttpRequestMessage(new(method.ToUpperInvariant()), Spoilt(hostile, address, operation));
                var body = "";
                if (bodies.SchemaOf(operation) is { } schema)
                {
                    body = hostile.Spoil(WithRealIds(bodies.Full(schema)!));
                    request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
                    request.Content.Headers.TryAddWithoutValidation("Content-Type", hostile.Chance(10) ? hostile.HeaderValue() : "application/json");
                    request.Headers.TryAddWithoutValidation("If-Match", hostile.Chance(4) ? hostile.HeaderValue() : hostile.One(["*", "\"2\"", "\"1\", \"2\"", "W/\"2\"", "\"2147483648\""]));
                }

                foreach (var header in new[] { "Idempotency-Key", "Accept", "Accept-Language", "Range", "If-None-Match", "If-Modified-Since", "Cookie", "X-Forwarded-For", "Origin", "Accept-Encoding" })
                {
                    if (hostile.Chance(12))
                        request.Headers.TryAddWithoutValidation(header, hostile.HeaderValue());
                }

                var status = await NoFaultAsync(request, body);
                var after = await api.StateAsync();
                if ((int)status is >= 200 and < 300 && method == "post")
                    accepted++;
                else
                    after.ShouldBe(state, $"{status} {request.RequestUri} {body[..Math.Min(500, body.Length)]}");
                refused += (int)status >= 400 ? 1 : 0;
                state = after;
            }
        }

        refused.ShouldBeGreaterThan(200);
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {Hostile.Seed}: {refused} refused, {accepted} accepted");
    }

    /// <summary>Forms with parts, whole and spoilt: none is a fault, and what is refused leaves nothing.</summary>
    [Fact]
    public async Task Files_and_their_forms_spoilt_by_chance_are_never_a_fault()
    {
        var hostile = new Hostile(Hostile.Seed);
        foreach (var (_, address, _) in (await OperationsAsync("post")).Where(o => o.Operation["requestBody"]?["content"]?["multipart/form-data"] is not null))
        {
            var state = await api.StateAsync();
            for (var round = 0; round < 200; round++)
            {
                var form = Encoding.Latin1.GetBytes(
                    $"--grense\r\nContent-Disposition: form-data; name=\"effectiveOn\"\r\n\r\n{(hostile.Chance(3) ? hostile.ShortText() : "2009-05-01")}\r\n" +
                    $"--grense\r\nContent-Disposition: form-data; name=\"{(hostile.Chance(4) ? hostile.ShortText() : "file")}\"; filename=\"{(hostile.Chance(3) ? hostile.ShortText() : "a.pdf")}\"\r\n" +
                    $"Content-Type: {hostile.One(["application/pdf", "text/html", "\0"])}\r\n\r\n{hostile.One(["%PDF-1.7", "", "PK\u0003\u0004", "PK\u0003\u0004" + hostile.ShortText(), "<html>"])}\r\n--grense--\r\n");
                var cut = hostile.Chance(3) ? form[..(form.Length * (round % 10) / 10)] : form;
                var request = new HttpRequestMessage(HttpMethod.Post, Fill(address, Real)) { Content = new ByteArrayContent(cut) };
                request.Content.Headers.TryAddWithoutValidation("Content-Type", hostile.One(["multipart/form-data; boundary=grense", "multipart/form-data; boundary=grense", "multipart/form-data", "multipart/mixed; boundary=grense"]));
                request.Headers.TryAddWithoutValidation("If-Match", "\"2\"");
                ((int)await NoFaultAsync(request, Encoding.Latin1.GetString(cut))).ShouldBeInRange(400, 499);
            }

            (await api.StateAsync()).ShouldBe(state, address);
        }
    }

    [Fact]
    [Trait("Long", "true")]
    public async Task Bodies_that_can_be_read_but_mean_nothing_are_never_a_fault_at_any_length()
    {
        var bodies = new RequestBodies(await DocumentAsync());
        foreach (var (_, address, operation) in (await OperationsAsync("post")).Where(o => bodies.SchemaOf(o.Operation) is not null))
        {
            var schema = bodies.SchemaOf(operation)!;
            foreach (var (field, _) in schema["properties"]!.AsObject())
            {
                foreach (var text in Hostile.Texts)
                {
                    var body = bodies.Full(schema)!.AsObject();
                    body[field] = text;
                    await SendAsync(address, body.ToJsonString());
                }
            }
        }
    }

    /// <summary>Its parts in the path and the query now and then replaced by nonsense.</summary>
    private string Spoilt(Hostile hostile, string address, JsonNode operation)
    {
        var path = Fill(address, parameter => hostile.Chance(5) ? hostile.PathPart() : Real(parameter));
        var query = (operation["parameters"]?.AsArray() ?? []).Where(p => (string)p!["in"]! == "query" && hostile.Chance(3))
            .Select(p => $"{p!["name"]}={Uri.EscapeDataString(hostile.ShortText())}");
        return path + "?" + string.Join('&', query);
    }

    /// <summary>So that what is right in it meets something real.</summary>
    private JsonNode WithRealIds(JsonNode body)
    {
        if (body is JsonObject o)
        {
            foreach (var (name, value) in o.ToList())
            {
                if (name is "programme")
                    o[name] = api.Programme;
                else if (name is "id")
                    o[name] = Guid.CreateVersion7().ToString();
                else if (value is not null)
                    WithRealIds(value);
            }
        }

        return body;
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
        ((int)answer.StatusCode).ShouldBeLessThan(500, $"{sent.Method} {sent.RequestUri} {sent.Headers} {sent.Content?.Headers} {body[..Math.Min(500, body.Length)]}");
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
