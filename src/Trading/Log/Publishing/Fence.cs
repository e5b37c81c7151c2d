using System.Text;
using Trading.Log.Notes;
using Trading.Merkle;
using Trading.Vault;

namespace Trading.Log.Publishing;

/// <summary>
/// The last checkpoint that was published, kept outside the database. A database that was restored, or that somebody changed, is shorter
/// or has another root: then nothing more is signed, for two histories under one key could never be told apart again.
/// </summary>
public sealed class Fence(string file, PublishedTree tree)
{
    /// <summary>
    /// Keeps every other process from moving the fences of a directory, even if this one stands still for a while and does not know that
    /// the database has given its place to another.
    /// </summary>
    /// <returns>To be kept while they are moved; null while another keeps it.</returns>
    public static FileStream? Take(string directory)
    {
        SecretFile.CreateDirectory(directory);
        try
        {
            return new FileStream(Path.Combine(directory, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <exception cref="LogStoppedException">The file holds no checkpoint of ours.</exception>
    public async Task<Checkpoint?> Published(CancellationToken ct)
    {
        if (!File.Exists(file)) return null;
        var note = await File.ReadAllTextAsync(file, ct);
        return tree.Open(note) ?? throw new LogStoppedException($"{file} holds no checkpoint signed by a key of {tree.Origin}.");
    }

    /// <summary>The published note with our signatures alone, also where the fence was put back from a file that witnesses had cosigned.</summary>
    /// <exception cref="LogStoppedException">The file holds no note.</exception>
    public async Task<SignedNote> Note(CancellationToken ct) => SignedNote.TryParse(await File.ReadAllTextAsync(file, ct), out var note)
        ? tree.Own(note)
        : throw new LogStoppedException($"{file} holds no note.");

    /// <exception cref="LogStoppedException">The note is older than what was published, or none of ours.</exception>
    public async Task Move(SignedNote note, CancellationToken ct)
    {
        var size = tree.Open(note.ToString())?.Size ?? throw new LogStoppedException($"A note that no key of {tree.Origin} has signed is not published.");
        if (await Published(ct) is { } published && published.Size > size)
            throw new LogStoppedException($"{file} is of {published.Size} entries and does not go back to {size}.");
        await DurableFile.Write(file, Encoding.UTF8.GetBytes(note.ToString()), ct);
    }

    /// <summary>Whether the database may go on from a checkpoint that was published.</summary>
    /// <param name="size">Of the tree in the database; read after the checkpoint, for the log grows.</param>
    /// <exception cref="LogStoppedException">It may not: the database has fewer entries, or others.</exception>
    public async Task Check(ITiles tiles, Checkpoint published, long size, CancellationToken ct)
    {
        if (size < published.Size)
            throw Differs($"The database has {size} entries of {tree.Origin}, but {published.Size} were published: it was restored from an older state.");
        byte[] root;
        try
        {
            root = await tiles.Root(tree.Hash, published.Size, ct);
        }
        catch (InvalidDataException missing)
        {
            throw Differs($"The tree {tree.Origin} has holes: {missing.Message}");
        }

        if (!root.AsSpan().SequenceEqual(published.Root))
            throw Differs($"The first {published.Size} entries of {tree.Origin} are not those that were published: their root is another.");
    }

    /// <summary>Whether a root is one that continues what was published, proved by the hashes of the tree; the table of roots is not believed.</summary>
    /// <exception cref="LogStoppedException">It is not.</exception>
    public async Task CheckGrowth(ITiles tiles, Checkpoint? published, long size, byte[] root, CancellationToken ct)
    {
        var older = published?.Size ?? 0;
        try
        {
            var proof = await tiles.Read(tree.Hash, size, Proof.OfConsistency(older, size), ct);
            var own = await tiles.Root(tree.Hash, size, ct);
            if (root.AsSpan().SequenceEqual(own) && Proof.IsConsistent(tree.Hash, older, size, published?.Root ?? tree.Hash.Empty, root, proof)) return;
        }
        catch (InvalidDataException missing)
        {
            throw Differs($"The tree {tree.Origin} has holes: {missing.Message}");
        }

        throw Differs($"The root of {size} entries of {tree.Origin} in the database does not continue the {older} that were published.");
    }

    /// <summary>There is no fence, which only a log that has published no entry may lack.</summary>
    /// <param name="last">The size of the last checkpoint that was published.</param>
    /// <exception cref="LogStoppedException">Entries were published.</exception>
    public void CheckAbsence(long last)
    {
        if (last > 0) throw new LogStoppedException($"{file} is gone, while a checkpoint of {last} entries was published; put it back from the published files.");
    }

    private static LogStoppedException Differs(string message) => new(message) { DatabaseDiffers = true };
}
