using System.Globalization;
using System.Text;
using Trading.Log.Notes;
using Trading.Merkle;

namespace Trading.Log.Verifying;

/// <summary>
/// Checks the files of a log by themselves, with nothing but its public keys: signatures, every entry against its hash, every tile, the
/// roots, long notices, and the order of versions within each procedure. What lies there beyond the checkpoint is not promised yet.
/// </summary>
/// <param name="directory">That holds <c>checkpoint</c> and <c>tile</c>.</param>
/// <param name="trees">The main tree first.</param>
public sealed class PublishedLog(string directory, IReadOnlyList<CheckedTree> trees, IReadOnlyList<VerifierKey> witnesses)
{
    public const string Unfinished = ".new";
    private readonly CheckedEntries entries = new(directory);
    private readonly Dictionary<CheckedTree, Checkpoint> checkpoints = [];

    public IReadOnlyList<CheckedTree> Trees => trees;

    public CheckedTree Main => trees[0];

    /// <summary>Of the main tree; null when it cannot be read.</summary>
    public Checkpoint? Checkpoint => CheckpointOf(Main);

    /// <summary>The entries that were read.</summary>
    public long Size { get; private set; }

    /// <returns>Null when it cannot be read.</returns>
    public Checkpoint? CheckpointOf(CheckedTree tree) => checkpoints.GetValueOrDefault(tree);

    /// <param name="older">Checkpoints seen before, which this log must continue, and their names.</param>
    public async Task Check(IReadOnlyList<(string Name, string Note)> older, Findings findings, CancellationToken ct)
    {
        foreach (var tree in trees.Reverse())   // the main tree is published first, so that the others, read before, are never ahead of it
        {
            var name = Named(tree, "checkpoint");
            if (tree.Open(await Text(name, ct), name, tree == Main ? witnesses : [], findings) is { } checkpoint) checkpoints[tree] = checkpoint;
        }

        if (Checkpoint is null) return;
        await ReadEntries(Checkpoint.Size, findings, ct);
        foreach (var (tree, checkpoint) in checkpoints) tree.Continue(checkpoint, Named(tree, "checkpoint"), findings);
        foreach (var (tree, checkpoint) in checkpoints) await CheckTiles(tree, checkpoint, findings, ct);
        entries.CheckRest(Size, findings);
        foreach (var (name, note) in older) CheckOlder(name, note, findings);
    }

    private static string Named(CheckedTree tree, string path) => tree.Prefix.Length is 0 ? path : $"{tree.Prefix}/{path}";

    private async Task ReadEntries(long promised, Findings findings, CancellationToken ct)
    {
        for (var first = 0L; first < promised; first += Tile.FullWidth)
        {
            var tile = new Tile(0, first >> Tile.Bits, (int)Math.Min(Tile.FullWidth, promised - first));
            var (path, bundle) = await Widest(tile, t => t.EntriesPath, ct);
            var read = Read(path, bundle, findings);
            foreach (var entry in read.Take(tile.Width))
            {
                await entries.Check(Size, entry, findings, ct);
                foreach (var tree in trees) tree.Append(entry);
                Size++;
            }

            if (read.Count < tile.Width)
            {
                findings.Add($"{path}: {read.Count} entries instead of {tile.Width}; position {Size} is missing");
                return;
            }

            if (path == tile.EntriesPath && read.Count > tile.Width) findings.Add($"{path}: {read.Count} entries instead of {tile.Width}");
        }
    }

    private static IReadOnlyList<byte[]> Read(string path, byte[]? bundle, Findings findings)
    {
        try
        {
            return bundle is null ? [] : EntryBundle.Read(bundle);
        }
        catch (InvalidDataException wrong)
        {
            findings.Add($"{path}: {wrong.Message}");
            return [];
        }
    }

