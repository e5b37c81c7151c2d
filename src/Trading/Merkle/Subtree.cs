using System.Numerics;

namespace Trading.Merkle;

/// <summary>A complete subtree: 2^<paramref name="Height"/> leaves, beginning with leaf <paramref name="Index"/> · 2^<paramref name="Height"/>.</summary>
public readonly record struct Subtree(int Height, long Index)
{
    /// <summary>Leaves from <paramref name="from"/> up to and without <paramref name="until"/>, in the fewest complete subtrees, from left to right.</summary>
    public static IEnumerable<Subtree> Of(long from, long until)
    {
        while (from < until)
        {
            var height = Math.Min(BitOperations.TrailingZeroCount(from), BitOperations.Log2((ulong)(until - from)));
            yield return new Subtree(height, from >> height);
            from += 1L << height;
        }
    }

    /// <summary>The hash over neighbouring subtrees of one range (RFC 6962 §2.1: MTH).</summary>
    public static byte[] Fold(TreeHash hash, IReadOnlyList<byte[]> hashes)
    {
        if (hashes.Count is 0) return hash.Empty;
        var folded = hashes[^1];
        for (var i = hashes.Count - 2; i >= 0; i--) folded = hash.Node(hashes[i], folded);
        return folded;
    }
}
