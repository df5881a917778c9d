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
        // One write of one line: lines of two processes do not mix. What somebody wrote who died over it stays a line of its own.
        await File.AppendAllTextAsync(file, $"{(EndsWithin(file) ? "\n" : "")}{head.ToJson()}\n", cancel);
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

    /// <summary>All that stand there, oldest first; a line that was cut off is passed over.</summary>
    /// <exception cref="InvalidDataException">A line is no head.</exception>
    public async IAsyncEnumerable<SignedHead> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var line in File.ReadLinesAsync(file, cancel))
        {
            if (line.Length > 0 && !IsCutOff(line))
                yield return SignedHead.Parse(line);
        }
    }

    /// <summary>Its writer died: whoever is read after it says as much as it would have.</summary>
    private static bool IsCutOff(string line) => line.StartsWith('{') && !line.EndsWith('}');

    private static bool EndsWithin(string file)
    {
        if (!File.Exists(file))
            return false;
        using var read = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return read.Length > 0 && read.Seek(-1, SeekOrigin.End) >= 0 && read.ReadByte() != '\n';
    }
}
