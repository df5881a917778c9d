using System.Runtime.CompilerServices;
using HousingBank.Cli.Terminal;
using HousingBank.Store.Seals;

namespace HousingBank.Cli.Sealing;

/// <summary>Published heads, from files and addresses.</summary>
internal sealed class Heads(string[] places)
{
    private readonly List<string> _without = [];

    /// <summary>Those that hold no head, once all have been read.</summary>
    public IReadOnlyList<string> PlacesWithout => _without;

    /// <exception cref="UserException">An address does not answer.</exception>
    public async IAsyncEnumerable<SignedHead> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var place in places)
        {
            var hasAny = false;
            await foreach (var head in AtAsync(place, cancel))
            {
                hasAny = true;
                yield return head;
            }

            if (!hasAny)
                _without.Add(place);
        }
    }

    private static async IAsyncEnumerable<SignedHead> AtAsync(string place, [EnumeratorCancellation] CancellationToken cancel)
    {
        if (Uri.TryCreate(place, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
        {
            foreach (var line in (await FetchAsync(place, cancel)).Split('\n', StringSplitOptions.RemoveEmptyEntries))
                yield return SignedHead.Parse(line);
        }
        else
        {
            await foreach (var head in new PublishedHeads(place).ReadAsync(cancel))
                yield return head;
        }
    }

    private static async Task<string> FetchAsync(string address, CancellationToken cancel)
    {
        using var client = new HttpClient();
        try
        {
            return await client.GetStringAsync(address, cancel);
        }
        catch (HttpRequestException e)
        {
            throw new UserException($"{address} does not answer with a head: {e.Message}");
        }
    }
}
