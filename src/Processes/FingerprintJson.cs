using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Processes;

/// <summary>How a command is written to be told from another: as facts are, but a person's data and files by their mark, since sealed twice they look different.</summary>
internal static class FingerprintJson
{
    public static JsonSerializerOptions Options { get; } = new(FactCodec.Json)
    {
        Converters = { new ByMark(), new FileByMark() },
        // Commands sent before persons could be named keep their fingerprints.
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutNobody } },
    };

    private static void LeaveOutNobody(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(p => p.PropertyType == typeof(PersonalData)))
            property.ShouldSerialize = (_, value) => value is not null;
    }

    private sealed class ByMark : JsonConverter<PersonalData>
    {
        public override PersonalData Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, PersonalData value, JsonSerializerOptions options) => writer.WriteStringValue($"{value.Person.Value}:{value.Mark}");
    }

    private sealed class FileByMark : JsonConverter<SealedFile>
    {
        public override SealedFile Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, SealedFile value, JsonSerializerOptions options) => writer.WriteStringValue($"{value.SealedUnder.Value}:{value.Mark}");
    }
}
