namespace HousingBank.Domain.Vocabulary;

/// <summary>A file that is readable only with its case's key. The rules never see what it holds.</summary>
/// <param name="SealedUnder">The case whose key opens it.</param>
/// <param name="CiphertextSha256">What its ciphertext is kept by: SHA-256 in small hexadecimal digits. Sealed twice, the same file has another.</param>
/// <param name="Mark">The same for the same content in the same case, and nothing to guess from once the key is gone.</param>
public sealed record SealedFile(PersonId SealedUnder, string CiphertextSha256, string Mark)
{
    /// <summary>True for the same content in the same case, however it was sealed.</summary>
    public bool Equals(SealedFile? other) => other is not null && SealedUnder == other.SealedUnder && Mark == other.Mark;

    public override int GetHashCode() => HashCode.Combine(SealedUnder, Mark);
}
