using System.Diagnostics;
using System.Globalization;
using System.Net;
using Trading.Log;
using Trading.Tests.Harness;
using Trading.Tests.Intake;
using Xunit;

namespace Trading.Tests.Faults;

/// <summary>The application and PostgreSQL are killed under load, at any moment; whoever was told that something is recorded finds it.</summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    private enum Victim { Application, PostgreSql, Session }

    [Fact]
    public async Task what_was_acknowledged_outlives_every_kill_and_nothing_is_recorded_or_published_twice()
    {
        output.WriteLine($"seed {Campaign.Seed}");
        await using var cluster = await Cluster.Start();
        await using var database = await Database.Create("crashes", cluster);
        await using var application = await MortalApplication.Start(database);
        using var ledger = new Ledger(application.In("ledger"));
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        bound.CancelAfter(Campaign.Longest);

        var clients = new PersistentClients(application.Client("publisher"), ledger);
        var checkpoints = new SeenCheckpoints();
        FeedReader[] readers = [new FeedPoller(100, TimeSpan.FromMilliseconds(20)), new FeedPoller(7, TimeSpan.FromMilliseconds(1), wait: 5), new FeedListener(Campaign.Seed, 300)];
        var (enough, end) = (new TaskCompletionSource(), new TaskCompletionSource<int>());
        var began = Stopwatch.GetTimestamp();
        var posting = clients.Post(enough.Task, bound.Token);
        var watching = checkpoints.Watch(application.Client(), end.Task, bound.Token);
        var reading = Task.WhenAll(readers.Select(reader => Task.Run(() => reader.Follow(application.Address, end.Task, bound.Token))));

        await KillAll(cluster, application, ledger, posting);
        enough.SetResult();
        await posting;
        var recorded = await Posted.Rows<long>(database, $"select count(*) from events.mt_events where not ({LogSchema.Tombstone})");
        await Eventually.Get(
            application.Client(), $"/v1/changes?after={recorded[0] - 1}", answer => answer.Status is HttpStatusCode.OK && (long)answer.Json["next"]! == recorded[0]);
        end.SetResult((int)recorded[0]);
        await Task.WhenAll(watching, reading);

        output.WriteLine(
            $"killed: application {Campaign.Application} times, PostgreSQL {Campaign.PostgreSql} times and {Sessions} of its processes alone; {Stopwatch.GetElapsedTime(began).TotalSeconds:N0} s");
        output.WriteLine($"{ledger.Count} posts acknowledged; {clients.Doubtful} in doubt for a while, of which {clients.RecordedBefore} had been recorded");
        output.WriteLine($"doubts: {string.Join(", ", clients.Doubts.Select(d => $"{d.Key} {d.Value} times"))}");
        foreach (var reader in readers) output.WriteLine($"{reader.Name}: {reader.Told.Count} told, {reader.Interruptions} interruptions");
        output.WriteLine($"{checkpoints.Count} checkpoints seen");

        await Recorded(database, ledger, readers);
        await Published(database, application, checkpoints);
    }

    private static int Sessions => (Campaign.PostgreSql + 1) / 2;

    /// <summary>One victim after the other in random order, each after some more posts were acknowledged.</summary>
    private static async Task KillAll(Cluster cluster, MortalApplication application, Ledger ledger, Task posting)
    {
        var chance = new Random(Campaign.Seed);
        Victim[] victims =
        [
            .. Enumerable.Repeat(Victim.Application, Campaign.Application), .. Enumerable.Repeat(Victim.PostgreSql, Campaign.PostgreSql),
            .. Enumerable.Repeat(Victim.Session, Sessions),
        ];
        chance.Shuffle(victims);
        foreach (var victim in victims)
        {
            var more = ledger.Count + chance.Next(5, 60);
            await Eventually.True(() => Task.FromResult(ledger.Count >= more || posting.IsFaulted), seconds: 120);
            if (posting.IsFaulted) await posting;
            switch (victim)
            {
                case Victim.Application:
                    await application.Kill();
                    break;
                case Victim.PostgreSql:
                    await cluster.Kill();
                    await cluster.Restart();
                    break;
                case Victim.Session:
                    await cluster.KillChild(chance);
                    break;
            }
        }
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

    /// <summary>Every checkpoint ever shown is of the same log, in our eyes and in independent ones; and files and database are in order.</summary>
    private async Task Published(Database database, MortalApplication application, SeenCheckpoints checkpoints)
    {
        var (published, key) = (Path.Combine(database.Log.FullName, "public"), (await application.Client().Get("/log/keys")).Body.Trim());
        var files = checkpoints.Notes.Select((note, i) => (File: application.In(i.ToString("D6", CultureInfo.InvariantCulture)), Note: note)).ToList();
        foreach (var (file, note) in files) await File.WriteAllTextAsync(file, note, TestContext.Current.CancellationToken);
        foreach (var (older, newer) in files.Zip(files.Skip(1))) await GoTlog.Accepts("consistent", key, older.File, newer.File, published);
        await GoTlog.Accepts("log", published, key);

        var environment = Service.Environment(database, application.In("verify"));
        environment["ConnectionStrings__Migration"] = database.Owner;
        var (code, said) = await Running.Verb(["verify", published, key, .. files.SelectMany(f => (string[])["--older", f.File]), "--database"], environment);
        output.WriteLine(said.Trim());
        Assert.True(code is 0, said);
    }
}
