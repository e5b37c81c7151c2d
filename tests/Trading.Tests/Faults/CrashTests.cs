using System.Diagnostics;
using System.Globalization;
using System.Net;
using Trading.Log;
using Trading.Tests.Harness;
using Trading.Tests.Intake;
using Xunit;

namespace Trading.Tests.Faults;

/// <summary>Two nodes, their PostgreSQL, its disk and their clocks fail under load, at any moment; whoever was told that something is recorded finds it.</summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    /// <summary>Checkpoints that our own verification is given; Go's code is given all.</summary>
    private const int MostOlder = 300;

    [Fact]
    public async Task what_was_acknowledged_outlives_every_fault_and_nothing_is_recorded_or_published_twice()
    {
        output.WriteLine($"seed {Campaign.Seed}");
        await using var disk = await SmallDisk.Mount(Campaign.Megabytes);
        await using var cluster = await Cluster.Start(disk.Directory);
        await using var database = await Database.Of(cluster);
        await using var first = await MortalApplication.Start(database);
        await using var second = await MortalApplication.Start(database);
        MortalApplication[] nodes = [first, second];
        using var ledger = new Ledger(first.In("ledger"));
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        bound.CancelAfter(Campaign.Longest);

        var clients = new PersistentClients([.. nodes.Select(node => node.Client("publisher"))], ledger);
        SeenCheckpoints[] checkpoints = [new(), new()];
        (FeedReader Reader, MortalApplication Of)[] readers =
        [
            (new FeedPoller(100, TimeSpan.FromMilliseconds(100)), first), (new FeedPoller(7, TimeSpan.FromMilliseconds(10), wait: 5), second), (new FeedListener(Campaign.Seed, 300), first),
        ];
        var (enough, end) = (new TaskCompletionSource(), new TaskCompletionSource<int>());
        var began = Stopwatch.GetTimestamp();
        var posting = clients.Post(enough.Task, bound.Token);
        var watching = Task.WhenAll(nodes.Zip(checkpoints, (node, seen) => seen.Watch(node.Client(), end.Task, bound.Token)));
        var reading = Task.WhenAll(readers.Select(each => Task.Run(() => each.Reader.Follow(each.Of.Address, end.Task, bound.Token))));

        using var ordeal = new Ordeal(cluster, disk, database, nodes, clients, ledger, posting);
        try
        {
            await ordeal.Endure();
            enough.SetResult();
            await posting;
        }
        catch
        {
            foreach (var failure in nodes.SelectMany(node => node.Failures)) output.WriteLine(failure);
            throw;
        }

        var recorded = await Posted.Rows<long>(database, $"select count(*) from events.mt_events where not ({LogSchema.Tombstone})");
        foreach (var node in nodes)
        {
            await node.Ready();
            await Eventually.Get(
                node.Client(), $"/v1/changes?after={recorded[0] - 1}", answer => answer.Status is HttpStatusCode.OK && (long)answer.Json["next"]! == recorded[0]);
        }

        end.SetResult((int)recorded[0]);
        await Task.WhenAll(watching, reading);

        output.WriteLine($"{string.Join(", ", ordeal.Took.Select(fault => $"{fault.Key} {fault.Value.Count} times, each {fault.Value.Average():N1} s"))}; {Stopwatch.GetElapsedTime(began).TotalSeconds:N0} s in all");
        output.WriteLine($"{ledger.Count} posts acknowledged; {clients.Doubtful} in doubt for a while, of which {clients.RecordedBefore} had been recorded");
        output.WriteLine($"doubts: {string.Join(", ", clients.Doubts.Select(d => $"{d.Key} {d.Value} times"))}");
        foreach (var (reader, _) in readers) output.WriteLine($"{reader.Name}: {reader.Told.Count} told, {reader.Interruptions} interruptions");

        await Recorded(database, ledger, [.. readers.Select(each => each.Reader)]);
        await Published(database, nodes, [.. checkpoints.SelectMany(each => each.Notes)]);
    }

    /// <summary>The events are those that were acknowledged, each once, in streams without holes; and so is the feed.</summary>
    private static async Task Recorded(Database database, Ledger ledger, FeedReader[] readers)
    {
        var acknowledged = ledger.Read();
        var events = acknowledged.SelectMany(a => a.Events).ToList();
        Assert.Equal(acknowledged.Count, acknowledged.Select(a => a.Key).Distinct().Count());
        Assert.Equal(events.Order(), (await Posted.Rows<Guid>(database, $"select id from events.mt_events where not ({LogSchema.Tombstone})")).Order());
        Assert.Equal(acknowledged.Select(a => a.Key).Order(StringComparer.Ordinal), (await Posted.Rows<string>(database, "select key from intake.idempotency_keys")).Order(StringComparer.Ordinal));
        Assert.Empty(await Posted.Rows<Guid>(database, $"select stream_id from events.mt_events where not ({LogSchema.Tombstone}) group by stream_id having max(version) <> count(*) or min(version) <> 1"));

        Assert.Equal(events.Order(), readers[0].Told.Select(told => told.EventId).Order());
        Assert.All(readers, reader => Assert.True(reader.Told.SequenceEqual(readers[0].Told), $"{reader.Name} and {readers[0].Name} were told different things"));
    }

    /// <summary>Every checkpoint that a node has ever shown is of the same log, in our eyes and in independent ones; and files and database are in order.</summary>
    private async Task Published(Database database, MortalApplication[] nodes, IReadOnlyList<string> checkpoints)
    {
        var (key, notes) = ((await nodes[0].Client().Get("/log/keys")).Body.Trim(), Directory.CreateDirectory(nodes[0].In("notes")));
        foreach (var (i, note) in checkpoints.Index())
            await File.WriteAllTextAsync(Path.Combine(notes.FullName, i.ToString("D6", CultureInfo.InvariantCulture)), note, TestContext.Current.CancellationToken);
        string[] older = [.. notes.GetFiles().Where((_, i) => i % (checkpoints.Count / MostOlder + 1) is 0).SelectMany(file => (string[])["--older", file.FullName])];

        var recorded = (await Posted.Rows<long>(database, "select count(*) from log.leaf"))[0];
        foreach (var node in nodes)
        {
            await Eventually.True(async () => (await File.ReadAllLinesAsync(Path.Combine(node.Published, "checkpoint"), TestContext.Current.CancellationToken))[1] == recorded.ToString(CultureInfo.InvariantCulture), seconds: 60);
            output.WriteLine(await GoTlog.Accepts("chain", key, notes.FullName, node.Published));
            output.WriteLine(await GoTlog.Accepts("log", node.Published, key));
            var environment = Service.Environment(database, node.In("verify"));
            environment["ConnectionStrings__Migration"] = database.Owner;
            var (code, said) = await Running.Verb(["verify", node.Published, key, .. older, "--database"], environment);
            output.WriteLine(said.Trim());
            Assert.True(code is 0, said);
        }
    }
}
