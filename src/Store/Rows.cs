using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace HousingBank.Store;

/// <summary>Rows by key, in the order of the keys (ordinal). Never changed: a change gives others.</summary>
/// <remarks>A stream has few rows and many facts. Each fact's rows are compared with those before it, which arrays side by side take a fraction of the time of a tree for.</remarks>
[SuppressMessage("Naming", "CA1710", Justification = "They are rows.")]
public sealed class Rows<TRow> : IReadOnlyCollection<KeyValuePair<string, TRow>>
    where TRow : notnull
{
    private readonly string[] _keys;
    private readonly TRow[] _rows;

    /// <summary>No rows.</summary>
    public Rows()
        : this([], [])
    {
    }

    private Rows(string[] keys, TRow[] rows) => (_keys, _rows) = (keys, rows);

    public int Count => _keys.Length;

    public bool ContainsKey(string key) => PlaceOf(key) >= 0;

    public bool TryGetValue(string key, [NotNullWhen(true)] out TRow? row)
    {
        var at = PlaceOf(key);
        row = at >= 0 ? _rows[at] : default;
        return at >= 0;
    }

    public TRow? GetValueOrDefault(string key) => TryGetValue(key, out var row) ? row : default;

    /// <returns>The same rows when there is an equal one already.</returns>
    public Rows<TRow> SetItem(string key, TRow row)
    {
        var at = PlaceOf(key);
        if (at < 0)
            return new([.. _keys.AsSpan(0, ~at), key, .. _keys.AsSpan(~at)], [.. _rows.AsSpan(0, ~at), row, .. _rows.AsSpan(~at)]);
        if (_rows[at].Equals(row))
            return this;
        TRow[] rows = [.. _rows];
        rows[at] = row;
        return new(_keys, rows);
    }

    public Rows<TRow> SetItems(IEnumerable<KeyValuePair<string, TRow>> rows) => rows.Aggregate(this, static (all, row) => all.SetItem(row.Key, row.Value));

    /// <returns>The same rows when there is none.</returns>
    public Rows<TRow> Remove(string key)
    {
        var at = PlaceOf(key);
        return at < 0 ? this : new([.. _keys.AsSpan(0, at), .. _keys.AsSpan(at + 1)], [.. _rows.AsSpan(0, at), .. _rows.AsSpan(at + 1)]);
    }

    public IEnumerator<KeyValuePair<string, TRow>> GetEnumerator()
    {
        for (var i = 0; i < _keys.Length; i++)
            yield return KeyValuePair.Create(_keys[i], _rows[i]);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal ReadOnlySpan<string> Keys => _keys;

    /// <summary>Beside the keys.</summary>
    internal ReadOnlySpan<TRow> Values => _rows;

    private int PlaceOf(string key) => _keys.AsSpan().BinarySearch(key, StringComparer.Ordinal);
}
