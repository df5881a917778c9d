using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace HousingBank.Web.Access.OpenIdConnect;

/// <summary>A public key by which the provider's signatures are checked.</summary>
/// <param name="Id">"kid"; null when it has none.</param>
/// <param name="Algorithm">The only algorithm it may be used with; null when the provider does not say.</param>
public sealed record SigningKey(string? Id, string? Algorithm, RSAParameters? Rsa, ECParameters? Curve)
{
    /// <summary>All we accept: none that is symmetric, for then the public key would be the secret, and never "none".</summary>
    public static readonly IReadOnlyList<string> Algorithms = ["RS256", "PS256", "ES256"];

    private const int FewestRsaBits = 2048;

    /// <returns>The keys of a JWK set that we can use; others are passed over.</returns>
    public static IReadOnlyList<SigningKey> ReadAll(JsonElement set) =>
        set.TryGetProperty("keys", out var keys) && keys.ValueKind == JsonValueKind.Array
            ? [.. keys.EnumerateArray().Select(Read).OfType<SigningKey>()]
            : [];

    /// <summary>Whether the key goes with the algorithm and the signature is right.</summary>
    public bool Vouches(string algorithm, ReadOnlySpan<byte> covered, ReadOnlySpan<byte> signature)
    {
        if (Algorithm is not null && Algorithm != algorithm)
            return false;
        try
        {
            return algorithm switch
            {
                "RS256" when Rsa is { } parameters => VerifyRsa(parameters, covered, signature, RSASignaturePadding.Pkcs1),
                "PS256" when Rsa is { } parameters => VerifyRsa(parameters, covered, signature, RSASignaturePadding.Pss),
                "ES256" when Curve is { } parameters => VerifyCurve(parameters, covered, signature),
                _ => false,
            };
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static bool VerifyRsa(RSAParameters parameters, ReadOnlySpan<byte> covered, ReadOnlySpan<byte> signature, RSASignaturePadding padding)
    {
        using var rsa = RSA.Create(parameters);
        return rsa.VerifyData(covered, signature, HashAlgorithmName.SHA256, padding);
    }

    private static bool VerifyCurve(ECParameters parameters, ReadOnlySpan<byte> covered, ReadOnlySpan<byte> signature)
    {
        using var curve = ECDsa.Create(parameters);
        return curve.VerifyData(covered, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    private static SigningKey? Read(JsonElement key)
    {
        if (key.ValueKind != JsonValueKind.Object || (key.Text("use") ?? "sig") != "sig")
            return null;
        var (id, algorithm) = (key.Text("kid"), key.Text("alg"));
        return key.Text("kty") switch
        {
            "RSA" when Bytes(key, "n") is { } modulus && Bytes(key, "e") is { } exponent && BitsOf(modulus) >= FewestRsaBits =>
                new(id, algorithm, new RSAParameters { Modulus = modulus, Exponent = exponent }, null),
            "EC" when key.Text("crv") == "P-256" && Bytes(key, "x") is { } x && Bytes(key, "y") is { } y =>
                new(id, algorithm, null, new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = x, Y = y } }),
            _ => null,
        };
    }

    private static int BitsOf(byte[] number) => number.SkipWhile(b => b == 0).Count() * 8;

    private static byte[]? Bytes(JsonElement key, string name) =>
        key.Text(name) is { Length: > 0 } text && Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;
}
