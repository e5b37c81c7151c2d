using Microsoft.Extensions.Logging.Abstractions;
using Trading.Feeds.Changes;
using Trading.Log;
using Trading.Log.Notes;
using Trading.Merkle;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Log.Publishing;

public sealed class PublisherTests
{
    private const int Entries = 3000;

    [Fact]
    public async Task independent_code_accepts_a_log_of_thousands_and_that_each_checkpoint_continues_the_one_before()
    {
        await using var log = await KeptLog.Open("thousands");
        var key = log.Keys.Main.Signers[0].Key.ToString();
        var notes = new List<string>();
        do
        {
            await log.RecordEveryLife();
            if (notes.Count is 1) for (var i = 0; i < 7; i++) await log.RecordEveryLife();   // one that grows by several tiles at once
            await log.Publish();
            notes.Add(log.In($"checkpoint-{notes.Count}"));
            await File.WriteAllTextAsync(notes[^1], await log.Note(), TestContext.Current.CancellationToken);
        }
        while (await log.Ask<long>("select count(*) from log.leaf") < Entries);

        Assert.StartsWith($"{await log.Ask<long>("select count(*) from log.leaf")} entries", await GoTlog.Accepts("log", log.Public, key), StringComparison.Ordinal);
        foreach (var (older, newer) in notes.Zip(notes.Skip(1)))
            Assert.Contains(" continues ", await GoTlog.Accepts("consistent", key, older, newer, log.Public), StringComparison.Ordinal);
        await GoTlog.Refuses("consistent", key, notes[^1], notes[0], log.Public);
        OnlyTheLastOfEachRowIsNarrow(log);
        await FilesAreWhatTheDatabaseServes(log);
        Assert.Empty((await log.Verify()).Told);
    }

    [Fact]
    public async Task publishing_again_changes_nothing()
    {
        await using var log = await KeptLog.Open("again");
        await log.RecordEveryLife();
        await log.Publish();
        var before = Written(log);
        await log.Publish();
        Assert.Equal(before, Written(log));
        Assert.Equal(2, await log.Ask<long>("select count(*) from log.checkpoint"));
    }

    [Fact]
    public async Task what_a_loss_of_power_took_of_tiles_that_still_grow_is_put_back_at_the_start()
    {
        await using var log = await KeptLog.Open("power");
        for (var i = 0; i < 4; i++) await log.RecordEveryLife();
        await log.Publish();
        var before = await Contents(log);
        var growing = Directory.GetDirectories(log.Public, "*.p", SearchOption.AllDirectories).SelectMany(Directory.GetFiles).Append(Path.Combine(log.Public, "checkpoint")).ToList();
        Assert.True(growing.Count > 5);
        foreach (var file in growing) await File.WriteAllBytesAsync(file, [], TestContext.Current.CancellationToken);

        foreach (var publisher in log.Publishers) await publisher.Begin(TestContext.Current.CancellationToken);
        await log.Publish();

        Assert.Equal(before, await Contents(log));
    }

    /// <summary>The service's own role may move the head of a tree: what the table says is signed only where hashes prove that it continues what was published.</summary>
    [Theory]
    [InlineData("update log.head set frontier[1] = sha256('x'), root = sha256('y') where tree = 'sha256'")]
    [InlineData("update log.head set frontier[1] = sha256('x') where tree = 'sm3'")]
    public async Task a_root_that_does_not_continue_what_was_published_is_not_signed(string statement)
    {
        await using var log = await KeptLog.Open("forked");
        await log.RecordEveryLife();
        await log.Publish();
        var before = Written(log);
        await using (var forge = log.Source.CreateCommand(statement)) await forge.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await log.Record(Lives.All[0].Facts);

        var tree = log.Keys.Trees.ToList().FindIndex(t => statement.Contains($"'{t.Hash.Name}'", StringComparison.Ordinal));
        while (await log.Sequencer.Pass(TestContext.Current.CancellationToken) > 0) { }
        var stopped = await Assert.ThrowsAsync<LogStoppedException>(() => log.Publishers[tree].Publish(TimeProvider.System.GetUtcNow(), TestContext.Current.CancellationToken));

        Assert.True(stopped.DatabaseDiffers);
        Assert.Equal(before, Written(log));
        Assert.Equal(1, await log.Ask<long>($"select count(*) from log.checkpoint where tree = '{log.Keys.Trees.ElementAt(tree).Hash.Name}'"));
    }

