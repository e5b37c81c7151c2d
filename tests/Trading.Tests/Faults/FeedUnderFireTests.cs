using System.Diagnostics;
using Npgsql;
using Trading.Log.Notes;
using Trading.Merkle;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Faults;

/// <summary>
/// The feed while transactions commit in another order than they drew their numbers in, some late, some never, and one stays open all
/// the while.
/// </summary>
public sealed class FeedUnderFireTests(ITestOutputHelper output)
{
    [Fact]
    public async Task every_reader_is_told_of_every_event_once_in_order_while_reading_by_sequence_number_misses_some()
    {
        output.WriteLine($"seed {Campaign.Seed}");
        await using var database = await Database.Create("fire");
        await using var service = await Deployment.Start(database, ("Supervision__Watch", "off"));   // the facts are long past
        await using var owner = database.OpenAsOwner();
        await using var writers = new Writers(database, Campaign.Seed, Campaign.LongestHold);
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        bound.CancelAfter(Campaign.Longest);
        var listener = new FeedListener(Campaign.Seed, Campaign.Events / 5);
        FeedReader[] readers =
        [
            new FeedPoller(1000, TimeSpan.FromMilliseconds(300)), new FeedPoller(250, TimeSpan.FromMilliseconds(50)), new FeedPoller(31, TimeSpan.FromMilliseconds(1)),
            new FeedPoller(100, TimeSpan.FromMilliseconds(10)), new FeedPoller(500, TimeSpan.FromMilliseconds(1), wait: 30), listener,
        ];
        var naive = new NaivePoller(owner);
        var end = new TaskCompletionSource<int>();
        var began = Stopwatch.GetTimestamp();

        await using var idle = await writers.Idle(bound.Token);
        var reading = Task.WhenAll([.. readers.Select(reader => Task.Run(() => reader.Follow(service.Address, end.Task, bound.Token))), naive.Follow(end.Task, bound.Token)]);
        await writers.Record(Campaign.Events, bound.Token);
        end.SetResult(writers.Events + 1);
        await writers.RecordOne(bound.Token);   // whoever waits for the next event wakes
        await reading;

        await using (var open = new NpgsqlCommand("select pg_current_xact_id_if_assigned() is not null", idle)) Assert.True((bool?)await open.ExecuteScalarAsync(bound.Token));
        output.WriteLine($"{writers.Account}; {Stopwatch.GetElapsedTime(began).TotalSeconds:N0} s");
        foreach (var reader in readers) output.WriteLine($"{reader.Name}: {reader.Told.Count} told, {reader.Interruptions} interruptions");
        output.WriteLine($"stream: cut {listener.Cuts} times");
        output.WriteLine($"by sequence number: {naive.Seen} seen, {writers.Events - naive.Seen} of {writers.Events} missed");

        await Complete(owner, service.Client(), readers);
        Assert.True(writers.RolledBack > 0 && writers.Held > 0 && listener.Cuts > 1, writers.Account);
        Assert.True(naive.Seen < writers.Events, "Nothing committed late: the run proves nothing.");
    }

    /// <summary>What was told is what was recorded, each once, under the published root, and what is not public is there as a commitment.</summary>
    private static async Task Complete(NpgsqlDataSource owner, Client anyone, FeedReader[] readers)
    {
        var first = readers[0].Told;
        Assert.All(readers, reader => Assert.True(reader.Told.SequenceEqual(first), $"{reader.Name} and {readers[0].Name} were told different things"));
        var recorded = new HashSet<Guid>();
        await using (var command = owner.CreateCommand("select id from events.mt_events"))
        await using (var rows = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken))
            while (await rows.ReadAsync(TestContext.Current.CancellationToken)) recorded.Add(rows.GetGuid(0));
        Assert.Equal(recorded.Count, first.Count);
        Assert.True(recorded.SetEquals(first.Select(told => told.EventId)), "what was told is not what was recorded");
        Assert.Equal(await Ask<long>(owner, "select count(*) from events.mt_events where data #>> '{notice,disclosure,attribute}' <> 'active'"), first.Count(told => !told.Public));
        Assert.Contains(first, told => !told.Public);

        var frontier = new Frontier(TreeHash.Sha256);
        foreach (var told in first) frontier.Append(Convert.FromBase64String(told.LeafHash));
        Assert.True(SignedNote.TryParse((await anyone.Get("/log/checkpoint")).Body, out var note) && Checkpoint.TryParse(note.Text, out var checkpoint)
            && checkpoint.Size == first.Count && checkpoint.Root.AsSpan().SequenceEqual(frontier.Root), "the published root is another");
    }

    private static async Task<T> Ask<T>(NpgsqlDataSource owner, string question)
    {
        await using var command = owner.CreateCommand(question);
        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
