using System.Text.Json;
using System.Text.Json.Serialization;

namespace HousingBank.Store.Tests;

/// <summary>Facts made for these tests: a note is written, and later worded anew.</summary>
public abstract record NoteFact;

/// <param name="Language">Since version 2; what was written before is Norwegian.</param>
public sealed record NoteWritten(string Text, string Language = "nb") : NoteFact;

public sealed record NoteReworded(string Text) : NoteFact;

public sealed record NoteEnclosed([property: JsonPropertyName(AttachmentStore.HashProperty)] string Attachment) : NoteFact;

public sealed class NoteCodec : IFactCodec
{
    public (string Type, int Version, string Body) Write(object fact) => fact switch
    {
        NoteWritten written => ("note-written", 2, JsonSerializer.Serialize(written)),
        NoteReworded reworded => ("note-reworded", 1, JsonSerializer.Serialize(reworded)),
        NoteEnclosed enclosed => ("note-enclosed", 1, JsonSerializer.Serialize(enclosed)),
        _ => throw new ArgumentException($"{fact.GetType().Name} has no stored name.", nameof(fact)),
    };

    public object Read(string type, int version, ReadOnlySpan<byte> body, EffectiveSpan on) => (type, version) switch
    {
        ("note-written", 1) => JsonSerializer.Deserialize<NoteWrittenV1>(body)!.Upcast(),
        ("note-written", 2) => JsonSerializer.Deserialize<NoteWritten>(body)!,
        ("note-reworded", 1) => JsonSerializer.Deserialize<NoteReworded>(body)!,
        ("note-enclosed", 1) => JsonSerializer.Deserialize<NoteEnclosed>(body)!,
        _ => throw new InvalidDataException($"Nothing is known of {type}, version {version}."),
    };

    /// <summary>As it was stored before a note had a language.</summary>
    private sealed record NoteWrittenV1(string Note)
    {
        public NoteWritten Upcast() => new(Note, "nb");
    }
}