    private async Task CheckTiles(CheckedTree tree, Checkpoint checkpoint, Findings findings, CancellationToken ct)
    {
        var size = Math.Min(checkpoint.Size, Size);
        var holds = size == checkpoint.Size && tree.RootAt(size).AsSpan().SequenceEqual(checkpoint.Root);
        foreach (var tile in Tile.Grown(0, size))
            if ((await Widest(tile, t => Named(tree, t.Path), ct)).Bytes is null) findings.Add($"{Named(tree, tile.Path)}: it is missing");

        var top = Path.Combine(directory, Named(tree, "tile"));
        if (!Directory.Exists(top)) return;
        foreach (var file in Directory.EnumerateFiles(top, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (file.EndsWith(Unfinished, StringComparison.Ordinal)) continue;
            var path = Path.GetRelativePath(directory, file).Replace(Path.DirectorySeparatorChar, '/');
            var place = Path.GetRelativePath(top, file).Replace(Path.DirectorySeparatorChar, '/').Split('/', 2);
            var ofEntries = place[0] is "entries" && tree == Main;
            var level = ofEntries ? 0 : int.TryParse(place[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
            if (place.Length < 2 || !Tile.TryParse(level, place[1], out var tile)) findings.Add($"{path}: it is not of this log");
            else if (await Bytes(path, ct) is not { } bytes) continue;   // it has just given way to a wider one
            else if (ofEntries) CheckBundle(path, tile, bytes, findings);
            else CheckTile(tree, path, tile, size, holds, bytes, findings);
        }
    }

    /// <param name="holds">Whether the entries make the root that was signed; otherwise it is they that are wrong, not the tile.</param>
    private static void CheckTile(CheckedTree tree, string path, Tile tile, long size, bool holds, byte[] bytes, Findings findings)
    {
        if (bytes.Length != tile.Width * TreeHash.Length) findings.Add($"{path}: {bytes.Length} bytes instead of {tile.Width} hashes");
        var due = Math.Min(Math.Min(tile.Width, bytes.Length / TreeHash.Length), Tile.Reach(tile.Level, size) - tile.First);
        for (var i = 0; i < due; i++)
        {
            if (bytes.AsSpan(i * TreeHash.Length, TreeHash.Length).SequenceEqual(tree.HashAt(tile.Level, tile.First + i))) continue;
            var position = (tile.First + i) << (Tile.Bits * tile.Level);
            findings.Add(tile.Level is 0 && !holds
                ? $"position {position}: its entry in {tile.EntriesPath} is not the one of {path}"
                : $"{path}: hash {i} is not that of the entries, from position {position} on");
            return;
        }
    }

    /// <summary>What the bundles say that were not read because there is a wider one.</summary>
    private void CheckBundle(string path, Tile tile, byte[] bundle, Findings findings)
    {
        var due = Math.Min(tile.Width, Size - tile.First);
        if (due <= 0) return;
        var read = Read(path, bundle, findings);
        for (var i = 0; i < Math.Min(due, read.Count); i++)
        {
            if (Main.Hash.Leaf(read[i]).AsSpan().SequenceEqual(Main.HashAt(0, tile.First + i))) continue;
            findings.Add($"{path}: the entry at position {tile.First + i} is another");
            return;
        }

        if (read.Count != tile.Width) findings.Add($"{path}: {read.Count} entries instead of {tile.Width}");
    }

    private void CheckOlder(string name, string note, Findings findings)
    {
        var tree = SignedNote.TryParse(note, out var signed) && Checkpoint.TryParse(signed.Text, out var told)
            ? trees.FirstOrDefault(t => t.Origin == told.Origin) ?? Main
            : Main;
        if (tree.Open(note, name, [], findings) is { } checkpoint) tree.Continue(checkpoint, name, findings);
    }

    /// <summary>A tile's file, or the full one it may have given way to.</summary>
    private async Task<(string Path, byte[]? Bytes)> Widest(Tile tile, Func<Tile, string> path, CancellationToken ct)
    {
        if (await Bytes(path(tile), ct) is { } bytes) return (path(tile), bytes);
        var full = path(tile with { Width = Tile.FullWidth });
        return await Bytes(full, ct) is { } wider ? (full, wider) : (path(tile), null);
    }

    private async Task<string?> Text(string path, CancellationToken ct) => await Bytes(path, ct) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    private async Task<byte[]?> Bytes(string path, CancellationToken ct)
    {
        try
        {
            return await File.ReadAllBytesAsync(Path.Combine(directory, path), ct);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
