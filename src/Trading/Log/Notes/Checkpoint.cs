using System.Globalization;
using Trading.Merkle;

namespace Trading.Log.Notes;

/// <summary>How large a log is and the root of its tree (C2SP tlog-checkpoint), as the text of a note.</summary>
/// <param name="Origin">The log's name: its address without scheme.</param>
public sealed record Checkpoint(string Origin, long Size, byte[] Root)
{
    public string Text => string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Convert.ToBase64String(Root)}\n");

    public static bool TryParse(string text, out Checkpoint checkpoint)
    {
        checkpoint = null!;
        if (text.Split('\n') is not [{ Length: > 0 } origin, var size, var root, .. var extensions, ""] || extensions.Contains("")) return false;
        if (!long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var leaves) || (size[0] is '0' && size.Length > 1)) return false;
        var bytes = new byte[TreeHash.Length];
        if (!Convert.TryFromBase64String(root, bytes, out var length) || length is not TreeHash.Length) return false;
        checkpoint = new Checkpoint(origin, leaves, bytes);
        return true;
    }
}
