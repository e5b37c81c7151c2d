using System.Globalization;
using System.Text;
using Npgsql;
using Trading.Merkle;

namespace Trading.Log;

/// <summary>That an entry stands in the log (C2SP tlog-proof): its position, the path to the root, the signed checkpoint.</summary>
public static class EventProof
{
    /// <param name="note">The checkpoint of this size.</param>
    public static async Task<string> Of(NpgsqlDataSource database, long position, long size, string note, CancellationToken ct)
    {
        var proof = await new LogTiles(database, TreeHash.Sha256).Read(TreeHash.Sha256, size, Proof.OfInclusion(position, size), ct);
        var text = new StringBuilder("c2sp.org/tlog-proof@v1\n").Append(CultureInfo.InvariantCulture, $"index {position}\n");
        foreach (var hash in proof) text.Append(Convert.ToBase64String(hash)).Append('\n');
        return text.Append('\n').Append(note).ToString();
    }
}
