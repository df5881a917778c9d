using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using HousingBank.Domain.Letters;
using HousingBank.Domain.Municipalities;

namespace HousingBank.Domain.Vocabulary;

/// <summary>An id of one kind of thing. Written in JSON as the bare uuid.</summary>
public interface IUuid<TSelf>
    where TSelf : struct, IUuid<TSelf>
{
    Guid Value { get; }

    static abstract TSelf From(Guid value);
}

[JsonConverter(typeof(UuidConverter<ProgrammeId>))]
public readonly record struct ProgrammeId(Guid Value) : IUuid<ProgrammeId>
{
    public static ProgrammeId From(Guid value) => new(value);

    public StreamId Stream => new("programme", Value.ToString());
}

[JsonConverter(typeof(UuidConverter<RoundId>))]
public readonly record struct RoundId(Guid Value) : IUuid<RoundId>
{
    public static RoundId From(Guid value) => new(value);

    public StreamId Stream => new("round", Value.ToString());
}

/// <summary>One municipality has one application in a round: the id is made from both.</summary>
[JsonConverter(typeof(UuidConverter<ApplicationId>))]
public readonly record struct ApplicationId(Guid Value) : IUuid<ApplicationId>
{
    public static ApplicationId From(Guid value) => new(value);

    public static ApplicationId Of(RoundId round, MunicipalityId municipality) => new(NamedUuid.Make(round.Value, "application:" + municipality.Key));

    public StreamId Stream => new("application", Value.ToString());

    /// <summary>The case whose key its files are sealed under.</summary>
    public PersonId Case => new(NamedUuid.Make(Value, "case"));
}

/// <summary>A file sent in with an application: the id is made from its name and what it holds, so that the same file is one attachment.</summary>
[JsonConverter(typeof(UuidConverter<AttachmentId>))]
public readonly record struct AttachmentId(Guid Value) : IUuid<AttachmentId>
{
    public static AttachmentId From(Guid value) => new(value);

    public static AttachmentId Of(ApplicationId application, string fileName, SealedFile file) =>
        new(NamedUuid.Make(application.Value, $"attachment:{file.Mark}:{fileName}"));
}

/// <summary>The council has one meeting on a round: the id is made from it.</summary>
[JsonConverter(typeof(UuidConverter<CouncilMeetingId>))]
public readonly record struct CouncilMeetingId(Guid Value) : IUuid<CouncilMeetingId>
{
    public static CouncilMeetingId From(Guid value) => new(value);

    public static CouncilMeetingId Of(RoundId round) => new(NamedUuid.Make(round.Value, "council-meeting"));

    public StreamId Stream => new("council-meeting", Value.ToString());
}

/// <summary>A council member has one review of an application: the id is made from both.</summary>
[JsonConverter(typeof(UuidConverter<ReviewId>))]
public readonly record struct ReviewId(Guid Value) : IUuid<ReviewId>
{
    public static ReviewId From(Guid value) => new(value);

    public static ReviewId Of(ApplicationId application, string member) => new(NamedUuid.Make(application.Value, "review:" + member));

    public StreamId Stream => new("review", Value.ToString());
}

/// <summary>An application has one letter for each of its facts that is told in one: the id is made from both.</summary>
[JsonConverter(typeof(UuidConverter<LetterId>))]
public readonly record struct LetterId(Guid Value) : IUuid<LetterId>
{
    public static LetterId From(Guid value) => new(value);

    /// <param name="answersIn">The stream of the fact that it tells of: an application's, or a course's.</param>
    /// <param name="answers">Version of that fact.</param>
    public static LetterId Of(StreamId answersIn, int answers) =>
        new(NamedUuid.Make(Guid.Parse(answersIn.Id, CultureInfo.InvariantCulture), string.Create(CultureInfo.InvariantCulture, $"letter:{answers}")));

    public StreamId Stream => new("letter", Value.ToString());
}