    /// <summary>Heads may fit hashes that no entry makes, whoever has written both.</summary>
    [Theory]
    [InlineData("update log.leaf set bytes = bytes || 'x' where position = (select max(position) from log.leaf)", "the hash kept for the entry")]
    [InlineData("update log.node set hash = sha256('x') where tree = 'sha256' and level = 1 and index = 0", "the hash kept for tile/0/000")]
    public async Task hashes_that_the_entries_do_not_make_are_not_signed(string statement, string reason)
    {
        await using var log = await KeptLog.Open("unmade");
        for (var i = 0; i < 3; i++) await log.RecordEveryLife();
        while (await log.Sequencer.Pass(TestContext.Current.CancellationToken) > 0) { }
        await log.Tamper(statement);
        var size = await log.Ask<long>("select size from log.head where tree = 'sha256'");
        Assert.InRange(size, Tile.FullWidth + 1, long.MaxValue);
        var root = Convert.ToHexString(await new LogTiles(log.Source, TreeHash.Sha256).Root(TreeHash.Sha256, size, TestContext.Current.CancellationToken));
        await log.Tamper($"update log.head set root = '\\x{root}' where tree = 'sha256'");

        var stopped = await Assert.ThrowsAsync<LogStoppedException>(() => log.Publishers[0].Publish(TimeProvider.System.GetUtcNow(), TestContext.Current.CancellationToken));

        Assert.Contains(reason, stopped.Message, StringComparison.Ordinal);
        Assert.True(stopped.DatabaseDiffers);
        Assert.Equal(0, await log.Ask<long>("select count(*) from log.checkpoint"));
        Assert.False(File.Exists(Path.Combine(log.Public, "checkpoint")));
    }

    /// <summary>The service's own role may add a row whose size is larger than that of the checkpoint in it.</summary>
    [Fact]
    public async Task an_old_checkpoint_under_another_size_takes_nothing_back()
    {
        await using var log = await KeptLog.Open("takenback");
        await log.Record(Lives.All[0].Facts);
        await log.Publish();
        await log.RecordEveryLife();
        await log.Publish();
        var (size, before) = (await log.Ask<long>("select max(size) from log.checkpoint"), Written(log));
        await using (var forge = log.Source.CreateCommand("insert into log.checkpoint (tree, size, note, number) select tree, 1000000000000, note, 3 from log.checkpoint where number = 1"))
            await forge.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        using var head = await HeadOf(log);
        Assert.Equal(size, head.Size);
        Assert.Null(await new ChangeFeed(log.Source, log.Keys).HeadCovering(size + 1, TestContext.Current.CancellationToken));
        await head.StopAsync(TestContext.Current.CancellationToken);

        foreach (var publisher in log.Publishers)
            await Assert.ThrowsAsync<LogStoppedException>(() => publisher.Follow(serves: true, TestContext.Current.CancellationToken));
        Assert.Equal(before, Written(log));
        var old = await log.Ask<string>("select note from log.checkpoint where tree = 'sha256' and number = 1");
        Assert.True(SignedNote.TryParse(old, out var note));
        await Assert.ThrowsAsync<LogStoppedException>(() => log.FenceOf(log.Keys.Main).Move(note, TestContext.Current.CancellationToken));
        Assert.Equal(size, (await log.FenceOf(log.Keys.Main).Published(TestContext.Current.CancellationToken))?.Size);
    }

