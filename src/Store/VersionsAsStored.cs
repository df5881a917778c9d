using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace HousingBank.Store;

/// <summary>Streams and their versions, read when they are asked for: a decision loads them with every fact and looks at none.</summary>
/// <param name="json">As the column holds it.</param>
internal sealed class VersionsAsStored(string json) : IReadOnlyDictionary<string, int>
{
    private Dictionary<string, int>? _read;

    public int Count => Read.Count;

    public IEnumerable<string> Keys => Read.Keys;

    public IEnumerable<int> Values => Read.Values;

    private Dictionary<string, int> Read => _read ??= JsonSerializer.Deserialize<Dictionary<string, int>>(json)!;

    public int this[string key] => Read[key];

    public bool ContainsKey(string key) => Read.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out int value) => Read.TryGetValue(key, out value);

    public IEnumerator<KeyValuePair<string, int>> GetEnumerator() => Read.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
