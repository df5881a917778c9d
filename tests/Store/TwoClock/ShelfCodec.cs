using System.Text.Json;

namespace HousingBank.Store.Tests.TwoClock;

public sealed class ShelfCodec : IFactCodec
{
    private static readonly Dictionary<string, Type> s_types = new()
    {
        ["put"] = typeof(Put),
        ["added"] = typeof(Added),
        ["added-to-all"] = typeof(AddedToAll),
        ["removed"] = typeof(Removed),
        ["thing-seen"] = typeof(ThingSeen),
        [Standing.Strike] = typeof(Struck),
    };

    public static readonly Circumstances Circumstances = new("tester", "import", null, "none", null, null, [], Guid.Empty, Guid.Empty, new Dictionary<string, int>());

    public static string TypeOf(object fact) => s_types.Single(t => t.Value == fact.GetType()).Key;

    public (string Type, int Version, string Body) Write(object fact) => (TypeOf(fact), 1, JsonSerializer.Serialize(fact, fact.GetType()));

    public object Read(string type, int version, ReadOnlySpan<byte> body, EffectiveSpan on) => JsonSerializer.Deserialize(body, s_types[type])!;
}
