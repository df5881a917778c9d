namespace HousingBank.Store.Seals;

/// <summary>Follows seals from the first on and says whether each fits to those before it.</summary>
internal sealed class SealWalk
{
    private readonly GrowingTree _tree = new();
    private byte[] _previous = Seal.NoneBefore;
    private long _number;
    private long _first = 1;
    private bool _treeIsLost;

    /// <summary>The first ordinal that no seal so far covers.</summary>
    public long NextOrdinal { get; private set; } = 1;

    /// <summary>The first ordinal that can be meant by what is wrong with the seal that was followed last.</summary>
    public long FirstMeant { get; private set; }

    public long Seals { get; private set; }

    public Head? Newest { get; private set; }

    /// <summary>True when an earlier seal was signed.</summary>
    public bool WasSigned { get; set; }

    /// <returns>What is wrong with it, null when nothing is; and whether its leaves can be compared with events.</returns>
    public (string? What, bool IsReadable) Follow(Seal seal)
    {
        FirstMeant = NextOrdinal;
        var what = WhatIsWrong(seal);
        // Where it begins elsewhere than it should, one before it may be gone, or it was changed itself: then it says nothing of where it begins.
        var isReadable = seal.Form == CanonicalEvent.Form && CountFits(seal)
            && (seal.First == NextOrdinal || seal.First > NextOrdinal && seal.ComputeHash().AsSpan().SequenceEqual(seal.Hash));
        Seals++;
        (_number, _previous, Newest) = (seal.Number, seal.Hash, seal.Head.Head);
        if (isReadable)
            (_first, NextOrdinal) = (seal.First, seal.Last + 1);
        return (what, isReadable);
    }

    private string? WhatIsWrong(Seal seal)
    {
        var leaf = seal.Hash.Length == Merkle.HashSize ? seal.Hash : seal.ComputeHash();
        var tree = Convert.ToHexStringLower(_tree.RootWith(leaf));
        _tree.Add(leaf);
        if (seal.Number != _number + 1)
        {
            _treeIsLost = true;
            if (seal.Number <= _number)
                return "comes after one with the same number";
            return seal.Number == _number + 2 ? $"comes after one that is gone ({_number + 1})" : $"comes after some that are gone ({_number + 1} to {seal.Number - 1})";
        }

        if (seal.Form != CanonicalEvent.Form)
            return $"is of form {seal.Form}, which this program does not know";
        if (!seal.ComputeHash().AsSpan().SequenceEqual(seal.Hash))
            return "was changed: its columns do not give its hash";
        if (!CountFits(seal))
            return "was changed: it has not one hash for each event";
        if (seal.First != NextOrdinal)
            return $"was changed: it should begin with event {NextOrdinal}";
        if (!seal.Previous.AsSpan().SequenceEqual(_previous))
        {
            FirstMeant = _first;
            return "does not follow from the seal before it, which was changed";
        }

        if (!Merkle.Root(seal.Leaves).AsSpan().SequenceEqual(seal.Root))
            return "was changed: the hashes of its events do not give its root";
        if (!_treeIsLost && seal.Head.Head.Tree != tree)
        {
            _treeIsLost = true;
            return "was changed, or one before it: its head does not hold the root over all seals";
        }

        return null;
    }

    private static bool CountFits(Seal seal)
    {
        var (count, rest) = Math.DivRem(seal.Leaves.Length, Merkle.HashSize);
        // Behind the greatest ordinal there would be no next one.
        return count > 0 && rest == 0 && seal.First > 0 && seal.Last is > 0 and < long.MaxValue && seal.Last - seal.First + 1 == count;
    }
}
