using System.Security.Cryptography;

namespace HousingBank.Store.Seals;

/// <summary>The private key that heads are signed with.</summary>
public sealed class SigningKey : IDisposable
{
    private readonly ECDsa _key;

    private SigningKey(ECDsa key)
    {
        _key = key;
        Public = new PublicKey(key.ExportSubjectPublicKeyInfo());
    }

    public PublicKey Public { get; }

    /// <param name="pemOrPath">A private key in PEM, or the path of a file that holds one. Null or empty: there is none, and heads are not signed.</param>
    /// <exception cref="InvalidDataException">There is no such file, or what it holds is no private key on the curve P-256.</exception>
    public static SigningKey? From(string? pemOrPath)
    {
        if (string.IsNullOrWhiteSpace(pemOrPath))
            return null;
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pemOrPath.Contains("-----BEGIN", StringComparison.Ordinal) ? pemOrPath : File.ReadAllText(pemOrPath));
            PublicKey.RequireP256(key);
            _ = key.SignData([], HashAlgorithmName.SHA256);
            return new SigningKey(key);
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            key.Dispose();
            // The setting itself may be the key: it is not repeated.
            throw new InvalidDataException("Seals:SigningKey is neither a private key on the curve P-256 in PEM nor the path of a file that holds one.", e);
        }
    }

    public SignedHead Sign(Head head)
    {
        var signature = _key.SignData(new SignedHead(head, null, null).Signed, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return new SignedHead(head, Public.Id, signature);
    }

    public void Dispose() => _key.Dispose();
}

/// <summary>The key that everybody can check signatures with.</summary>
/// <param name="subjectPublicKeyInfo">DER, as in X.509.</param>
public sealed class PublicKey(byte[] subjectPublicKeyInfo)
{
    /// <summary>SHA-256 of the key in DER, in small hexadecimal digits.</summary>
    public string Id { get; } = Convert.ToHexStringLower(SHA256.HashData(subjectPublicKeyInfo));

    public string Pem => PemEncoding.WriteString("PUBLIC KEY", subjectPublicKeyInfo) + "\n";

    /// <exception cref="InvalidDataException">It is no key on the curve P-256.</exception>
    public static PublicKey FromPem(string pem)
    {
        using var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            RequireP256(key);
            return new PublicKey(key.ExportSubjectPublicKeyInfo());
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            throw new InvalidDataException("This is no public key on the curve P-256 in PEM.", e);
        }
    }

    public bool Verifies(SignedHead head)
    {
        if (head.Signature is null || head.Key != Id)
            return false;
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(subjectPublicKeyInfo, out _);
        return key.VerifyData(head.Signed, head.Signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    internal static void RequireP256(ECDsa key)
    {
        if (key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value != ECCurve.NamedCurves.nistP256.Oid.Value)
            throw new InvalidDataException("The key is not on the curve P-256.");
    }
}
