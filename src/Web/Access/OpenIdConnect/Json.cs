using System.Text.Json;

namespace HousingBank.Web.Access.OpenIdConnect;

/// <summary>Reading what others wrote: a name twice is refused, for two readers could understand it in two ways.</summary>
internal static class Json
{
    private static readonly JsonDocumentOptions s_strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <returns>Null when it is not an object in JSON, or when a text in it is none: bytes that are not UTF-8, half a character.</returns>
    public static JsonElement? Object(ReadOnlyMemory<byte> text)
    {
        try
        {
            ReadTexts(text.Span);
            using var document = JsonDocument.Parse(text, s_strict);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    public static string? Text(this JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>One text or several; none when there is anything else among them.</summary>
    public static IReadOnlyList<string> Texts(this JsonElement of, string name) =>
        !of.TryGetProperty(name, out var value) ? []
        : value.ValueKind == JsonValueKind.String ? [value.GetString()!]
        : value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(v => v.ValueKind == JsonValueKind.String) ? [.. value.EnumerateArray().Select(v => v.GetString()!)]
        : [];

    public static bool IsTrue(this JsonElement of, string name) => of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    /// <summary>Seconds since 1970, as tokens write moments; none on the last day there is, so that what clocks differ by can be added.</summary>
    public static DateTimeOffset? Moment(this JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var seconds) && seconds is >= 0 and < 253402214400
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000))
            : null;

    /// <exception cref="InvalidOperationException">One cannot be read.</exception>
    private static void ReadTexts(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.String)
                reader.GetString();
        }
    }
}
