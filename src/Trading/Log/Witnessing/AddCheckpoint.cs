using System.Globalization;
using System.Text;
using Trading.Merkle;

namespace Trading.Log.Witnessing;

/// <summary>What a log asks of a witness (C2SP tlog-witness): to cosign a checkpoint that continues the one it cosigned last.</summary>
/// <param name="Older">The size the witness is thought to have.</param>
/// <param name="Proof">Of consistency.</param>
/// <param name="Note">The signed checkpoint.</param>
public sealed record AddCheckpoint(long Older, IReadOnlyList<byte[]> Proof, string Note)
{
    public const int MostBytes = 64 * 1024;
    private const int MostProofLines = 63;

    public override string ToString()
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"old {Older}\n");
        foreach (var hash in Proof) text.Append(Convert.ToBase64String(hash)).Append('\n');
        return text.Append('\n').Append(Note).ToString();
    }

    public static bool TryParse(string text, out AddCheckpoint request)
    {
        request = null!;
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        if (end < 0 || text[..end].Split('\n') is not [['o', 'l', 'd', ' ', .. var size], .. var lines] || lines.Length > MostProofLines) return false;
        if (!long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var older) || (size[0] is '0' && size.Length > 1)) return false;
        var proof = new List<byte[]>();
        foreach (var line in lines)
        {
            var hash = new byte[TreeHash.Length];
            if (line.Length is not 44 || !Convert.TryFromBase64String(line, hash, out var length) || length is not TreeHash.Length) return false;
            proof.Add(hash);
        }

        request = new AddCheckpoint(older, proof, text[(end + 2)..]);
        return true;
    }
}
