using System.Runtime.CompilerServices;

namespace HousingBank.Store.Seals;

/// <summary>Heads kept outside the database, one line of JSON for each: whoever rewrites the database cannot take back what stands here.</summary>
/// <param name="file">Several processes may add to the same file; a place that only takes additions serves best.</param>
public sealed class PublishedHeads(string file)
{
    public async Task AddAsync(SignedHead head, CancellationToken cancel)
    {
        if (Path.GetDirectoryName(file) is { Length: > 0 } folder)
            Directory.CreateDirectory(folder);
        // One write of one line: lines of two processes do not mix.
        await File.AppendAllTextAsync(file, head.ToJson() + "\n", cancel);
    }

    /// <returns>Null when nothing has been published yet.</returns>
    /// <exception cref="InvalidDataException">A line is no head.</exception>
    public async Task<SignedHead?> LastAsync(CancellationToken cancel)
    {
        SignedHead? last = null;
        if (File.Exists(file))
        {
            await foreach (var head in ReadAsync(cancel))
                last = head;
        }

        return last;
    }

    /// <summary>All that stand there, oldest first.</summary>
    /// <exception cref="InvalidDataException">A line is no head.</exception>
    public async IAsyncEnumerable<SignedHead> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var line in File.ReadLinesAsync(file, cancel))
        {
            if (line.Length > 0)
                yield return SignedHead.Parse(line);
        }
    }
}
