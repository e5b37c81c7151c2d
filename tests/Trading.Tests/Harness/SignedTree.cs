using Trading.Log.Notes;
using Trading.Log.Witnessing;
using Trading.Merkle;
using Trading.Tests.Merkle;
using Xunit;

namespace Trading.Tests.Harness;

/// <summary>A log in memory with a key: its checkpoints of any size, and what it asks of a witness.</summary>
internal sealed class SignedTree(string origin, byte secret = 1)
{
    private readonly Ed25519Signer signer = new(origin, [.. Enumerable.Repeat(secret, 32)]);

    public VerifierKey Key => signer.Key;

    public static async Task<byte[]> Root(long size) => await MemoryTiles.OfSize(TreeHash.Sha256, size).Root(TreeHash.Sha256, size, TestContext.Current.CancellationToken);

    public async Task<string> Note(long size) => Note(size, await Root(size));

    public string Note(long size, byte[] root)
    {
        var checkpoint = new Checkpoint(origin, size, root);
        return new SignedNote(checkpoint.Text, [signer.Sign(checkpoint.Text, default)]).ToString();
    }

    public async Task<AddCheckpoint> Request(long older, long newer) => new(older, await ProofOf(older, newer), await Note(newer));

    public static async Task<IReadOnlyList<byte[]>> ProofOf(long older, long newer) => await MemoryTiles.OfSize(TreeHash.Sha256, newer)
        .Read(TreeHash.Sha256, newer, Proof.OfConsistency(older, newer), TestContext.Current.CancellationToken);
}
