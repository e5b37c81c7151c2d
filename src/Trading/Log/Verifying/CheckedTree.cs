using System.Runtime.InteropServices;
using Trading.Log.Notes;
using Trading.Merkle;

namespace Trading.Log.Verifying;

/// <summary>A tree as the entries make it, against which all that is published or kept of it is held.</summary>
/// <param name="prefix">Of its files below the log's; empty for the main tree.</param>
/// <param name="keys">Of the log; one of them must have signed a checkpoint, and none wrongly.</param>
public sealed class CheckedTree(TreeHash hash, string prefix, IReadOnlyList<VerifierKey> keys)
{
    private readonly Frontier frontier = new(hash);
    private readonly List<List<byte>> levels = [];

    public TreeHash Hash => hash;

    public string Prefix => prefix;

    public string Origin => keys[0].Name;

    /// <summary>The entries added so far.</summary>
    public long Size => frontier.Size;

    public void Append(ReadOnlySpan<byte> entry)
    {
        foreach (var (subtree, subtreeHash) in frontier.Append(hash.Leaf(entry)))
        {
            if (subtree.Height % Tile.Bits is not 0) continue;
            while (levels.Count <= subtree.Height / Tile.Bits) levels.Add([]);
            levels[subtree.Height / Tile.Bits].AddRange(subtreeHash);
        }
    }

    /// <summary>A hash of a level of tiles, which this tree must reach.</summary>
    public ReadOnlySpan<byte> HashAt(int level, long index) =>
        CollectionsMarshal.AsSpan(levels[level]).Slice(checked((int)index) * TreeHash.Length, TreeHash.Length);

    /// <summary>The subtrees of the first entries, as a head keeps them.</summary>
    public IReadOnlyList<byte[]> FrontierAt(long size) => [.. Subtree.Of(0, size).Select(subtree =>
    {
        var tile = Tile.Holding(subtree, size);
        return tile.Fold(hash, subtree, CollectionsMarshal.AsSpan(levels[tile.Level]).Slice(checked((int)tile.First) * TreeHash.Length, tile.Width * TreeHash.Length));
    })];

    public byte[] RootAt(long size) => Subtree.Fold(hash, FrontierAt(size));

    /// <summary>Reads a checkpoint and checks its signatures.</summary>
    /// <param name="name">What findings call it.</param>
    public Checkpoint? Open(string? text, string name, IReadOnlyList<VerifierKey> witnesses, Findings findings)
    {
        if (text is null || !SignedNote.TryParse(text, out var note) || !Checkpoint.TryParse(note.Text, out var checkpoint))
        {
            findings.Add($"{name}: there is none, or it is no checkpoint");
            return null;
        }

        if (note.ToString() != text) findings.Add($"{name}: it is not written as checkpoints are");   // base64 has bits that say nothing
        if (checkpoint.Origin != Origin) findings.Add($"{name}: it is of {checkpoint.Origin}, not of {Origin}");
        var signed = keys.Where(key => note.Signatures.Any(s => s.Name == key.Name && s.KeyId == key.Id)).ToList();
        if (signed.Count is 0) findings.Add($"{name}: {Origin} has not signed it");
        foreach (var key in signed.Where(key => !key.HasSigned(note))) findings.Add($"{name}: the signature of {key.Name} is wrong");
        foreach (var witness in witnesses.Where(w => !w.HasSigned(note))) findings.Add($"{name}: the witness {witness.Name} has not signed it");
        return checkpoint;
    }

    /// <summary>Whether a checkpoint is of the first of these entries.</summary>
    public void Continue(Checkpoint checkpoint, string name, Findings findings)
    {
        if (checkpoint.Size > Size) findings.Add($"{name}: it has {checkpoint.Size} entries, while the log has {Size}");
        else if (!RootAt(checkpoint.Size).AsSpan().SequenceEqual(checkpoint.Root)) findings.Add($"{name}: its root is not that of the first {checkpoint.Size} entries");
    }
}
