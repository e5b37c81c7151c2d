using System.Collections.Concurrent;
using Trading.Log.Notes;
using Trading.Merkle;

namespace Trading.Log.Publishing;

/// <summary>A tree as it is put before the public.</summary>
/// <param name="Prefix">Of its files and addresses below the log's; empty for the main tree.</param>
/// <param name="Signers">Every one of them signs every checkpoint; while keys change there are two.</param>
public sealed record PublishedTree(TreeHash Hash, string Origin, string Prefix, IReadOnlyList<INoteSigner> Signers)
{
    /// <summary>Rows of the table of checkpoints that no key of ours has signed are passed over, so many at a time.</summary>
    public const int MostPassedOver = 8;

    private const int MostRemembered = 1_000;
    private readonly ConcurrentDictionary<string, Checkpoint> opened = new(StringComparer.Ordinal);

    public SignedNote Sign(Checkpoint checkpoint, DateTimeOffset at) =>
        new(checkpoint.Text, [.. Signers.Select(signer => signer.Sign(checkpoint.Text, at))]);

    /// <summary>The note with our own signatures alone, without those of witnesses.</summary>
    public SignedNote Own(SignedNote note) => note with { Signatures = [.. note.Signatures.Where(s => s.Name == Origin)] };

    /// <summary>The checkpoint of a note that one of our keys has signed; null when none has, or when it is of another log.</summary>
    public Checkpoint? Open(string text)
    {
        if (opened.TryGetValue(text, out var known)) return known;
        if (!SignedNote.TryParse(text, out var note) || !Signers.Any(signer => signer.Key.HasSigned(note))) return null;
        if (!Checkpoint.TryParse(note.Text, out var checkpoint) || checkpoint.Origin != Origin) return null;
        if (opened.Count >= MostRemembered) opened.Clear();
        return opened[text] = checkpoint;
    }

    /// <summary>The checkpoint of a row of the database; null also when the note is of another size than its row.</summary>
    public Checkpoint? Open(string text, long size) => Open(text) is { } checkpoint && checkpoint.Size == size ? checkpoint : null;
}
