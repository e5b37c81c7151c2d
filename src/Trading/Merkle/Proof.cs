using System.Numerics;

namespace Trading.Merkle;

/// <summary>
/// Which hashes prove that a leaf is in a tree, or that a tree grew out of another (RFC 6962 §2.1.1, §2.1.2). Each part is a range of
/// leaves; its hash is the fold of its subtrees.
/// </summary>
public static class Proof
{
    /// <summary>From the leaf's sibling up to the child of the root.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tree has no such leaf.</exception>
    public static IReadOnlyList<(long From, long Until)> OfInclusion(long leaf, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(leaf);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(leaf, size);
        var parts = new List<(long, long)>();
        for (var (from, until) = (0L, size); until - from > 1;)
        {
            var middle = Middle(from, until);
            parts.Add(leaf < middle ? (middle, until) : (from, middle));
            (from, until) = leaf < middle ? (from, middle) : (middle, until);
        }

        parts.Reverse();
        return parts;
    }

    /// <exception cref="ArgumentOutOfRangeException">The older tree is larger than the newer one, or negative.</exception>
    public static IReadOnlyList<(long From, long Until)> OfConsistency(long older, long newer)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(older);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(older, newer);
        var parts = new List<(long, long)>();
        if (older is 0 || older == newer) return parts;
        var (from, until) = (0L, newer);
        while (until > older)
        {
            var middle = Middle(from, until);
            parts.Add(older <= middle ? (middle, until) : (from, middle));
            (from, until) = older <= middle ? (from, middle) : (middle, until);
        }

        if (from > 0) parts.Add((from, until));   // the older tree is no complete subtree of the newer, so its last part must be told
        parts.Reverse();
        return parts;
    }

    /// <summary>Whether the hashes lead from the leaf to the root (RFC 9162 §2.1.3.2).</summary>
    public static bool IsIncluded(TreeHash hash, long leaf, long size, byte[] leafHash, IReadOnlyList<byte[]> proof, byte[] root)
    {
        if (leaf < 0 || leaf >= size) return false;
        var (node, last, folded) = (leaf, size - 1, leafHash);
        foreach (var sibling in proof)
        {
            if (last is 0) return false;
            if ((node & 1) is 1 || node == last)
            {
                folded = hash.Node(sibling, folded);
                while ((node & 1) is 0 && node is not 0) (node, last) = (node >> 1, last >> 1);
            }
            else
            {
                folded = hash.Node(folded, sibling);
            }

            (node, last) = (node >> 1, last >> 1);
        }

        return last is 0 && folded.AsSpan().SequenceEqual(root);
    }

    /// <summary>Whether the newer tree begins with all leaves of the older one (RFC 9162 §2.1.4.2).</summary>
    public static bool IsConsistent(TreeHash hash, long older, long newer, byte[] olderRoot, byte[] newerRoot, IReadOnlyList<byte[]> proof)
    {
        if (older < 0 || older > newer) return false;
        if (older is 0) return proof.Count is 0 && olderRoot.AsSpan().SequenceEqual(hash.Empty);
        if (older == newer) return proof.Count is 0 && olderRoot.AsSpan().SequenceEqual(newerRoot);

        IEnumerable<byte[]> path = BitOperations.IsPow2(older) ? [olderRoot, .. proof] : proof;
        if (!path.Any()) return false;
        var (node, last) = (older - 1, newer - 1);
        while ((node & 1) is 1) (node, last) = (node >> 1, last >> 1);
        var (foldedOlder, foldedNewer) = (path.First(), path.First());
        foreach (var sibling in path.Skip(1))
        {
            if (last is 0) return false;
            if ((node & 1) is 1 || node == last)
            {
                foldedOlder = hash.Node(sibling, foldedOlder);
                foldedNewer = hash.Node(sibling, foldedNewer);
                while ((node & 1) is 0 && node is not 0) (node, last) = (node >> 1, last >> 1);
            }
            else
            {
                foldedNewer = hash.Node(foldedNewer, sibling);
            }

            (node, last) = (node >> 1, last >> 1);
        }

        return last is 0 && foldedOlder.AsSpan().SequenceEqual(olderRoot) && foldedNewer.AsSpan().SequenceEqual(newerRoot);
    }

    /// <summary>Where RFC 6962 splits a range: after the largest power of two that is smaller than it.</summary>
    private static long Middle(long from, long until) => from + (1L << BitOperations.Log2((ulong)(until - from - 1)));
}
