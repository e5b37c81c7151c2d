using System.Numerics;

namespace Trading.Merkle;

/// <summary>
/// As much of a tree as it takes to go on growing it: its size and the hashes of the complete subtrees it consists of, from left to
/// right. At most 63.
/// </summary>
public sealed class Frontier
{
    private readonly TreeHash hash;
    private readonly List<byte[]> hashes;

    /// <exception cref="ArgumentException">There are not as many hashes as a tree of this size consists of.</exception>
    public Frontier(TreeHash hash, long size, IEnumerable<byte[]> hashes)
    {
        (this.hash, Size, this.hashes) = (hash, size, [.. hashes]);
        if (this.hashes.Count != BitOperations.PopCount((ulong)size) || this.hashes.Any(h => h.Length is not TreeHash.Length))
            throw new ArgumentException($"A tree of {size} leaves does not consist of {this.hashes.Count} subtrees.", nameof(hashes));
    }

    public Frontier(TreeHash hash) : this(hash, 0, []) { }

    public long Size { get; private set; }

    public IReadOnlyList<byte[]> Hashes => hashes;

    public byte[] Root => Subtree.Fold(hash, hashes);

    /// <summary>Adds a leaf by its hash.</summary>
    /// <returns>The subtrees the leaf completes, itself first.</returns>
    public IReadOnlyList<(Subtree Subtree, byte[] Hash)> Append(byte[] leafHash)
    {
        var completed = new List<(Subtree, byte[])> { (new Subtree(0, Size), leafHash) };
        var top = leafHash;
        for (var height = 1; (Size >> (height - 1) & 1) is 1; height++)
        {
            top = hash.Node(hashes[^1], top);
            hashes.RemoveAt(hashes.Count - 1);
            completed.Add((new Subtree(height, Size >> height), top));
        }

        hashes.Add(top);
        Size++;
        return completed;
    }
}
