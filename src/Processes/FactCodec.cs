using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using HousingBank.Domain;
using HousingBank.Domain.Vocabulary;
using HousingBank.Store;

namespace HousingBank.Processes;

/// <summary>A change of a stored shape: the body of one version in the shape of the next.</summary>
/// <param name="Name">Stored name of the fact.</param>
/// <param name="From">The version it reads; it gives version <paramref name="From"/> + 1.</param>
public sealed record Upcaster(string Name, int From, Func<JsonObject, JsonObject> Upcast);

/// <summary>Writes and reads every fact of the domain under its stored name and version.</summary>
public sealed class FactCodec : IFactCodec
{
    private static readonly Dictionary<string, DayPrecision> s_precisions =
        Enum.GetValues<DayPrecision>().ToDictionary(p => JsonNamingPolicy.CamelCase.ConvertName(p.ToString()));

    private readonly Dictionary<Type, StoredAsAttribute> _names;
    private readonly Dictionary<string, Type> _types;
    private readonly Dictionary<(string Name, int From), Func<JsonObject, JsonObject>> _upcasters;

    public FactCodec(IEnumerable<Type> factTypes, IEnumerable<Upcaster> upcasters)
    {
        _names = factTypes.ToDictionary(t => t, t => t.GetCustomAttribute<StoredAsAttribute>()
            ?? throw new InvalidOperationException($"{t.Name} has no [StoredAs]."));
        _types = _names.ToDictionary(n => n.Value.Name, n => n.Key);
        _upcasters = upcasters.ToDictionary(u => (u.Name, u.From), u => u.Upcast);
    }

    /// <summary>For every fact of every aggregate.</summary>
    public static FactCodec OfDomain() => new([.. Aggregates.All.SelectMany(a => a.FactTypes), typeof(FactStruck)], Upcasters.All);

    /// <summary>How facts, commands and answers are written as JSON. A missing or an unknown member is an error, never a default.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        NumberHandling = JsonNumberHandling.Strict,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>Every stored name with its current version and type, by name.</summary>
    public IEnumerable<(string Name, int Version, Type Type)> Catalogue() =>
        _names.Select(n => (n.Value.Name, n.Value.Version, n.Key)).OrderBy(n => n.Name, StringComparer.Ordinal);

    public (string Type, int Version, string Body) Write(object fact)
    {
        var name = _names[fact.GetType()];
        return (name.Name, name.Version, JsonSerializer.Serialize(fact, fact.GetType(), Json));
    }

    public string NameOf(object fact) => _names[fact.GetType()].Name;

    public object Read(string type, int version, ReadOnlySpan<byte> body, EffectiveSpan on)
    {
        if (!_types.TryGetValue(type, out var factType))
            throw new InvalidDataException($"No fact is stored as \"{type}\".");
        var fact = (Fact)ReadBody(type, version, body, factType, _names[factType].Version);
        return fact with { On = ToDay(on) };
    }

    public static EffectiveSpan ToSpan(EffectiveDay day) => new(
        day.Placed, day.Stated.First, day.Stated.Last, JsonNamingPolicy.CamelCase.ConvertName(day.Stated.Precision.ToString()), day.Stated.AssumedBecause);

    public static EffectiveDay ToDay(EffectiveSpan span) => new(
        span.Placed, new StatedDay(span.First, span.Last, s_precisions[span.Precision], span.AssumedBecause));

    private object ReadBody(string type, int version, ReadOnlySpan<byte> body, Type factType, int current)
    {
        try
        {
            if (version == current)
                return JsonSerializer.Deserialize(body, factType, Json)!;
            var shape = (JsonObject)JsonNode.Parse(body)!;
            for (; version < current; version++)
            {
                shape = _upcasters.TryGetValue((type, version), out var upcast)
                    ? upcast(shape)
                    : throw new InvalidDataException($"No upcaster reads version {version} of \"{type}\".");
            }

            return shape.Deserialize(factType, Json)!;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"The body of \"{type}\" version {version} does not fit: {e.Message}", e);
        }
    }
}