/// <summary>A programme has one template for each kind of letter in each written form: the id is made from the three.</summary>
[JsonConverter(typeof(UuidConverter<LetterTemplateId>))]
public readonly record struct LetterTemplateId(Guid Value) : IUuid<LetterTemplateId>
{
    public static LetterTemplateId From(Guid value) => new(value);

    public static LetterTemplateId Of(ProgrammeId programme, LetterKind kind, WrittenForm form) =>
        new(NamedUuid.Make(programme.Value, $"letter-template:{kind}:{form}"));

    public StreamId Stream => new("letter-template", Value.ToString());
}

[JsonConverter(typeof(UuidConverter<AgreementId>))]
public readonly record struct AgreementId(Guid Value) : IUuid<AgreementId>
{
    public static AgreementId From(Guid value) => new(value);

    public StreamId Stream => new("agreement", Value.ToString());
}

/// <summary>A municipality's course through the programme from its invitation to a round: the id is made from both.</summary>
[JsonConverter(typeof(UuidConverter<ParticipationId>))]
public readonly record struct ParticipationId(Guid Value) : IUuid<ParticipationId>
{
    public static ParticipationId From(Guid value) => new(value);

    public static ParticipationId Of(RoundId round, MunicipalityId municipality) => new(NamedUuid.Make(round.Value, "participation:" + municipality.Key));

    public StreamId Stream => new("participation", Value.ToString());
}

[JsonConverter(typeof(UuidConverter<LearningEntryId>))]
public readonly record struct LearningEntryId(Guid Value) : IUuid<LearningEntryId>
{
    public static LearningEntryId From(Guid value) => new(value);

    public StreamId Stream => new("learning", Value.ToString());
}

[JsonConverter(typeof(UuidConverter<ImportId>))]
public readonly record struct ImportId(Guid Value) : IUuid<ImportId>
{
    public static ImportId From(Guid value) => new(value);

    public StreamId Stream => new("import", Value.ToString());
}

/// <summary>A municipality in the register, by a key of our own that outlives its official numbers: "hamar".</summary>
[JsonConverter(typeof(MunicipalityIdConverter))]
public readonly partial record struct MunicipalityId(string Key)
{
    private const int LongestKey = 60;

    /// <summary>True for what can be a key: small letters a–z, figures and single hyphens between them, at most 60.</summary>
    public static bool IsWellFormed(string? key) => key is { Length: <= LongestKey } && KeyForm().IsMatch(key);

    public StreamId Stream => new("municipality", Key);

    public override string ToString() => Key;

    [GeneratedRegex(@"\A[a-z0-9]+(-[a-z0-9]+)*\z")]
    private static partial Regex KeyForm();
}

/// <summary>Ids made from a name (UUID version 5): the same name gives the same id, so that what is asked for twice happens once.</summary>
public static class NamedUuid
{
    /// <summary>The root of all names that have no other.</summary>
    public static readonly Guid Root = new("6f0f7c0e-5d0b-5c4e-9d52-4b1a6f6b1c01");

    public static Guid Make(Guid space, string name)
    {
        Span<byte> hash = stackalloc byte[20];
        var text = Encoding.UTF8.GetBytes(name);
        var input = new byte[16 + text.Length];
        space.TryWriteBytes(input, bigEndian: true, out _);
        text.CopyTo(input, 16);
#pragma warning disable CA5350 // RFC 9562 names SHA-1 for version 5; nothing secret rests on it.
        SHA1.HashData(input, hash);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}

public sealed class UuidConverter<TId> : JsonConverter<TId>
    where TId : struct, IUuid<TId>
{
    public override TId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => TId.From(reader.GetGuid());

    public override void Write(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}

public sealed class MunicipalityIdConverter : JsonConverter<MunicipalityId>
{
    public override MunicipalityId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { } key && MunicipalityId.IsWellFormed(key) ? new(key) : throw new JsonException("Not the key of a municipality.");

    public override void Write(Utf8JsonWriter writer, MunicipalityId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Key);
}
