using Trading.Log;
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
