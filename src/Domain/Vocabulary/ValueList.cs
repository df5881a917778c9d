using System.Collections;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace HousingBank.Domain.Vocabulary;

/// <summary>A list that equals another with equal items in the same order, so that facts and states compare by value.</summary>
/// <remarks>
/// A state that remembers all facts adds one to its list for each of them. A list that grew leaves room for more: the first item that is added to it is put there
/// without copying the others.
/// </remarks>
[CollectionBuilder(typeof(ValueList), nameof(ValueList.Create))]
[JsonConverter(typeof(ValueListConverterFactory))]
public readonly struct ValueList<T> : IReadOnlyList<T>, IEquatable<ValueList<T>>
{
    private readonly T[]? _room;
    private readonly int _count;

    /// <param name="items">The list's own: nobody writes to it any more.</param>
    internal ValueList(T[] items)
        : this(items, items.Length)
    {
    }

    private ValueList(T[] room, int count) => (_room, _count) = (room, count);

    public int Count => _count;

    public T this[int index] => Items[index];

    private ReadOnlySpan<T> Items => _room.AsSpan(0, _count);

    private ArraySegment<T> Segment => new(_room ?? [], 0, _count);

    public ValueList<T> Add(T item)
    {
        // Whoever comes second, on another thread or from the same shorter list, finds the place taken.
        if (!typeof(T).IsValueType && item is not null && _room is { } room && _count < room.Length && Interlocked.CompareExchange(ref room[_count], item, default!) is null)
            return new(room, _count + 1);

        var more = new T[Math.Max(4, 2 * _count)];
        Items.CopyTo(more);
        more[_count] = item;
        return new(more, _count + 1);
    }

    public ValueList<T> Remove(T item) => Items.IndexOf(item) is >= 0 and var at ? new([.. Items[..at], .. Items[(at + 1)..]]) : this;

    public bool Equals(ValueList<T> other) => Items.SequenceEqual(other.Items);

    public override bool Equals(object? obj) => obj is ValueList<T> other && Equals(other);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var item in Items)
            hash.Add(item);
        return hash.ToHashCode();
    }

    public static bool operator ==(ValueList<T> left, ValueList<T> right) => left.Equals(right);

    public static bool operator !=(ValueList<T> left, ValueList<T> right) => !left.Equals(right);

    public ArraySegment<T>.Enumerator GetEnumerator() => Segment.GetEnumerator();

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => $"[{string.Join(", ", this)}]";
}

public static class ValueList
{
    public static ValueList<T> Create<T>(ReadOnlySpan<T> items) => new(items.ToArray());

    public static ValueList<T> ToValueList<T>(this IEnumerable<T> items) => new([.. items]);
}

/// <summary>Text by key, equal by value, in key order.</summary>
[JsonConverter(typeof(ValueMapConverter))]
public sealed class ValueMap : IEquatable<ValueMap>
{
    private readonly ImmutableSortedDictionary<string, string> _values;

    public ValueMap(IEnumerable<KeyValuePair<string, string>> values) => _values = values.ToImmutableSortedDictionary(StringComparer.Ordinal);

    public static ValueMap Empty { get; } = new([]);

    public IReadOnlyDictionary<string, string> Values => _values;

    public ValueMap With(string key, string value) => new(_values.SetItem(key, value));

    public bool Equals(ValueMap? other) => other is not null && _values.SequenceEqual(other._values);

    public override bool Equals(object? obj) => Equals(obj as ValueMap);

    public override int GetHashCode() => _values.Aggregate(0, (hash, pair) => HashCode.Combine(hash, pair.Key, pair.Value));
}

public sealed class ValueListConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(ValueList<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

    private sealed class Converter<T> : JsonConverter<ValueList<T>>
    {
        public override ValueList<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.StartArray)
                throw new JsonException();
            var item = (JsonConverter<T>)options.GetConverter(typeof(T));
            List<T> items = [];
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                items.Add(reader.TokenType == JsonTokenType.Null ? throw new JsonException("A list holds no nulls.") : item.Read(ref reader, typeof(T), options)!);
            return items.ToValueList();
        }

        public override void Write(Utf8JsonWriter writer, ValueList<T> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.ToArray(), options);
    }
}

public sealed class ValueMapConverter : JsonConverter<ValueMap>
{
    public override ValueMap Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(JsonSerializer.Deserialize<Dictionary<string, string>>(ref reader, options) ?? []);

    public override void Write(Utf8JsonWriter writer, ValueMap value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value.Values, options);
}
