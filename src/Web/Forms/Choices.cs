using System.Text.Json;
using HousingBank.Web.Languages;

namespace HousingBank.Web.Forms;

/// <summary>What a field lets one choose between: each value with what people read.</summary>
public static class Choices
{
    /// <summary>All values of an enumeration, in its order.</summary>
    public static IEnumerable<KeyValuePair<string, string>> ChoicesOf<T>(this Texts texts)
        where T : struct, Enum =>
        Enum.GetValues<T>().Select(v => KeyValuePair.Create(JsonNamingPolicy.CamelCase.ConvertName(v.ToString()), texts.Word(v)));

    public static IEnumerable<KeyValuePair<string, string>> Criteria(this Texts texts, IEnumerable<string> codes) =>
        codes.Select(code => KeyValuePair.Create(code, texts.Word("criterion", code)));
}
