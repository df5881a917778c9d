using System.Security.Cryptography;
using HousingBank.Domain.Vocabulary;
using HousingBank.Store;

namespace HousingBank.Processes.Persons;

/// <summary>Seals what one command is to say about persons. Keys that it needs and that are not there yet are made, and kept only when the command is about to be written.</summary>
public sealed class Sealing(PersonKeys keys, MasterKeys masters, string tenant)
{
    private readonly Dictionary<PersonId, PersonCipher> _ciphers = [];
    private readonly List<PersonKey> _made = [];

    /// <summary>True when what was sealed is sealed under keys that nobody else has seen yet.</summary>
    public bool HasMadeKeys => _made.Count > 0;

    /// <exception cref="PersonErasedException">The person was erased.</exception>
    /// <exception cref="MasterKeyException">No master key is configured, or not the one that is needed.</exception>
    public async Task<PersonalData> SealAsync(PersonId person, PersonDetails details, CancellationToken cancel, PersonKeyKind kind = PersonKeyKind.Person) =>
        (await CipherOfAsync(person, kind, cancel)).Seal(details);

    /// <inheritdoc cref="SealAsync"/>
    public async Task<byte[]> SealFileAsync(PersonId person, byte[] content, CancellationToken cancel) =>
        (await CipherOfAsync(person, PersonKeyKind.Case, cancel)).SealFile(content);

    /// <summary>What an event says of a file that was sealed here.</summary>
    public async Task<SealedFile> DescribeAsync(PersonId sealedUnder, byte[] content, byte[] ciphertext, CancellationToken cancel) =>
        (await CipherOfAsync(sealedUnder, PersonKeyKind.Case, cancel)).Describe(content, ciphertext);

    /// <summary>Keeps the keys that were made, so that nothing is ever written under a key that is kept nowhere.</summary>
    /// <exception cref="PersonKeyTakenException">Somebody else made a key for the same person meanwhile: seal again.</exception>
    public async Task KeepKeysAsync(CancellationToken cancel)
    {
        foreach (var key in _made)
        {
            if (!await keys.AddAsync(key, cancel))
                throw new PersonKeyTakenException();
        }

        _made.Clear();
    }

    /// <summary>Forgets the keys that were made: what is sealed next is sealed under those that are kept.</summary>
    public void BeginAnew()
    {
        _made.Clear();
        _ciphers.Clear();
    }

    private async Task<PersonCipher> CipherOfAsync(PersonId person, PersonKeyKind kind, CancellationToken cancel)
    {
        if (_ciphers.TryGetValue(person, out var known))
            return known;
        var found = (await keys.FindAsync(tenant, [person.Value], cancel)).GetValueOrDefault(person.Value);
        if (found is { IsErased: true })
            throw new PersonErasedException();
        return _ciphers[person] = found is null ? Made(person, kind) : PersonSafe.CipherOf(masters, tenant, found);
    }

    private PersonCipher Made(PersonId person, PersonKeyKind kind)
    {
        var key = RandomNumberGenerator.GetBytes(PersonCipher.KeyBytes);
        _made.Add(new PersonKey(tenant, person.Value, kind, masters.Wrap(tenant, person.Value, key), masters.Current));
        return new PersonCipher(tenant, person, key);
    }
}

/// <summary>Nothing more is sealed for a person who was erased.</summary>
public sealed class PersonErasedException : Exception;

/// <summary>Two made a key for the same person at once.</summary>
public sealed class PersonKeyTakenException : Exception;
