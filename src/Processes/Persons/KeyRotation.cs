using HousingBank.Store;

namespace HousingBank.Processes.Persons;

/// <summary>Puts every key under the current master key, while everything goes on being read and written.</summary>
/// <param name="keys">As <see cref="StoreRole.Keys"/>.</param>
public sealed class KeyRotation(PersonKeys keys, MasterKeys masters)
{
    private const int AtATime = 500;

    /// <returns>How many keys were wrapped anew.</returns>
    /// <exception cref="MasterKeyException">A master key that some key is under is not configured.</exception>
    public async Task<long> RunAsync(Action<long> report, CancellationToken cancel)
    {
        long done = 0;
        while (await keys.NotUnderAsync(masters.Current, AtATime, cancel) is { Count: > 0 } some)
        {
            foreach (var key in some)
            {
                var opened = masters.Unwrap(key.Tenant, key.Person, key.MasterKey!, key.Wrapped);
                if (await keys.RewrapAsync(key, masters.Wrap(key.Tenant, key.Person, opened), masters.Current, cancel))
                    done++;
            }

            report(done);
        }

        return done;
    }
}
