using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace HousingBank.Store.Seals;

/// <summary>What a seal says of the whole log up to its end.</summary>
/// <param name="Form">Of events, headers and heads.</param>
/// <param name="Seals">How many there are: the number of the newest.</param>
/// <param name="Events">How many they cover: the ordinal of the last.</param>
/// <param name="Tree">Root of the tree over the hashes of all seals, in small hexadecimal digits.</param>
/// <param name="SealedAt">When the newest was made, by the database's clock.</param>
public sealed record Head(int Form, long Seals, long Events, string Tree, string SealedAt)
{
    /// <summary>One line of JSON: the bytes that are signed.</summary>
    public string Statement => $$"""{"form":{{Form}},"seals":{{Seals}},"events":{{Events}},"tree":"{{Tree}}","sealedAt":"{{SealedAt}}"}""";
}

/// <summary>A head as it is published.</summary>
/// <param name="Key">Which key signed it; null when none did.</param>
/// <param name="Signature">ECDSA P-256 with SHA-256 over the statement's bytes, as DER.</param>
public sealed record SignedHead(Head Head, string? Key, byte[]? Signature)
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public bool IsSigned => Signature is not null;

    /// <summary>One line of JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(
        new Line(Head.Form, Head.Seals, Head.Events, Head.Tree, Head.SealedAt, Key, Signature is null ? null : Convert.ToBase64String(Signature)), s_json);

    /// <exception cref="InvalidDataException">The line is no head.</exception>
    public static SignedHead Parse(string line)
    {
        try
        {
            var read = JsonSerializer.Deserialize<Line>(line, s_json)!;
            return new SignedHead(
                new Head(read.Form, read.Seals, read.Events, read.Tree, read.SealedAt), read.Key, read.Signature is null ? null : Convert.FromBase64String(read.Signature));
        }
        catch (Exception e) when (e is JsonException or FormatException or NullReferenceException)
        {
            throw new InvalidDataException($"This is no published head: {(line.Length > 120 ? line[..120] + " …" : line)}", e);
        }
    }

    internal byte[] Signed => Encoding.UTF8.GetBytes(Head.Statement);

    private sealed record Line(int Form, long Seals, long Events, string Tree, string SealedAt, string? Key, string? Signature);
}
