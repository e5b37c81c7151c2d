namespace Trading.Merkle;

/// <summary>Where the hashes of a tree are kept: the database, or the files a log has published.</summary>
public interface ITiles
{
    /// <summary>The tile's hashes, one after the other.</summary>
    /// <exception cref="InvalidDataException">There is no such tile, or it is narrower.</exception>
    Task<byte[]> Read(Tile tile, CancellationToken ct);
}

public static class ProofOfTiles
{
    /// <summary>The hashes of a proof's parts, out of the tiles of a tree of this size.</summary>
    public static async Task<IReadOnlyList<byte[]>> Read(
        this ITiles tiles, TreeHash hash, long size, IReadOnlyList<(long From, long Until)> parts, CancellationToken ct)
    {
        var read = new Dictionary<Tile, byte[]>();
        var proof = new List<byte[]>();
        foreach (var (from, until) in parts)
        {
            var subtrees = new List<byte[]>();
            foreach (var subtree in Subtree.Of(from, until))
            {
                var tile = Tile.Holding(subtree, size);
                if (!read.TryGetValue(tile, out var hashes)) read[tile] = hashes = await tiles.Read(tile, ct);
                subtrees.Add(tile.Fold(hash, subtree, hashes));
            }

            proof.Add(Subtree.Fold(hash, subtrees));
        }

        return proof;
    }

    public static async Task<byte[]> Root(this ITiles tiles, TreeHash hash, long size, CancellationToken ct) =>
        size is 0 ? hash.Empty : (await tiles.Read(hash, size, [(0, size)], ct))[0];
}
