using Trading.Log;
using Trading.Log.Notes;
using Trading.Log.Publishing;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Log.Publishing;

public sealed class FenceTests
{
    private const int Lost = 45;

    [Fact]
    public async Task a_database_that_was_restored_45_entries_short_is_not_signed_until_they_are_back()
    {
        await using var log = await Published("short");
        var (size, note) = (await log.Ask<long>("select count(*) from log.leaf"), await log.Note());
        await log.Shorten(size - Lost);

        Assert.Equal($"The database has {size - Lost} entries of {log.Keys.Main.Origin}, but {size} were published: it was restored from an older state.", await Refusal(log));
        await log.Record(Lives.All[0].Facts);
        while (await log.Sequencer.Pass(TestContext.Current.CancellationToken) > 0) { }
        Assert.Contains("restored from an older state", await Refusal(log), StringComparison.Ordinal);
        Assert.Equal(note, await log.Note());

        await log.Tamper("delete from log.leaf; delete from log.node; delete from log.head; delete from log.checkpoint; "
            + "insert into log.leaf select * from kept_leaf; insert into log.node select * from kept_node; "
            + "insert into log.head select * from kept_head; insert into log.checkpoint select * from kept_checkpoint; "
            + "insert into log.pending select seq_id from events.mt_events where seq_id > (select max(sequence) from kept_leaf)");
        await GoesOn(log);
    }

    [Fact]
    public async Task a_database_that_grew_past_what_was_published_on_another_history_is_not_signed()
    {
        await using var log = await Published("forked");
        var size = await log.Ask<long>("select count(*) from log.leaf");
        await log.Shorten(size - Lost);
        for (var i = 0; i < 8; i++) await log.Record(Lives.All[0].Facts);
        while (await log.Sequencer.Pass(TestContext.Current.CancellationToken) > 0) { }
        Assert.Contains($"The first {size} entries of {log.Keys.Main.Origin} are not those that were published", await Refusal(log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_leaf_hash_that_was_altered_is_not_signed_until_it_is_put_right()
    {
        await using var log = await Published("leafhash");
        var hash = Convert.ToHexString(await log.Ask<byte[]>("select hash from log.leaf where position = (select max(position) from log.leaf)"));
        await log.Tamper("update log.leaf set hash = sha256('altered') where position = (select max(position) from log.leaf)");
        Assert.Contains("their root is another", await Refusal(log), StringComparison.Ordinal);

        await log.Tamper($"update log.leaf set hash = '\\x{hash}' where position = (select max(position) from log.leaf)");
        await GoesOn(log);
    }

    [Fact]
    public async Task without_its_fence_nothing_is_signed_until_it_is_put_back_from_the_published_files()
    {
        await using var log = await Published("nofence");
        var fence = FileOf(log);
        File.Delete(fence);
        Assert.Equal($"{fence} is gone, while a checkpoint of {await log.Ask<long>("select max(size) from log.checkpoint")} entries was published; put it back from the published files.", await Refusal(log));

        await File.WriteAllTextAsync(fence, await log.Note(), TestContext.Current.CancellationToken);
        await GoesOn(log);
    }

    [Fact]
    public async Task a_fence_of_another_key_is_none_of_ours()
    {
        await using var log = await Published("foreign");
        var (fence, note) = (FileOf(log), await log.Note());
        Assert.True(SignedNote.TryParse(note, out var signed));
        var other = new Ed25519Signer(log.Keys.Main.Origin, [.. Enumerable.Repeat((byte)7, 32)]).Sign(signed.Text, TimeProvider.System.GetUtcNow());
        foreach (var wrong in new[] { new SignedNote(signed.Text, [other]).ToString(), note.Replace(log.Keys.Main.Origin, "elsewhere.example/log", StringComparison.Ordinal), "" })
        {
            await File.WriteAllTextAsync(fence, wrong, TestContext.Current.CancellationToken);
            Assert.Equal($"{fence} holds no checkpoint signed by a key of {log.Keys.Main.Origin}.", await Refusal(log));
        }

        await File.WriteAllTextAsync(fence, note, TestContext.Current.CancellationToken);
        await GoesOn(log);
    }

    [Fact]
    public async Task only_one_at_a_time_may_move_the_fences()
    {
        var directory = Directory.CreateTempSubdirectory("trading-fence-").FullName;
        await using (var first = Fence.Take(directory))
        {
            Assert.NotNull(first);
            Assert.Null(Fence.Take(directory));
        }

        await using (var next = Fence.Take(directory)) Assert.NotNull(next);
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task what_a_crash_left_out_after_the_fence_was_moved_is_made_up_for()
    {
        await using var log = await Published("crashed");
        var before = await log.Note();
        await log.Record(Lives.All[0].Facts);
        await log.Publish();
        var note = await log.Note();
        await log.Tamper("delete from log.checkpoint where size = (select max(size) from log.checkpoint)");
        await File.WriteAllTextAsync(Path.Combine(log.Public, "checkpoint"), before, TestContext.Current.CancellationToken);

        await log.Publish();
        Assert.Equal(note, await log.Note());
        Assert.Equal(note, await log.Ask<string>("select note from log.checkpoint where tree = 'sha256' order by size desc limit 1"));
        Assert.Empty((await log.Verify(before)).Told);
    }

    private static async Task<KeptLog> Published(string purpose)
    {
        var log = await KeptLog.Open(purpose);
        await log.RecordEveryLife();
        await log.Publish();
        return log;
    }

    private static string FileOf(KeptLog log) => Path.Combine(log.Settings.Fence, "sha256.checkpoint");

    private static async Task<string> Refusal(KeptLog log) =>
        (await Assert.ThrowsAsync<LogStoppedException>(() => log.Publishers[0].Publish(TimeProvider.System.GetUtcNow(), TestContext.Current.CancellationToken))).Message;

    private static async Task GoesOn(KeptLog log)
    {
        var before = await log.Note();
        await log.Record(Lives.All[0].Facts);
        await log.Publish();
        Assert.NotEqual(before, await log.Note());
        Assert.Empty((await log.Verify(before)).Told);
    }
}
