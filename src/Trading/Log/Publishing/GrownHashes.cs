using Trading.Merkle;

namespace Trading.Log.Publishing;

/// <summary>
/// Checks the hashes that a tree has gained in the database before its root is signed: each leaf hash is computed from its entry, each hash
/// above from the 256 below it. The service's role may write these rows, and an intruder with it.
/// </summary>
internal sealed class GrownHashes(LogTiles tiles, TreeHash hash)
{
    /// <exception cref="InvalidDataException">A hash is another, or missing.</exception>
    public async Task Check(long older, long newer, CancellationToken ct)
    {
        foreach (var tile in Tile.Grown(older, newer))
        {
            var hashes = await tiles.Read(tile, ct);
            if (tile.Level is 0) await CheckEntries(tile, hashes, Math.Max(older, tile.First), ct);
            if (tile.IsFull) await CheckAbove(tile, hashes, ct);
        }
    }

    private async Task CheckEntries(Tile tile, ReadOnlyMemory<byte> hashes, long from, CancellationToken ct)
    {
        var (position, until) = (from, tile.First + tile.Width);
        await foreach (var entry in tiles.ReadEntries(from, until, ct))
        {
            if (!hash.Leaf(entry).AsSpan().SequenceEqual(hashes.Span.Slice((int)(position - tile.First) * TreeHash.Length, TreeHash.Length)))
                throw new InvalidDataException($"the hash kept for the entry {position} is another than the entry's.");
            position++;
        }

        if (position < until) throw new InvalidDataException($"{tile.EntriesPath} has {position - tile.First} entries.");
    }

    private async Task CheckAbove(Tile tile, ReadOnlyMemory<byte> hashes, CancellationToken ct)
    {
        var above = new Tile(tile.Level + 1, tile.Index >> Tile.Bits, (int)(tile.Index % Tile.FullWidth) + 1);
        var kept = await tiles.Read(above, ct);
        if (!Tile.Root(hash, hashes).AsSpan().SequenceEqual(kept.AsSpan()[^TreeHash.Length..]))
            throw new InvalidDataException($"the hash kept for {tile.Path} is another than its hashes make.");
    }
}
