using System.Globalization;
using System.Text;
using Trading.Merkle;

namespace Trading.Tests.Merkle;

/// <summary>A tree in memory whose leaf i is the text of i, grown leaf by leaf.</summary>
internal sealed class MemoryTiles(TreeHash hash) : ITiles
{
    private readonly Dictionary<int, List<byte>> levels = [];
    private readonly Dictionary<Tile, byte[]> read = [];

    public Frontier Frontier { get; } = new(hash);

    public static MemoryTiles OfSize(TreeHash hash, long size)
    {
        var tiles = new MemoryTiles(hash);
        while (tiles.Frontier.Size < size) tiles.Grow();
        return tiles;
    }

    public static byte[] Entry(long leaf) => Encoding.ASCII.GetBytes(leaf.ToString(CultureInfo.InvariantCulture));

    public void Grow()
    {
        read.Clear();
        foreach (var (subtree, subtreeHash) in Frontier.Append(hash.Leaf(Entry(Frontier.Size))))
        {
            if (subtree.Height % Tile.Bits is not 0) continue;
            if (!levels.TryGetValue(subtree.Height / Tile.Bits, out var level)) levels[subtree.Height / Tile.Bits] = level = [];
            level.AddRange(subtreeHash);
        }
    }

    public Task<byte[]> Read(Tile tile, CancellationToken ct)
    {
        if (!read.TryGetValue(tile, out var hashes))
            read[tile] = hashes = levels[tile.Level].GetRange((int)tile.First * TreeHash.Length, tile.Width * TreeHash.Length).ToArray();
        return Task.FromResult(hashes);
    }
}
