using Trading.Log;
using Trading.Log.Notes;
using Trading.Merkle;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Log;

public sealed class CosignedCheckpointTests
{
    [Fact]
    public async Task what_is_no_cosignature_hides_no_checkpoint()
    {
        await using var log = await KeptLog.Open("uncosigned");
        await log.Record(Lives.All[0].Facts);
        await log.Publish();
        var size = await log.Ask<long>("select max(size) from log.checkpoint where tree = 'sha256'");
        await log.Cosign(size, "one.example");
        await using (var forge = log.Source.CreateCommand("insert into log.cosignature select 'sha256', size, 'x' || n, 'x' from log.checkpoint, generate_series(1, 80) n where tree = 'sha256'"))
            await forge.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        foreach (var found in (CosignedCheckpoint?[])
        [
            await CosignedCheckpoint.Newest(log.Source, log.Keys.Main, TestContext.Current.CancellationToken),
            await CosignedCheckpoint.Covering(log.Source, log.Keys.Main, 1, TestContext.Current.CancellationToken),
        ])
        {
            Assert.Equal(size, found?.Size);
            Assert.Contains("\n— one.example ", found!.Note, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task the_proof_is_by_the_checkpoint_that_most_witnesses_have_cosigned_or_else_by_the_newest()
    {
        await using var log = await KeptLog.Open("covering");
        Assert.Null(await CosignedCheckpoint.Covering(log.Source, log.Keys.Main, 0, TestContext.Current.CancellationToken));
        var sizes = new List<long>();
        for (var i = 0; i < 4; i++)
        {
            await log.Record(Lives.All[0].Facts);
            await log.Publish();
            sizes.Add(await log.Ask<long>("select max(size) from log.checkpoint"));
        }

        await log.Cosign(sizes[0], "one.example", "two.example");
        await log.Cosign(sizes[1], "two.example", "one.example");
        await log.Cosign(sizes[2], "one.example");

        Assert.Equal((sizes[1], 2), await Covering(0));
        Assert.Equal((sizes[1], 2), await Covering(sizes[1]));
        Assert.Equal((sizes[2], 1), await Covering(sizes[1] + 1));
        Assert.Equal((sizes[3], 0), await Covering(sizes[2] + 1));
        Assert.Null(await CosignedCheckpoint.Covering(log.Source, log.Keys.Main, sizes[3] + 1, TestContext.Current.CancellationToken));
        Assert.Equal(sizes[3], (await CosignedCheckpoint.Newest(log.Source, log.Keys.Main, TestContext.Current.CancellationToken))!.Size);

        var shown = new ShownCheckpoints();
        var (larger, smaller) = ((await CosignedCheckpoint.Newest(log.Source, log.Keys.Main, TestContext.Current.CancellationToken))!.Note, (await CosignedCheckpoint.Covering(log.Source, log.Keys.Main, 0, TestContext.Current.CancellationToken))!.Note);
        Assert.Null(shown.Latest(TreeHash.Sha256, null));
        Assert.Equal(smaller, shown.Latest(TreeHash.Sha256, smaller));
        Assert.Equal(larger, shown.Latest(TreeHash.Sha256, larger));
        foreach (var earlier in (string?[])[smaller, null]) Assert.Equal(larger, shown.Latest(TreeHash.Sha256, earlier));   // a reader never sees the log shrink

        async Task<(long, int)> Covering(long size)
        {
            var (covering, text) = (await CosignedCheckpoint.Covering(log.Source, log.Keys.Main, size, TestContext.Current.CancellationToken))!;
            Assert.True(SignedNote.TryParse(text, out var note));
            Assert.Equal(covering, log.Keys.Main.Open(text)!.Size);
            return (covering, note.Signatures.Count - log.Keys.Main.Signers.Count);
        }
    }
}
