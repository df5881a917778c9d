using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace HousingBank.Web.Api;

/// <summary>Learns how the body of a decision is read when the first such request comes.</summary>
/// <remarks>
/// A route's delegate asks for that when it is made, before anybody is answered. Learning it of all bodies, with everything that they hold, was a fifth of the
/// methods compiled before the first page.
/// </remarks>
/// <param name="usual">The options that routes ask. Others, as those of the OpenAPI document, learn at once.</param>
internal sealed class BodiesWhenAsked(JsonSerializerOptions usual) : IJsonTypeInfoResolver
{
    private static readonly MethodInfo s_info = typeof(JsonMetadataServices).GetMethod(nameof(JsonMetadataServices.CreateValueInfo))!;

    private readonly Lazy<JsonSerializerOptions> _reading = new(() => new JsonSerializerOptions(usual) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() });

    public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options) => options == usual && type.IsAssignableTo(typeof(DecisionRequest))
        ? (JsonTypeInfo)s_info.MakeGenericMethod(type).Invoke(null, [options, Activator.CreateInstance(typeof(WhenAsked<>).MakeGenericType(type), _reading)])!
        : null;

    private sealed class WhenAsked<TBody>(Lazy<JsonSerializerOptions> reading) : JsonConverter<TBody>
    {
        public override TBody? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            JsonSerializer.Deserialize<TBody>(ref reader, reading.Value);

        public override void Write(Utf8JsonWriter writer, TBody value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value, reading.Value);
    }
}
