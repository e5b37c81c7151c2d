using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Trading.Log;
using Trading.Log.Notes;
using Trading.Merkle;
using Xunit;

namespace Trading.Tests.Harness;

/// <summary>
/// Reads a published log as somebody else does, over plain HTTP and with nothing but its key: believes the checkpoint by its signature,
/// entries by the checkpoint's root, long notices by their entries.
/// </summary>
/// <param name="log">The address of the log, with a slash at its end.</param>
internal sealed class LogReader(HttpClient http, Uri log, VerifierKey key)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <returns>Every entry, as the feed tells it.</returns>
    public async Task<IReadOnlyList<JsonObject>> Read()
    {
        var checkpoint = await Checkpoint();
        var items = new List<JsonObject>();
        var frontier = new Frontier(TreeHash.Sha256);
        while (items.Count < checkpoint.Size)
        {
            foreach (var entry in await Entries(items.Count, checkpoint.Size))
            {
                var hash = TreeHash.Sha256.Leaf(entry);
                frontier.Append(hash);
                items.Add(await Item(items.Count, hash, entry));
            }
        }

        Assert.Equal(Convert.ToBase64String(checkpoint.Root), Convert.ToBase64String(frontier.Root));
        return items;
    }

    private async Task<Checkpoint> Checkpoint()
    {
        Assert.True(SignedNote.TryParse(Encoding.UTF8.GetString((await Get("checkpoint"))!), out var note));
        Assert.True(key.HasSigned(note), $"{key.Name} has not signed the checkpoint.");
        Assert.True(Trading.Log.Notes.Checkpoint.TryParse(note.Text, out var checkpoint));
        return checkpoint;
    }

    /// <summary>Those of one bundle, or of the full one it has given way to.</summary>
    private async Task<IEnumerable<byte[]>> Entries(long from, long size)
    {
        var tile = new Tile(0, from >> Tile.Bits, (int)Math.Min(Tile.FullWidth, size - from));
        var bundle = await Get(tile.EntriesPath) ?? await Get((tile with { Width = Tile.FullWidth }).EntriesPath);
        Assert.NotNull(bundle);
        return EntryBundle.Read(bundle).Take(tile.Width);
    }

    private async Task<JsonObject> Item(long position, byte[] hash, byte[] entry)
    {
        var leaf = JsonNode.Parse(entry)!.AsObject();
        var item = new JsonObject { ["position"] = position, ["leafHash"] = Convert.ToBase64String(hash) };
        foreach (var (name, value) in leaf) item[name] = value?.DeepClone();
        if (leaf["noticeDigest"] is not { } digest) return item;
        var notice = await Get($"notice/{position}.json");
        Assert.NotNull(notice);
        Assert.Equal(((long)digest["length"]!, (string)digest["sha256"]!), (notice.Length, Convert.ToHexStringLower(SHA256.HashData(notice))));
        item["notice"] = JsonNode.Parse(notice);
        return item;
    }

    /// <returns>Null when there is none.</returns>
    private async Task<byte[]?> Get(string path)
    {
        using var answer = await http.GetAsync(new Uri(log, path), Ct);
        return answer.IsSuccessStatusCode ? await answer.Content.ReadAsByteArrayAsync(Ct) : null;
    }
}
