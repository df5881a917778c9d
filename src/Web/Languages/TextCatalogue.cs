using System.Collections.Frozen;
using System.Text.Json;

namespace HousingBank.Web.Languages;

/// <summary>All texts of the pages, read once from Texts/&lt;language&gt;/&lt;area&gt;.json. The key of a text is "area.name".</summary>
public static class TextCatalogue
{
    private static readonly FrozenDictionary<string, FrozenDictionary<string, TextForms>> ByLanguage =
        Language.All.ToFrozenDictionary(l => l.Code, l => Read(l.Code).ToFrozenDictionary());

    public static IReadOnlyDictionary<string, TextForms> Of(Language language) => ByLanguage[language.Code];

    private static IEnumerable<KeyValuePair<string, TextForms>> Read(string language)
    {
        var assembly = typeof(TextCatalogue).Assembly;
        var folder = $"Texts/{language}/";
        foreach (var file in assembly.GetManifestResourceNames().Where(n => n.StartsWith(folder, StringComparison.Ordinal)))
        {
            var area = Path.GetFileNameWithoutExtension(file[folder.Length..]);
            using var stream = assembly.GetManifestResourceStream(file)!;
            using var json = JsonDocument.Parse(stream);
            foreach (var text in json.RootElement.EnumerateObject())
                yield return new($"{area}.{text.Name}", Forms(text.Value));
        }
    }

    private static TextForms Forms(JsonElement text) => text.ValueKind == JsonValueKind.String
        ? new TextForms(text.GetString()!, null)
        : new TextForms(text.GetProperty("other").GetString()!, text.GetProperty("one").GetString());
}

/// <summary>One text, with its own form for one of something where the language needs it.</summary>
/// <param name="Other">The form for zero, two and more; the only one of most texts.</param>
/// <param name="One">The form when the placeholder {n} is 1.</param>
public sealed record TextForms(string Other, string? One);
