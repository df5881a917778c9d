using System.Text.Json;

namespace HousingBank.ReadModels.DecisionLog;

/// <summary>The body of a fact as text by path: what sentences about it are made with.</summary>
internal static class FlatBody
{
    /// <returns>"content.contact" → "…"; a list of texts joined by "; ", of anything else by place: "phases.1.longestMonths". Null and empty are left out.</returns>
    public static IReadOnlyDictionary<string, string> Of(string body)
    {
        using var document = JsonDocument.Parse(body);
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Add(values, "", document.RootElement);
        return values;
    }

    private static void Add(SortedDictionary<string, string> values, string path, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                    Add(values, path.Length == 0 ? property.Name : $"{path}.{property.Name}", property.Value);
                break;
            case JsonValueKind.Array when element.EnumerateArray().All(e => e.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array)):
                if (element.GetArrayLength() > 0)
                    values[path] = string.Join("; ", element.EnumerateArray());
                break;
            case JsonValueKind.Array:
                foreach (var (place, item) in element.EnumerateArray().Index())
                    Add(values, $"{path}.{place + 1}", item);
                break;
            case JsonValueKind.Null or JsonValueKind.Undefined:
                break;
            default:
                values[path] = element.ToString();
                break;
        }
    }
}
