using System.Text.Json.Nodes;

namespace HousingBank.Web.Tests.Api;

/// <summary>Bodies as the API's own document describes them.</summary>
internal sealed class RequestBodies(JsonNode document)
{
    private const int Deepest = 4;

    private readonly JsonObject _schemas = document["components"]!["schemas"]!.AsObject();

    public JsonNode? SchemaOf(JsonNode operation) =>
        operation["requestBody"]?["content"]?["application/json"]?["schema"] is { } schema ? Resolve(schema) : null;

    public JsonNode Resolve(JsonNode schema) => (string?)schema["$ref"] is { } reference ? _schemas[reference.Split('/')[^1]]! : schema;

    /// <summary>A value that fits the schema, with all that it can hold.</summary>
    public JsonNode? Full(JsonNode schema) => Make(schema, 0, all: true);

    /// <summary>A value that fits the schema, with no more than it must hold.</summary>
    public JsonNode? Smallest(JsonNode schema) => Make(schema, 0, all: false);

    private JsonNode? Make(JsonNode schema, int depth, bool all)
    {
        schema = Resolve(schema);
        if (schema["oneOf"] is JsonArray choices)
            return Make(choices.First(c => (string?)Resolve(c!)["type"] != "null")!, depth, all);
        if (schema["enum"] is JsonArray words)
            return words[0]!.DeepClone();
        var types = schema["type"] is JsonArray several ? several.Select(t => (string)t!).ToArray() : [(string)schema["type"]!];
        return types.First(t => t != "null") switch
        {
            "object" => depth > Deepest ? null : new JsonObject(Members(schema, all).Select(p => KeyValuePair.Create(p.Key, Make(p.Value!, depth + 1, all)))),
            "array" => all ? new JsonArray(Make(schema["items"]!, depth + 1, all)) : [],
            "integer" => 1,
            "boolean" => false,
            _ => (string?)schema["format"] switch
            {
                "date" => "2009-05-01",
                "uuid" => "0199c8f0-0000-7000-8000-000000000001",
                _ => schema["pattern"] is null ? "tekst" : "hamar",
            },
        };
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Members(JsonNode schema, bool all)
    {
        var required = (schema["required"]?.AsArray() ?? []).Select(r => (string)r!).ToHashSet();
        return (schema["properties"]?.AsObject() ?? []).Where(p => all || required.Contains(p.Key));
    }
}
