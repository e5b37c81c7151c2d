using System.Buffers.Binary;

namespace Trading.Log.Notes;

/// <summary>A text with signatures under it (C2SP signed-note).</summary>
/// <param name="Text">Ends in a newline.</param>
public sealed record SignedNote(string Text, IReadOnlyList<NoteSignature> Signatures)
{
    private const int MostSignatures = 64;

    /// <summary>The whole note as it is published.</summary>
    public override string ToString() => $"{Text}\n{string.Concat(Signatures.Select(s => $"{s}\n"))}";

    public static bool TryParse(string note, out SignedNote signed)
    {
        signed = null!;
        var end = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (end < 0 || !note.EndsWith('\n') || note.Any(c => c < ' ' && c is not '\n')) return false;
        var signatures = new List<NoteSignature>();
        foreach (var line in note[(end + 2)..].Split('\n')[..^1])
        {
            if (signatures.Count is MostSignatures || !NoteSignature.TryParse(line, out var signature)) return false;
            signatures.Add(signature);
        }

        signed = new SignedNote(note[..(end + 1)], signatures);
        return signatures.Count > 0;
    }
}

/// <param name="KeyId">The first four bytes of a hash over name, algorithm and key.</param>
public sealed record NoteSignature(string Name, uint KeyId, byte[] Value)
{
    private const string Dash = "— ";

    public override string ToString()
    {
        var bytes = new byte[4 + Value.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, KeyId);
        Value.CopyTo(bytes.AsSpan(4));
        return $"{Dash}{Name} {Convert.ToBase64String(bytes)}";
    }

    public static bool TryParse(string line, out NoteSignature signature)
    {
        signature = null!;
        if (!line.StartsWith(Dash, StringComparison.Ordinal) || line[Dash.Length..].Split(' ') is not [{ Length: > 0 } name, var text]) return false;
        if (name.Contains('+', StringComparison.Ordinal) || name.Any(char.IsWhiteSpace)) return false;
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out var length) || length <= 4) return false;
        signature = new NoteSignature(name, BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes[4..length]);
        return true;
    }

    /// <summary>Names that a note can carry.</summary>
    public static bool IsName(string name) => name.Length > 0 && !name.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '+');

}
