using System.Globalization;
using Trading.Merkle;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Log.Verifying;

public sealed class VerifyingTests
{
    private const int Seed = 20260601;

    /// <summary>Enough for a daily run; TRADING_CHANGES asks for more.</summary>
    private static readonly int changes = int.Parse(Environment.GetEnvironmentVariable("TRADING_CHANGES") ?? "80", CultureInfo.InvariantCulture);

    /// <summary>Where a byte is changed: table, column, its type, and what a finding names, in SQL.</summary>
    private static readonly (string Table, string Column, string Type, string Named)[] columns =
    [
        .. new[] { ("data", "jsonb"), ("data", "jsonb"), ("data", "jsonb"), ("type", "text"), ("timestamp", "timestamptz"), ("version", "bigint"),
            ("stream_id", "uuid"), ("headers", "jsonb"), ("headers", "jsonb"), ("user_name", "text"), ("causation_id", "text"), ("correlation_id", "text"),
            ("seq_id", "bigint"), ("id", "uuid"), ("tenant_id", "text"), ("mt_dotnet_type", "text") }.Select(c => ("events.mt_events", c.Item1, c.Item2, "id::text")),
        ("events.mt_streams", "version", "bigint", "id::text"),
        ("events.mt_streams", "id", "uuid", "id::text"),
        .. new[] { ("position", "bigint"), ("sequence", "bigint"), ("event_id", "uuid"), ("stream", "uuid"), ("version", "bigint"), ("bytes", "bytea"), ("bytes", "bytea"),
            ("hash", "bytea"), ("hash", "bytea"), ("type", "text"), ("category", "text"), ("region", "text") }.Select(c => ("log.leaf", c.Item1, c.Item2, "'position ' || position")),
        ("log.leaf", "notice", "bytea", "'position ' || position"),
        .. new[] { ("tree", "text"), ("level", "smallint"), ("index", "bigint"), ("hash", "bytea") }.Select(c => ("log.node", c.Item1, c.Item2, "'node'")),
        .. new[] { ("tree", "text"), ("size", "bigint"), ("frontier", "bytea[]"), ("root", "bytea") }.Select(c => ("log.head", c.Item1, c.Item2, "'head'")),
        .. new[] { ("tree", "text"), ("size", "bigint"), ("note", "text"), ("note", "text"), ("number", "bigint") }.Select(c => ("log.checkpoint", c.Item1, c.Item2, "'checkpoint'")),
    ];

    private static readonly string[] files = ["checkpoint", "notice", "entries", "entries", "tile", "tile"];

    [Fact]
    public async Task every_change_of_a_single_byte_is_found_and_named()
    {
        await using var log = await KeptLog.Open("tampered");
        await Fill(log);
        Assert.Empty((await log.Verify()).Told);
        await log.Unguard();
        await using var owner = log.Database.OpenAsOwner();
        var chance = new Random(Seed);
        var change = new SingleByte(log, owner, chance);
        TestContext.Current.SendDiagnosticMessage("seed {0}", Seed);
        var unseen = new List<string>();
        for (var done = 0; done < changes; done++)
        {
            var place = chance.Next(columns.Length + files.Length);
            var (what, named, putBack) = place < columns.Length
                ? await change.InTable(columns[place].Table, columns[place].Column, columns[place].Type, columns[place].Named)
                : await change.InFile(files[place - columns.Length]);
            var told = (await log.Verify()).Told;
            if (!told.Any(finding => Names(finding, named))) unseen.Add($"{what}: {(told.Count is 0 ? "not found" : $"{named} not named, but {told[0]}")}");
            await putBack();
        }

        Assert.True(unseen.Count is 0, $"seed {Seed}, {unseen.Count} of {changes}:\n{string.Join('\n', unseen)}");
        Assert.Empty((await log.Verify()).Told);
    }

    [Theory]
    [InlineData("update events.mt_events set user_name = 'somebody' where seq_id = 3", "is not what was published")]
    [InlineData("update events.mt_events set is_archived = true where seq_id = 3", "is hidden from readers")]
    [InlineData("update events.mt_events set is_skipped = true where seq_id = 3", "is hidden from readers")]
    [InlineData("update events.mt_streams set is_archived = true where version = 1", "or it is archived")]
    [InlineData("delete from events.mt_events where seq_id = 3", "position 2: its event")]
    [InlineData("delete from log.leaf where position = 2", "position 2: the database has no leaf")]
    [InlineData("delete from log.leaf where position = (select max(position) from log.leaf)", "the database has no leaf")]
    [InlineData("delete from log.node where tree = 'sm3' and level = 0 and index = 5", "node sm3 0/5: it is missing")]
    [InlineData("delete from log.node where tree = 'sm3' and index = (select max(index) from log.node where tree = 'sm3')", "it is missing")]
    [InlineData("insert into log.node select 'sha256', 0, 0, hash from log.leaf where position = 0", "node sha256 0/0")]
    [InlineData("delete from log.head where tree = 'sm3'", "head sm3: there is none")]
    [InlineData("insert into events.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, headers) select nextval('events.mt_events_sequence'), gen_random_uuid(), "
        + "stream_id, 99, data, type, timestamp, tenant_id, headers from events.mt_events where seq_id = 3; delete from log.pending", "without the log's knowledge")]
    public async Task what_was_done_to_the_database_is_found_and_named(string statement, string finding)
    {
        await using var log = await KeptLog.Open("altered");
        await log.RecordEveryLife();
        await log.Publish();
        await log.Unguard();
        await log.Tamper(statement);
        Assert.Contains((await log.Verify()).Told, told => told.Contains(finding, StringComparison.Ordinal));
    }

