using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace HousingBank.Web.Access.OpenIdConnect;

/// <summary>The provider's signed word on who somebody is: OpenID Connect Core 1.0, section 3.1.3.7, read narrowly.</summary>
/// <param name="Covered">What the signature is over.</param>
public sealed record IdToken(JsonElement Header, JsonElement Claims, byte[] Covered, byte[] Signature)
{
    // Clocks of two machines that keep time are closer than this.
    private static readonly TimeSpan s_skew = TimeSpan.FromSeconds(30);

    private const int Longest = 16 * 1024;

    public string Algorithm => Header.Text("alg") ?? "";

    public string? KeyId => Header.Text("kid");

    /// <summary>When the provider last saw the person itself; null when it does not say.</summary>
    public DateTimeOffset? PersonSeenAt => Claims.Moment("auth_time");

    /// <param name="Nonce">Of this one attempt.</param>
    /// <param name="BegunAt">No token for this attempt can have been issued before.</param>
    /// <param name="Anew">The person must have been seen since.</param>
    /// <param name="AccessToken">What came with it; null when nothing did.</param>
    public sealed record Expected(string Issuer, string ClientId, string Nonce, DateTimeOffset BegunAt, bool Anew, string? AccessToken);

    /// <summary>Takes a token apart, without believing any of it.</summary>
    /// <exception cref="SignInRefusedException">It is no signed token in the form and by the algorithms we accept; an encrypted one is refused unread.</exception>
    public static IdToken Parse(string text)
    {
        Demand(text.Length <= Longest, "the id token is too long");
        var parts = text.Split('.');
        Demand(parts.Length == 3, "the id token is not a signed token");
        Demand(parts.All(part => part.Length > 0 && !part.AsSpan().ContainsAny(" \t\r\n=") && Base64Url.IsValid(part)), "the id token is not in base64url, or has an empty part");
        var header = Json.Object(Base64Url.DecodeFromChars(parts[0])) ?? throw SignInRefusedException.NotTrusted("the header of the id token is not readable");
        Demand(SigningKey.Algorithms.Contains(header.Text("alg")), "the id token is signed by an algorithm that is not accepted");
        Demand(!header.TryGetProperty("crit", out _), "the id token demands what we do not know");
        var claims = Json.Object(Base64Url.DecodeFromChars(parts[1])) ?? throw SignInRefusedException.NotTrusted("the claims of the id token are not readable");
        return new(header, claims, Encoding.ASCII.GetBytes(parts[0] + "." + parts[1]), Base64Url.DecodeFromChars(parts[2]));
    }

    /// <summary>The provider's keys that the token can be signed with: the one it names, or, when it names none, the only one there is.</summary>
    public IReadOnlyList<SigningKey> CandidatesAmong(IReadOnlyList<SigningKey> keys) =>
        KeyId is { } id ? [.. keys.Where(k => k.Id == id)]
        : keys.Count == 1 ? keys
        : [];

    /// <exception cref="SignInRefusedException">It is not signed by any of the keys, or does not say what was expected.</exception>
    public void Check(IReadOnlyList<SigningKey> keys, Expected expected, DateTimeOffset now)
    {
        Demand(CandidatesAmong(keys).Any(key => key.Vouches(Algorithm, Covered, Signature)), "the signature of the id token is wrong");
        Demand(Claims.Text("iss") == expected.Issuer, "the id token is from another issuer");
        // Others in the audience would be parties that we would have to trust as well: there are none.
        Demand(Claims.Texts("aud") is [var audience] && audience == expected.ClientId, "the id token is for another audience");
        Demand(!Claims.TryGetProperty("azp", out _) || Claims.Text("azp") == expected.ClientId, "the id token was made for another party");
        Demand(Claims.Moment("exp") is { } end && now < end + s_skew, "the id token has expired");
        Demand(Claims.Moment("iat") is { } made && made <= now + s_skew, "the id token is from the future");
        Demand(Claims.Moment("iat") >= expected.BegunAt - s_skew, "the id token is older than the attempt");
        Demand(!Claims.TryGetProperty("nbf", out _) || Claims.Moment("nbf") <= now + s_skew, "the id token is not valid yet");
        Demand(!Claims.TryGetProperty("auth_time", out _) || PersonSeenAt <= now + s_skew, "the id token says that the person will be seen");
        Demand(!expected.Anew || PersonSeenAt >= expected.BegunAt - s_skew, "the provider has not seen the person anew");
        Demand(Claims.Text("nonce") is { } nonce && SameText(nonce, expected.Nonce), "the id token has another nonce or none");
        Demand(Claims.Text("sub") is { Length: > 0 and <= 255 }, "the id token names nobody");
        Demand(!Claims.TryGetProperty("at_hash", out _) || (expected.AccessToken is { } access && Claims.Text("at_hash") == HalfHash(access)), "the id token goes with another access token");
    }

    private static string HalfHash(string accessToken) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(accessToken)).AsSpan(0, 16));

    private static bool SameText(string one, string other) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));

    private static void Demand(bool holds, string otherwise)
    {
        if (!holds)
            throw SignInRefusedException.NotTrusted(otherwise);
    }
}
