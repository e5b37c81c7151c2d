using Trading.Log.Notes;
using Trading.Merkle;

namespace Trading.Log.Verifying;

/// <summary>
/// Checks the files of a log by themselves, with nothing but its public key: signature, every entry against its hash, every tile, the
/// root, and the order of versions within each procedure.
/// </summary>
/// <param name="directory">That holds <c>checkpoint</c> and <c>tile</c>.</param>
public sealed class PublishedLog(string directory, TreeHash hash, VerifierKey key, IReadOnlyList<VerifierKey> witnesses)
{
    private readonly List<List<byte>> levels = [];

    /// <summary>The hashes of all entries, once <see cref="Check"/> has read them.</summary>
    public long Size { get; private set; }

    public byte[] LeafHash(long position) => [.. levels[0].GetRange((int)position * TreeHash.Length, TreeHash.Length)];

    /// <param name="older">Checkpoints seen before, which this log must continue.</param>
    public async Task Check(IReadOnlyList<string> older, Findings findings, CancellationToken ct)
    {
        if (Opened(await Text("checkpoint", ct), "checkpoint", findings) is not { } checkpoint) return;
        Size = checkpoint.Size;
        await ReadEntries(findings, ct);
        if (!Root(Size).AsSpan().SequenceEqual(checkpoint.Root)) findings.Add($"checkpoint: its root is not that of the {Size} entries");
        foreach (var file in Directory.EnumerateFiles(Path.Combine(directory, "tile"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            await CheckTile(Path.GetRelativePath(directory, file).Replace(Path.DirectorySeparatorChar, '/'), findings, ct);
        foreach (var note in older) CheckOlder(note, findings);
    }

    private Checkpoint? Opened(string? text, string name, Findings findings)
    {
        if (text is null || !SignedNote.TryParse(text, out var note) || !Checkpoint.TryParse(note.Text, out var checkpoint))
        {
            findings.Add($"{name}: there is none, or it is no checkpoint");
            return null;
        }

        if (checkpoint.Origin != key.Name) findings.Add($"{name}: it is of {checkpoint.Origin}, not of {key.Name}");
        if (!key.HasSigned(note)) findings.Add($"{name}: {key.Name} has not signed it");
        foreach (var witness in witnesses.Where(w => !w.HasSigned(note))) findings.Add($"{name}: the witness {witness.Name} has not signed it");
        return checkpoint;
    }

    private async Task ReadEntries(Findings findings, CancellationToken ct)
    {
        var frontier = new Frontier(hash);
        var streams = new StreamOrder();
        for (var first = 0L; first < Size; first += Tile.FullWidth)
        {
            var tile = new Tile(0, first >> Tile.Bits, (int)Math.Min(Tile.FullWidth, Size - first));
            var entries = await Entries(tile, findings, ct);
            for (var i = 0; i < entries.Count; i++)
            {
                streams.Check(first + i, entries[i], findings);
                foreach (var (subtree, subtreeHash) in frontier.Append(hash.Leaf(entries[i])))
                {
                    if (subtree.Height % Tile.Bits is not 0) continue;
                    while (levels.Count <= subtree.Height / Tile.Bits) levels.Add([]);
                    levels[subtree.Height / Tile.Bits].AddRange(subtreeHash);
                }
            }

            if (entries.Count == tile.Width) continue;
            findings.Add($"{tile.EntriesPath}: {entries.Count} entries instead of {tile.Width}; position {first + entries.Count} is missing");
            Size = first + entries.Count;
        }
    }

    private async Task<IReadOnlyList<byte[]>> Entries(Tile tile, Findings findings, CancellationToken ct)
    {
        try
        {
            return await Bytes(tile.EntriesPath, ct) is { } bundle ? EntryBundle.Read(bundle) : [];
        }
        catch (InvalidDataException wrong)
        {
            findings.Add($"{tile.EntriesPath}: {wrong.Message}");
            return [];
        }
    }

    private byte[] Root(long size) =>
        Subtree.Fold(hash, [.. Subtree.Of(0, size).Select(s =>
        {
            var tile = Tile.Holding(s, size);
            return tile.Fold(hash, s, Expected(tile));
        })]);

    private byte[] Expected(Tile tile) => [.. levels[tile.Level].GetRange((int)tile.First * TreeHash.Length, tile.Width * TreeHash.Length)];

    private async Task CheckTile(string path, Findings findings, CancellationToken ct)
    {
        var parts = path.Split('/', 3);
        var entries = parts[1] is "entries";
        if (!Tile.TryParse(entries ? 0 : int.TryParse(parts[1], out var level) ? level : -1, parts[2], out var tile)
            || tile.First + tile.Width > Tile.Reach(tile.Level, Size))
        {
            findings.Add($"{path}: it is not of this log");
            return;
        }

        var bytes = (await Bytes(path, ct))!;
        if (entries)
        {
            if (!tile.IsFull) CheckNarrow(path, tile, bytes, findings);
            return;
        }

        var expected = Expected(tile);
        for (var i = 0; i < tile.Width; i++)
        {
            if (bytes.Length >= (i + 1) * TreeHash.Length && bytes.AsSpan(i * TreeHash.Length, TreeHash.Length).SequenceEqual(expected.AsSpan(i * TreeHash.Length, TreeHash.Length))) continue;
            findings.Add($"{path}: hash {i} is not that of the entries, from position {(tile.First + i) << (Tile.Bits * tile.Level)} on");
            return;
        }

        if (bytes.Length != expected.Length) findings.Add($"{path}: it is longer than {tile.Width} hashes");
    }

    private void CheckNarrow(string path, Tile tile, byte[] bundle, Findings findings)
    {
        try
        {
            var entries = EntryBundle.Read(bundle);
            for (var i = 0; i < tile.Width; i++)
            {
                if (i < entries.Count && hash.Leaf(entries[i]).AsSpan().SequenceEqual(LeafHash(tile.First + i))) continue;
                findings.Add($"{path}: the entry at position {tile.First + i} is another");
                return;
            }

            if (entries.Count != tile.Width) findings.Add($"{path}: {entries.Count} entries instead of {tile.Width}");
        }
        catch (InvalidDataException wrong)
        {
            findings.Add($"{path}: {wrong.Message}");
        }
    }

    private void CheckOlder(string note, Findings findings)
    {
        if (Opened(note, "older checkpoint", findings) is not { } checkpoint) return;
        if (checkpoint.Size > Size) findings.Add($"older checkpoint: it has {checkpoint.Size} entries, more than the log");
        else if (!Root(checkpoint.Size).AsSpan().SequenceEqual(checkpoint.Root)) findings.Add($"older checkpoint: the first {checkpoint.Size} entries are not those of this log");
    }

    private async Task<string?> Text(string path, CancellationToken ct) => await Bytes(path, ct) is { } bytes ? System.Text.Encoding.UTF8.GetString(bytes) : null;

    private async Task<byte[]?> Bytes(string path, CancellationToken ct) =>
        Path.Combine(directory, path) is var file && File.Exists(file) ? await File.ReadAllBytesAsync(file, ct) : null;
}
