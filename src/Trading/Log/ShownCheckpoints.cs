using System.Collections.Concurrent;
using Trading.Log.Notes;
using Trading.Merkle;

namespace Trading.Log;

/// <summary>
/// The largest checkpoint of each tree that this node has shown. Published files can be behind the database, and a database that was restored
/// can be behind both. As long as a node runs, it never returns a smaller checkpoint than before.
/// </summary>
public sealed class ShownCheckpoints
{
    private readonly ConcurrentDictionary<TreeHash, (long Size, string Note)> shown = [];

    /// <param name="note">What could be read now; null where nothing could.</param>
    /// <returns>This one, or a larger one that was shown before; null where there is neither.</returns>
    public string? Latest(TreeHash tree, string? note)
    {
        if (note is not null && SignedNote.TryParse(note, out var signed) && Checkpoint.TryParse(signed.Text, out var checkpoint))
            return shown.AddOrUpdate(
                tree, (checkpoint.Size, note),
                (_, before) => (checkpoint.Size, note.Length).CompareTo((before.Size, before.Note.Length)) >= 0 ? (checkpoint.Size, note) : before).Note;   // a longer one has more cosignatures
        return shown.TryGetValue(tree, out var last) ? last.Note : note;
    }
}
