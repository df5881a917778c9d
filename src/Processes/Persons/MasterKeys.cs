using System.Security.Cryptography;
using System.Text;

namespace HousingBank.Processes.Persons;

/// <summary>The keys that wrap the keys of persons. They come from the configuration and are kept nowhere else.</summary>
/// <remarks>A key is written "id:base64 of 32 bytes". New keys are wrapped under the current one; older ones still open what has not been rotated.</remarks>
public sealed class MasterKeys
{
    public const string Setting = "PersonalData:MasterKey";
    public const string OlderSetting = "PersonalData:OlderMasterKeys";

    private const int KeyBytes = 32;

    private readonly Dictionary<string, byte[]> _keys = new(StringComparer.Ordinal);
    private readonly string? _current;

    /// <param name="current">Null when none is configured: personal data can then be neither sealed nor opened.</param>
    /// <param name="older">Keys that were current once.</param>
    /// <exception cref="MasterKeyException">One of them cannot be read, or two have the same id.</exception>
    public MasterKeys(string? current, IEnumerable<string>? older = null)
    {
        if (current is { Length: > 0 })
            _current = Add(current, Setting);
        foreach (var key in older ?? [])
            Add(key, OlderSetting);
    }

    public bool IsConfigured => _current is not null;

    /// <summary>Id of the one that new keys are wrapped under.</summary>
    /// <exception cref="MasterKeyException">None is configured.</exception>
    public string Current => _current ?? throw new MasterKeyException($"No master key for personal data is configured: set {Setting}.");

    /// <returns>A new key as the configuration wants it.</returns>
    public static string Make(string id) => $"{id}:{Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes))}";

    public bool Has(string id) => _keys.ContainsKey(id);

    /// <summary>Wraps a person's key under the current master key.</summary>
    public byte[] Wrap(string tenant, Guid person, ReadOnlySpan<byte> key) => Aead.Seal(_keys[Current], key, Wrapping(tenant, person, Current));

    /// <exception cref="MasterKeyException">The master key it was wrapped under is not configured.</exception>
    /// <exception cref="CryptographicException">The wrapped key was changed, or belongs to another tenant or person.</exception>
    public byte[] Unwrap(string tenant, Guid person, string masterKey, ReadOnlySpan<byte> wrapped) =>
        Aead.Open(Key(masterKey), wrapped, Wrapping(tenant, person, masterKey));

    /// <summary>Seals something that is no person's under the current master key.</summary>
    /// <param name="what">What it is; it opens as nothing else.</param>
    public byte[] Seal(string what, ReadOnlySpan<byte> text) => Aead.Seal(_keys[Current], text, Sealing(what, Current));

    /// <exception cref="MasterKeyException">The master key it was sealed under is not configured.</exception>
    /// <exception cref="CryptographicException">It was changed, or is something else.</exception>
    public byte[] Open(string what, string masterKey, ReadOnlySpan<byte> written) => Aead.Open(Key(masterKey), written, Sealing(what, masterKey));

    private static byte[] Wrapping(string tenant, Guid person, string masterKey) => Encoding.UTF8.GetBytes($"key\0{tenant}\0{person}\0{masterKey}");

    private static byte[] Sealing(string what, string masterKey) => Encoding.UTF8.GetBytes($"sealed\0{what}\0{masterKey}");

    private byte[] Key(string masterKey) => _keys.TryGetValue(masterKey, out var key)
        ? key
        : throw new MasterKeyException($"Master key \"{masterKey}\" is not configured: set {Setting}, or add it to {OlderSetting} until the keys have been rotated.");

    private string Add(string written, string setting)
    {
        var colon = written.IndexOf(':', StringComparison.Ordinal);
        var key = new byte[KeyBytes];
        // The message must not repeat what was written.
        if (colon < 1 || !Convert.TryFromBase64String(written[(colon + 1)..].Trim(), key, out var length) || length != KeyBytes)
            throw new MasterKeyException($"{setting} cannot be read: an id, a colon and the base64 of {KeyBytes} bytes are wanted.");
        var id = written[..colon];
        if (!_keys.TryAdd(id, key))
            throw new MasterKeyException($"{setting} names master key \"{id}\" a second time.");
        return id;
    }
}

/// <summary>The master keys do not allow what was asked for; the message is for the operator and holds no key.</summary>
public sealed class MasterKeyException(string message) : Exception(message);