    [Fact]
    public async Task a_checkpoint_that_nobody_has_signed_stops_the_log_and_is_told_to_nobody()
    {
        await using var log = await KeptLog.Open("unsigned");
        await log.RecordEveryLife();
        await log.Publish();
        var size = await log.Ask<long>("select max(size) from log.checkpoint");
        await using (var forge = log.Source.CreateCommand("insert into log.checkpoint (tree, size, note, number) select tree, 4000000000000000000, replace(note, chr(10) || size || chr(10), chr(10) || 4000000000000000000 || chr(10)), number + 1 from log.checkpoint"))
            await forge.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        using var head = await HeadOf(log);

        Assert.Equal(size, head.Size);
        Assert.Equal(size, (await new ChangeFeed(log.Source, log.Keys).HeadCovering(0, TestContext.Current.CancellationToken))?.Size);
        Assert.Null(await new ChangeFeed(log.Source, log.Keys).HeadCovering(size + 1, TestContext.Current.CancellationToken));
        foreach (var tree in log.Keys.Trees)
        {
            Assert.Equal(size, (await CosignedCheckpoint.Newest(log.Source, tree, TestContext.Current.CancellationToken))?.Size);
            Assert.Equal(size, (await CosignedCheckpoint.Covering(log.Source, tree, 1, TestContext.Current.CancellationToken))?.Size);
        }

        await log.Record(Lives.All[0].Facts);
        while (await log.Sequencer.Pass(TestContext.Current.CancellationToken) > 0) { }
        foreach (var publisher in log.Publishers)
            await Assert.ThrowsAsync<LogStoppedException>(() => publisher.Publish(TimeProvider.System.GetUtcNow(), TestContext.Current.CancellationToken));
        await head.StopAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>A leader that stood still while the database was restored and another went on, wakes with another tree of the same size.</summary>
    [Fact]
    public async Task another_checkpoint_of_the_same_size_stops_the_log()
    {
        await using var log = await KeptLog.Open("twice");
        await log.RecordEveryLife();
        while (await log.Sequencer.Pass(TestContext.Current.CancellationToken) > 0) { }
        var main = log.Keys.Main;
        var foreign = main.Sign(new Checkpoint(main.Origin, await log.Ask<long>("select size from log.head where tree = 'sha256'"), new byte[32]), TimeProvider.System.GetUtcNow());
        await log.Tamper($"""
            create function public.late() returns trigger language plpgsql as $f$ begin new.note := '{foreign}'; return new; end $f$;
            create trigger late before insert on log.checkpoint for each row execute function public.late()
            """);
        Assert.True((await Assert.ThrowsAsync<LogStoppedException>(() => log.Publishers[0].Publish(TimeProvider.System.GetUtcNow(), TestContext.Current.CancellationToken))).DatabaseDiffers);
        Assert.False(File.Exists(Path.Combine(log.Public, "checkpoint")));
    }

    private static async Task<PublishedHead> HeadOf(KeptLog log)
    {
        var head = new PublishedHead(log.Source, log.Keys, NullLogger<PublishedHead>.Instance);
        await head.StartAsync(TestContext.Current.CancellationToken);
        await Eventually.True(() => Task.FromResult(head.Size > 0));
        return head;
    }

    private static async Task<SortedDictionary<string, string>> Contents(KeptLog log)
    {
        var contents = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.GetFiles(log.Public, "*", SearchOption.AllDirectories))
            contents.Add(Path.GetRelativePath(log.Public, file), Convert.ToBase64String(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)));
        return contents;
    }

    private static void OnlyTheLastOfEachRowIsNarrow(KeptLog log)
    {
        var narrow = Directory.GetDirectories(log.Public, "*.p", SearchOption.AllDirectories).Select(d => Path.GetRelativePath(log.Public, d)).ToList();
        Assert.NotEmpty(narrow);
        Assert.DoesNotContain(narrow, directory => File.Exists(Path.Combine(log.Public, directory[..^2])));
    }

    private static async Task FilesAreWhatTheDatabaseServes(KeptLog log)
    {
        var size = await log.Ask<long>("select count(*) from log.leaf");
        foreach (var tree in log.Keys.Trees)
        {
            var tiles = new LogTiles(log.Source, tree.Hash);
            foreach (var tile in Tile.Grown(0, size))
            {
                Assert.Equal(await tiles.Read(tile, TestContext.Current.CancellationToken), await Bytes(Path.Combine(tree.Prefix, tile.Path)));
                if (tile.Level is 0 && tree == log.Keys.Main) Assert.Equal(await tiles.ReadEntries(tile, TestContext.Current.CancellationToken), await Bytes(tile.EntriesPath));
            }
        }

        Task<byte[]> Bytes(string path) => File.ReadAllBytesAsync(Path.Combine(log.Public, path), TestContext.Current.CancellationToken);
    }

    private static List<string> Written(KeptLog log) =>
    [
        .. Directory.GetFiles(log.Public, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => $"{Path.GetRelativePath(log.Public, file)} {Convert.ToBase64String(File.ReadAllBytes(file))}"),
    ];
}