    [Fact]
    public async Task what_is_missing_among_the_files_is_found_and_named()
    {
        await using var log = await KeptLog.Open("missing");
        await Fill(log);
        var size = await log.Ask<long>("select count(*) from log.leaf");
        var tiles = log.Keys.Trees.SelectMany(tree => Tile.Grown(0, size).Select(tile => Path.Combine(tree.Prefix, tile.Path)));
        var entries = Tile.Grown(0, size).Where(tile => tile.Level is 0).Select(tile => tile.EntriesPath);
        foreach (var name in (string[])["checkpoint", "sm3/checkpoint", .. Directory.GetFiles(Path.Combine(log.Public, "notice")).Select(file => $"notice/{Path.GetFileName(file)}"), .. tiles, .. entries])
        {
            var file = Path.Combine(log.Public, name);
            File.Move(file, log.In("aside"));
            Assert.Contains((await log.Verify()).Told, told => told.StartsWith(name, StringComparison.Ordinal));
            File.Move(log.In("aside"), file);
        }

        await File.WriteAllTextAsync(Path.Combine(log.Public, "tile", "0", "1"), "", TestContext.Current.CancellationToken);
        Assert.Equal(["tile/0/1: it is not of this log"], (await log.Verify()).Told);
    }

    [Fact]
    public async Task checkpoints_seen_before_are_continued_and_those_of_another_history_are_not()
    {
        await using var log = await KeptLog.Open("older");
        await log.Record(Lives.All[0].Facts);
        await log.Publish();
        var before = await log.Note();
        await log.Record(Lives.All[1].Facts);
        await log.Publish();
        Assert.Empty((await log.Verify(before, await log.Note(), await log.Note("sm3"))).Told);

        var now = TimeProvider.System.GetUtcNow();
        var other = log.Keys.Main.Sign(new(log.Keys.Main.Origin, 3, new byte[TreeHash.Length]), now).ToString();
        var larger = log.Keys.Main.Sign(new(log.Keys.Main.Origin, 99, new byte[TreeHash.Length]), now).ToString();
        Assert.Equal(
            ["older checkpoint: its root is not that of the first 3 entries", $"older checkpoint: it has 99 entries, while the log has {await log.Ask<long>("select count(*) from log.leaf")}"],
            (await log.Verify(other, larger)).Told);
    }

    [Fact]
    public async Task what_is_disclosed_and_was_not_committed_to_is_named()
    {
        await using var log = await KeptLog.Open("disclosed");
        await log.RecordEveryLife();
        await log.Tamper("update events.mt_events set data = jsonb_set(data, '{opening}', '\"AAAA\"') where type = 'notice-disclosed'");
        await log.Publish();
        Assert.Contains((await log.Verify()).Told, told => told.Contains("what it discloses is not what was committed to at position", StringComparison.Ordinal));
    }

    [Fact]
    public async Task what_was_recorded_or_sequenced_since_the_checkpoint_is_no_finding()
    {
        await using var log = await KeptLog.Open("since");
        await Fill(log);
        await log.RecordEveryLife();
        await log.Sequencer.Pass(TestContext.Current.CancellationToken);
        await log.Record(Lives.All[0].Facts);
        Assert.Empty((await log.Verify()).Told);

        await log.Tamper("update events.mt_events set user_name = 'somebody' where seq_id = (select max(sequence) from log.leaf)");
        Assert.Contains((await log.Verify()).Told, told => told.EndsWith("the database's leaf is another than its event's", StringComparison.Ordinal));
    }

    /// <summary>More than one tile of every kind, with narrow ones left over; all metadata; a long notice.</summary>
    internal static async Task Fill(KeptLog log)
    {
        for (var i = 0; i < 2; i++) await log.RecordEveryLife();
        await log.Record([Samples.Registered(), Samples.Announced(Samples.L1), Samples.Clarified(Samples.L1) with { Content = new string('长', 25_000) }]);
        await log.Publish();
        for (var i = 0; i < 2; i++) await log.RecordEveryLife();
        await log.Attributed(Lives.All[0].Facts);
        await log.Publish();
        await log.Attributed(Lives.All[1].Facts);
        await log.Publish();
        Assert.True(await log.Ask<long>("select count(*) from log.leaf") > Tile.FullWidth, "the log fills no tile");
    }

    internal static bool Names(string finding, string name) =>
        finding.Contains(name, StringComparison.Ordinal)
        || (name.StartsWith("tile/", StringComparison.Ordinal) && finding.Contains(name.Replace("tile/entries/", "tile/0/", StringComparison.Ordinal), StringComparison.Ordinal));
}
