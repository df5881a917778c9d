using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HousingBank.Domain.Vocabulary;

namespace HousingBank.Processes.Persons;

/// <summary>Seals and opens what is known about one person. What was sealed for one tenant and person opens for no other.</summary>
/// <param name="key">The person's key: 256 bits.</param>
internal sealed class PersonCipher(string tenant, PersonId person, byte[] key)
{
    public const int KeyBytes = 32;

    private const int MarkBytes = 16;

    // The length of a ciphertext is seen by all: filled up, it tells nothing about the length of a name.
    private const int Block = 128;

    public PersonalData Seal(PersonDetails details)
    {
        var text = JsonSerializer.SerializeToUtf8Bytes(details, JsonSerializerOptions.Web);
        var filled = new byte[(text.Length + Block - 1) / Block * Block];
        filled.AsSpan().Fill((byte)' ');
        text.CopyTo(filled, 0);
        return new(person, Convert.ToBase64String(Aead.Seal(key, filled, Bound("text"))), Mark(text));
    }

    /// <exception cref="CryptographicException">It was changed, or is another person's or tenant's.</exception>
    public PersonDetails Open(PersonalData data) =>
        JsonSerializer.Deserialize<PersonDetails>(Aead.Open(key, FromBase64(data.Ciphertext), Bound("text")), JsonSerializerOptions.Web)!;

    public byte[] SealFile(ReadOnlySpan<byte> content) => Aead.Seal(key, content, Bound("file"));

    public SealedFile Describe(ReadOnlySpan<byte> content, ReadOnlySpan<byte> ciphertext) =>
        new(person, Convert.ToHexStringLower(SHA256.HashData(ciphertext)), Mark(content));

    /// <exception cref="CryptographicException">It was changed, or is another case's or tenant's.</exception>
    public byte[] OpenFile(ReadOnlySpan<byte> ciphertext) => Aead.Open(key, ciphertext, Bound("file"));

    // Under a key derived from the person's: when that is gone, no name can be tried against the mark.
    private string Mark(ReadOnlySpan<byte> text)
    {
        var own = HKDF.DeriveKey(HashAlgorithmName.SHA256, key, KeyBytes, info: "mark"u8.ToArray());
        return Convert.ToBase64String(HMACSHA256.HashData(own, text).AsSpan(0, MarkBytes));
    }

    private byte[] Bound(string what) => Encoding.UTF8.GetBytes($"{what}\0{tenant}\0{person.Value}");

    private static byte[] FromBase64(string text)
    {
        try
        {
            return Convert.FromBase64String(text);
        }
        catch (FormatException e)
        {
            throw new CryptographicException("This was not sealed here.", e);
        }
    }
}
