using System.Security.Cryptography;
using HousingBank.Domain.Vocabulary;
using HousingBank.Store;

namespace HousingBank.Processes.Persons;

/// <summary>Whether what is known about a person can be read.</summary>
public enum PersonReadability
{
    Readable,

    /// <summary>The key was destroyed.</summary>
    Erased,

    /// <summary>Not here and now: a master key is missing, or what was stored is damaged.</summary>
    Unreadable,
}

/// <param name="Details">Null when it cannot be read.</param>
public sealed record OpenedPerson(PersonReadability Readability, PersonDetails? Details)
{
    public static OpenedPerson Erased { get; } = new(PersonReadability.Erased, null);

    public static OpenedPerson Unreadable { get; } = new(PersonReadability.Unreadable, null);
}

/// <summary>Opens what is known about persons. Keys are asked for each time: whoever is erased is so from that moment on, in every process.</summary>
public sealed class PersonSafe(PersonKeys keys, MasterKeys masters)
{
    /// <summary>False when no master key is configured: nothing can be sealed or opened.</summary>
    public bool IsOpen => masters.IsConfigured;

    public Sealing BeginSealing(string tenant) => new(keys, masters, tenant);

    /// <param name="by">Recorded as having read it.</param>
    public async Task<IReadOnlyList<OpenedPerson>> OpenAsync(string tenant, IReadOnlyList<PersonalData> sealedData, PersonReader by, CancellationToken cancel)
    {
        var found = await keys.OpenAsync(tenant, [.. sealedData.Select(d => d.Person.Value).Distinct()], by, cancel);
        return [.. sealedData.Select(data => found.TryGetValue(data.Person.Value, out var key) ? Open(tenant, key, data) : OpenedPerson.Unreadable)];
    }

    /// <summary>Opens a file that was sealed under a case's key.</summary>
    /// <param name="by">Recorded as having read it.</param>
    /// <returns>Null when the key was destroyed, or there is none.</returns>
    /// <exception cref="CryptographicException">It was changed, or is another case's.</exception>
    /// <exception cref="MasterKeyException">No master key is configured, or not the one that is needed.</exception>
    public async Task<byte[]?> OpenFileAsync(string tenant, PersonId sealedUnder, byte[] ciphertext, PersonReader by, CancellationToken cancel) =>
        (await keys.OpenAsync(tenant, [sealedUnder.Value], by, cancel)).GetValueOrDefault(sealedUnder.Value) is { IsErased: false } key ? CipherOf(masters, tenant, key).OpenFile(ciphertext) : null;

    /// <returns>Null when there is no such person.</returns>
    public async Task<PersonKey?> KeyAsync(string tenant, PersonId person, CancellationToken cancel) =>
        (await keys.FindAsync(tenant, [person.Value], cancel)).GetValueOrDefault(person.Value);

    private OpenedPerson Open(string tenant, PersonKey key, PersonalData data)
    {
        if (key.IsErased)
            return OpenedPerson.Erased;
        try
        {
            return new(PersonReadability.Readable, CipherOf(masters, tenant, key).Open(data));
        }
        catch (Exception e) when (e is CryptographicException or MasterKeyException)
        {
            return OpenedPerson.Unreadable;
        }
    }

    internal static PersonCipher CipherOf(MasterKeys masters, string tenant, PersonKey key) =>
        new(tenant, PersonId.From(key.Person), masters.Unwrap(tenant, key.Person, key.MasterKey!, key.Wrapped));
}
