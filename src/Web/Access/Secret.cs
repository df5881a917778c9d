using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace HousingBank.Web.Access;

/// <summary>What lets in whoever holds it. It is shown once, and only its hash is kept.</summary>
internal static class Secret
{
    /// <summary>More characters than any has, with what stands before it: longer ones are not looked up.</summary>
    public const int Longest = 200;

    private const int Bytes = 32;

    /// <summary>43 characters that can stand in an address.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    // 256 random bits cannot be guessed from their hash: no salt, no slow hash.
    public static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
