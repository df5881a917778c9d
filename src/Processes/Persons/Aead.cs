using System.Security.Cryptography;

namespace HousingBank.Processes.Persons;

/// <summary>AES-256-GCM: form (1), nonce (12 bytes, random), ciphertext, tag (16).</summary>
/// <remarks>Random nonces are safe as long as one key seals far fewer than 2³² texts: each person has a key of their own.</remarks>
internal static class Aead
{
    private const byte Form = 1;
    private const int Nonce = 12;
    private const int Tag = 16;

    public static byte[] Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> text, ReadOnlySpan<byte> bound)
    {
        var written = new byte[1 + Nonce + text.Length + Tag];
        written[0] = Form;
        RandomNumberGenerator.Fill(written.AsSpan(1, Nonce));
        using var aes = new AesGcm(key, Tag);
        aes.Encrypt(written.AsSpan(1, Nonce), text, written.AsSpan(1 + Nonce, text.Length), written.AsSpan(1 + Nonce + text.Length), bound);
        return written;
    }

    /// <exception cref="CryptographicException">It was changed, or was sealed under another key or bound to something else.</exception>
    public static byte[] Open(ReadOnlySpan<byte> key, ReadOnlySpan<byte> written, ReadOnlySpan<byte> bound)
    {
        if (written.Length < 1 + Nonce + Tag || written[0] != Form)
            throw new CryptographicException("This was not sealed here.");
        var text = new byte[written.Length - 1 - Nonce - Tag];
        using var aes = new AesGcm(key, Tag);
        aes.Decrypt(written.Slice(1, Nonce), written.Slice(1 + Nonce, text.Length), written[(1 + Nonce + text.Length)..], text, bound);
        return text;
    }
}
