using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace HousingBank.Web.Tests;

/// <summary>Values that nobody means well by, drawn with a seed: FUZZ_SEED, FUZZ_ROUNDS in the environment for another or a longer run.</summary>
internal sealed class Hostile(int seed)
{
    // Where a value stands in the tree that is written as it is, JSON or not.
    private const string Mark = "⟪raw⟫";

    private readonly Random _random = new(seed);

    public static int Seed { get; } = Number("FUZZ_SEED", 20260101);

    /// <summary>How many requests for each operation.</summary>
    public static int Rounds { get; } = Number("FUZZ_ROUNDS", 8);

    public static IReadOnlyList<string> Texts { get; } =
    [
        "", " ", "\t\r\n", "\0", "nul\0l", "\u0001\u001b[31m", "\uFFFE\uFFFF", "😀👩‍👩‍👧‍👦", "\u202Etxt.exe", "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!͖̬̰̙̗̿̋ͥͥ̂ͣ̐́́͜͞", "ﬀ ß İ ı", "٣٤", "１２",
        "' or 1=1 --", "'; drop table store.events; --", "$1", "%' escape '\\", "{0}", "{{constructor.constructor('x')()}}", "${jndi:ldap://127.0.0.1/x}", "%s%n%x",
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "javascript:alert(1)", "</textarea><svg/onload=alert(1)>", "<!--", "]]>", "&lt;&#x3c;",
        "../../etc/passwd", "..\\..\\windows", "file:///etc/passwd", "%00", "%2e%2e%2f", "=1+1", "@sum(1)", "+cmd|' /C calc'!A0",
        "0001-01-01", "9999-12-31", "2009-02-30", "2009-1-1", "-0001-01-01", "10000-01-01", "infinity", "-infinity", "now()", "2010-01-01T25:00", "2010-01-01T00:00:00.0000001Z", "2010-01-01T00:00:00+25:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59.9999999-14:00",
        "null", "undefined", "true", "NaN", "-1", "0", "00", "1e400", "2147483647", "2147483648", "-2147483649", "9223372036854775808", "0x10", "1,5", "1_000",
        "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "{0199c8f0-0000-7000-8000-000000000001}", "hamar", "HAMAR", "-", "a-", new('a', 300), new('x', 30_000), new('æ', 20_000),
    ];

    private static readonly string[] Json =
    [
        "null", "true", "false", "0", "-0", "-1", "1.5", "1E2", "1e400", "2147483647", "2147483648", "-2147483649", "9223372036854775807", "9223372036854775808", "123456789012345678901234567890", "[]", "[null]", "[[]]", "{}", "{\"a\":1}",
        "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\u0000\"", "\"a\\u0000b\"", "\"\\uffff\"", "{\"first\":\"0001-01-01\",\"last\":\"9999-12-31\",\"precision\":\"year\"}", "{\"first\":\"2010-12-31\",\"last\":\"2010-01-01\",\"precision\":\"day\"}", "{\"first\":null,\"last\":null,\"precision\":null}",
        "{\"$ref\":\"#\"}", "{\"$type\":\"System.Object\"}", "{\"__proto__\":{}}", "nul", "'x'", "01", "+1", "\"unended", "/**/1", "NaN", Deep(63), Deep(64), Deep(5000), DeepObject(200),
    ];

    public bool Chance(int outOf) => _random.Next(outOf) == 0;

    public T One<T>(IReadOnlyList<T> of) => of[_random.Next(of.Count)];

    /// <summary>Fit for an address or a header: no longer than either may be.</summary>
    public string ShortText() => One([.. Texts.Where(t => t.Length < 1000)]);

    /// <summary>What stands in an address for a value.</summary>
    /// <remarks>A zero character leaves no client as a part of a path.</remarks>
    public string PathPart() => Uri.EscapeDataString(ShortText()).Replace("%00", "%01", StringComparison.Ordinal) is { Length: > 0 } part && part.Trim('.').Length > 0 ? part : "%20";

    /// <summary>A header's value cannot hold line ends or what is not Latin-1: no client would send it.</summary>
    public string HeaderValue() => new([.. ShortText().Where(c => c is >= ' ' and < '\u007f')]);

    /// <summary>A body that was right, with one to three places in it replaced, taken away, doubled or added to.</summary>
    public string Spoil(JsonNode body)
    {
        var raw = new List<string>();
        var spoilt = body.DeepClone();
        for (var i = _random.Next(1, 4); i > 0; i--)
        {
            var places = Places(spoilt).ToList();
            var (parent, name) = One(places);
            switch (_random.Next(8))
            {
                case 0 when parent is JsonObject o:
                    o.Remove(name);
                    break;
                case 1 when parent is JsonObject o:
                    o[One(Texts.Where(t => t.Length < 100).ToList())] = 1;
                    break;
                case 2 when parent is JsonObject o && o[name] is { } value:
                    o[name] = new JsonArray(value.DeepClone());
                    break;
                case 3 when parent is JsonArray a:
                    for (var n = _random.Next(2, 300); n > 0; n--)
                        a.Add(a[int.Parse(name, CultureInfo.InvariantCulture)]?.DeepClone());
                    break;
                default:
                    var text = Chance(2);
                    JsonNode? hostile = text ? JsonValue.Create(One(Texts)) : JsonValue.Create(Mark + raw.Count.ToString(CultureInfo.InvariantCulture) + Mark);
                    if (!text)
                        raw.Add(One(Json));
                    if (parent is JsonObject members)
                        members[name] = hostile;
                    else
                        parent.AsArray()[int.Parse(name, CultureInfo.InvariantCulture)] = hostile;
                    break;
            }
        }

        var written = new StringBuilder(spoilt.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        for (var i = 0; i < raw.Count; i++)
            written.Replace($"\"{Mark}{i}{Mark}\"", raw[i]);
        if (Chance(20))
            written.Length = _random.Next(written.Length);
        if (Chance(20) && written.Length > 1 && written[0] == '{')
            written.Insert(1, "\"effectiveOn\":\"2009-05-01\",");
        return written.ToString();
    }

    private static IEnumerable<(JsonNode Parent, string Name)> Places(JsonNode node) => node switch
    {
        JsonObject o => o.ToList().SelectMany(p => (p.Value is null ? [] : Places(p.Value)).Prepend((o, p.Key))),
        JsonArray a => a.ToList().SelectMany((item, i) => (item is null ? [] : Places(item)).Prepend((a, i.ToString(CultureInfo.InvariantCulture)))),
        _ => [],
    };

    private static string Deep(int depth) => new string('[', depth) + new string(']', depth);

    private static string DeepObject(int depth) => string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);

    private static int Number(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
