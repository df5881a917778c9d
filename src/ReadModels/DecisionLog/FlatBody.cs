using System.Text.Json;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.ReadModels.DecisionLog;

/// <summary>The body of a fact as text by path: what sentences about it are made with.</summary>
/// <param name="Values">
/// "content.contact" → "…"; a list of texts joined by "; ", of anything else by place: "phases.1.longestMonths"; of a person the reference. Null and empty are left out.
/// </param>
/// <param name="Personal">What is sealed, by the same paths.</param>
internal sealed record FlatBody(IReadOnlyDictionary<string, string> Values, IReadOnlyDictionary<string, PersonalData> Personal)
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { RespectRequiredConstructorParameters = true };

    public static FlatBody Of(string body)
    {
        using var document = JsonDocument.Parse(body);
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var personal = new SortedDictionary<string, PersonalData>(StringComparer.Ordinal);
        Add(values, personal, "", document.RootElement);
        return new(values, personal);
    }

    private static void Add(SortedDictionary<string, string> values, SortedDictionary<string, PersonalData> personal, string path, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object when element.TryGetProperty("person", out _) && element.TryGetProperty("ciphertext", out _):
                var data = element.Deserialize<PersonalData>(s_json)!;
                values[path] = data.Person.Value.ToString();
                personal[path] = data;
                break;
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                    Add(values, personal, path.Length == 0 ? property.Name : $"{path}.{property.Name}", property.Value);
                break;
            case JsonValueKind.Array when element.EnumerateArray().All(e => e.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array)):
                if (element.GetArrayLength() > 0)
                    values[path] = string.Join("; ", element.EnumerateArray());
                break;
            case JsonValueKind.Array:
                foreach (var (place, item) in element.EnumerateArray().Index())
                    Add(values, personal, $"{path}.{place + 1}", item);
                break;
            case JsonValueKind.Null or JsonValueKind.Undefined:
                break;
            default:
                values[path] = element.ToString();
                break;
        }
    }
}
