using System.Numerics;
using System.Security.Cryptography;

namespace HousingBank.Store.Seals;

/// <summary>Trees of SHA-256 as RFC 6962 builds them: split at the greatest power of two below the number of leaves.</summary>
/// <remarks>What is hashed begins with a byte that says what it is, so that no node can pass for another: 0 an event, 1 a node within a tree, 2 a seal.</remarks>
internal static class Merkle
{
    public const int HashSize = SHA256.HashSizeInBytes;

    private const byte Inner = 1;

    /// <param name="leaves">Hashes of 32 bytes, one after the other; at least one.</param>
    public static byte[] Root(ReadOnlySpan<byte> leaves)
    {
        var count = leaves.Length / HashSize;
        if (count == 1)
            return leaves.ToArray();
        var left = Split(count) * HashSize;
        return Node(Root(leaves[..left]), Root(leaves[left..]));
    }

    /// <summary>What somebody who has only some of the leaves needs to compute the root: the roots of the largest parts that hold none of theirs, from left to right.</summary>
    /// <param name="known">Places of the leaves they have: ascending, counted from 0.</param>
    public static List<byte[]> Missing(ReadOnlySpan<byte> leaves, IReadOnlyList<int> known)
    {
        var hashes = new List<byte[]>();
        var next = 0;
        Collect(leaves, 0, known, ref next, hashes);
        return hashes;
    }

    private static void Collect(ReadOnlySpan<byte> leaves, int from, IReadOnlyList<int> known, ref int next, List<byte[]> hashes)
    {
        var count = leaves.Length / HashSize;
        if (next == known.Count || known[next] >= from + count)
        {
            hashes.Add(Root(leaves));
        }
        else if (count == 1)
        {
            next++;
        }
        else
        {
            var left = Split(count);
            Collect(leaves[..(left * HashSize)], from, known, ref next, hashes);
            Collect(leaves[(left * HashSize)..], from + left, known, ref next, hashes);
        }
    }

    public static byte[] Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> node = stackalloc byte[1 + (2 * HashSize)];
        node[0] = Inner;
        left.CopyTo(node[1..]);
        right.CopyTo(node[(1 + HashSize)..]);
        return SHA256.HashData(node);
    }

    private static int Split(int count) => 1 << (31 - BitOperations.LeadingZeroCount((uint)(count - 1)));
}

/// <summary>A tree that grows leaf by leaf; it remembers a hash for each power of two in its size.</summary>
internal sealed class GrowingTree
{
    private readonly List<byte[]> _peaks = [];

    public long Size { get; private set; }

    public void Add(byte[] leaf)
    {
        var peak = leaf;
        // A binary counter: each one at its end means that two parts of the same size become one.
        for (var carry = Size; (carry & 1) == 1; carry >>= 1)
        {
            peak = Merkle.Node(_peaks[^1], peak);
            _peaks.RemoveAt(_peaks.Count - 1);
        }

        _peaks.Add(peak);
        Size++;
    }

    /// <summary>The root it would have with one more leaf.</summary>
    public byte[] RootWith(byte[] leaf)
    {
        var root = leaf;
        for (var i = _peaks.Count - 1; i >= 0; i--)
            root = Merkle.Node(_peaks[i], root);
        return root;
    }
}
