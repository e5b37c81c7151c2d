using Trading.Log.Notes;
using Trading.Log.Publishing;
using Trading.Log.Verifying;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Log.Publishing;

/// <summary>The published file of the checkpoint, and the witnesses' lines under it.</summary>
public sealed class CosigningTests
{
    private const string Witness = "witness.example";

    [Fact]
    public async Task cosignatures_that_arrive_are_put_under_the_same_checkpoint_and_stay_when_it_is_written_again()
    {
        await using var log = await KeptLog.Open("cosigning");
        await log.RecordEveryLife();
        await log.Publish();
        var bare = await log.Note();
        await Look(log.Publishers[0]);
        Assert.Equal(bare, await log.Note());

        await log.Cosign(await Size(log), Witness, "second.example");
        await Look(log.Publishers[0]);
        var cosigned = await log.Note();
        Assert.StartsWith(bare, cosigned, StringComparison.Ordinal);
        Assert.Equal(3, Signatures(cosigned));
        Assert.Equal(bare, await File.ReadAllTextAsync(FenceOf(log), TestContext.Current.CancellationToken));
        Assert.Empty((await log.Verify(bare)).Told);

        await new Publisher(log.Source, log.Keys.Main, log.FenceOf(log.Keys.Main), log.Public).Publish(TimeProvider.System.GetUtcNow(), TestContext.Current.CancellationToken);
        Assert.Equal(cosigned, await log.Note());

        await log.Record(Lives.All[0].Facts);
        await log.Publish();
        await Look(log.Publishers[0]);
        Assert.Equal(1, Signatures(await log.Note()));
        Assert.Empty((await log.Verify(bare, cosigned)).Told);
    }

    [Fact]
    public async Task a_fence_put_back_from_a_cosigned_file_holds_and_the_database_keeps_our_signature_alone()
    {
        await using var log = await KeptLog.Open("refenced");
        await log.RecordEveryLife();
        await log.Publish();
        var bare = await log.Note();
        await log.Cosign(await Size(log), Witness);
        await Look(log.Publishers[0]);
        File.Copy(Path.Combine(log.Public, "checkpoint"), FenceOf(log), overwrite: true);
        await log.Tamper("delete from log.checkpoint where tree = 'sha256'");

        await log.Publish();
        Assert.Equal(bare, await log.Ask<string>("select note from log.checkpoint where tree = 'sha256'"));
        Assert.Equal(2, Signatures(await log.Note()));
        Assert.Empty((await log.Verify()).Told);
    }

    [Theory]
    [InlineData("no signature")]
    [InlineData("forged\n\n— witness.example AAAAAAAA")]
    public async Task lines_in_the_database_that_would_make_another_note_are_not_published(string line)
    {
        await using var log = await KeptLog.Open("lines");
        await log.RecordEveryLife();
        await log.Publish();
        var bare = await log.Note();
        await log.Tamper($"insert into log.cosignature values ('sha256', {await Size(log)}, '{Witness}', '{line}')");
        await Look(log.Publishers[0]);
        Assert.Equal(bare, await log.Note());
    }

    [Fact]
    public async Task every_changed_byte_of_a_published_cosignature_is_found_by_whoever_knows_the_witness()
    {
        await using var log = await KeptLog.Open("cosignedbytes");
        await log.Record(Lives.All[0].Facts);
        await log.Publish();
        var bare = await File.ReadAllBytesAsync(Path.Combine(log.Public, "checkpoint"), TestContext.Current.CancellationToken);
        var witness = (await log.Cosign(await Size(log), Witness)).Single();
        await Look(log.Publishers[0]);
        var file = Path.Combine(log.Public, "checkpoint");
        var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        Assert.Empty(await Findings());

        for (var at = bare.Length; at < bytes.Length; at++)
        {
            var changed = (byte[])bytes.Clone();
            changed[at] ^= 1;
            await File.WriteAllBytesAsync(file, changed, TestContext.Current.CancellationToken);
            Assert.True((await Findings()).Any(finding => finding.StartsWith("checkpoint", StringComparison.Ordinal)), $"byte {at - bare.Length} of the line");
        }

        async Task<IReadOnlyList<string>> Findings()
        {
            var findings = new Findings();
            var main = log.Keys.Main;
            await new PublishedLog(log.Public, [new CheckedTree(main.Hash, main.Prefix, [.. main.Signers.Select(s => s.Key)])], [witness])
                .Check([], findings, TestContext.Current.CancellationToken);
            return [.. findings.Told];
        }
    }

    private static Task Look(Publisher publisher) => publisher.AddCosignatures(TestContext.Current.CancellationToken);

    private static Task<long> Size(KeptLog log) => log.Ask<long>("select max(size) from log.checkpoint where tree = 'sha256'");

    private static string FenceOf(KeptLog log) => Path.Combine(log.Settings.Fence, "sha256.checkpoint");

    private static int Signatures(string text) => SignedNote.TryParse(text, out var note) ? note.Signatures.Count : -1;
}
