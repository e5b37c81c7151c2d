using Npgsql;
using Trading.Http;
using Trading.Tests.Harness;
using Trading.Tests.Ops;
using Xunit;

namespace Trading.Tests.Faults;

/// <summary>
/// One fault after the other, in random order, to two nodes and their PostgreSQL, each after some more posts were acknowledged. What has ended
/// is started again, as a supervisor does; everything else has to come back by itself.
/// </summary>
internal sealed class Ordeal(Cluster cluster, SmallDisk disk, Database database, IReadOnlyList<MortalApplication> nodes, PersistentClients clients, Ledger ledger, Task posting) : IDisposable
{
    /// <summary>Refusals after which a fault has been noticed.</summary>
    private const int Noticed = 8;

    private const int Longest = 120;   // seconds
    private const int Told = 20;       // faults, after which a long campaign says where it is

    private static readonly TimeSpan[] steps =
    [
        TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(-40), TimeSpan.FromHours(2), TimeSpan.FromHours(-2), TimeSpan.FromDays(400), TimeSpan.FromDays(-400),
    ];

    private readonly Random chance = new(Campaign.Seed);
    private readonly DirectoryInfo backups = RunScript.NewDirectory();
    private int clocks;

    /// <summary>How often each fault happens.</summary>
    public static IReadOnlyDictionary<Fault, int> Times { get; } = new Dictionary<Fault, int>
    {
        [Fault.Application] = Campaign.Application, [Fault.PostgreSql] = Campaign.PostgreSql, [Fault.Session] = (Campaign.PostgreSql + 1) / 2,
        [Fault.DiskFull] = Campaign.DiskFull, [Fault.NoConnections] = Campaign.Connections, [Fault.Clock] = Campaign.Clock, [Fault.Restore] = Campaign.Restores,
    };

    /// <summary>Seconds that each fault took, by kind, until it was over.</summary>
    public Dictionary<Fault, List<double>> Took { get; } = [];

    public void Dispose() => backups.Delete(recursive: true);

    public async Task Endure()
    {
        Fault[] faults = [.. Times.SelectMany(fault => Enumerable.Repeat(fault.Key, fault.Value))];
        chance.Shuffle(faults);
        foreach (var (i, fault) in faults.Index())
        {
            await ledger.More(chance.Next(5, 60), posting);
            await Until(() => ledger.Count >= (long)Campaign.Posts * i / faults.Length);
            var began = TimeProvider.System.GetTimestamp();
            await Meet(fault);
            if (!Took.TryGetValue(fault, out var took)) Took[fault] = took = [];
            took.Add(TimeProvider.System.GetElapsedTime(began).TotalSeconds);
            if (faults.Length > Told && i % Told is 0) Console.WriteLine($"{i} of {faults.Length} faults, {ledger.Count} posts acknowledged");
        }

        await Until(() => ledger.Count >= Campaign.Posts);
    }

    private Task Meet(Fault fault) => fault switch
    {
        Fault.Application => Any(nodes).Kill(),
        Fault.PostgreSql => Killed(),
        Fault.Session => cluster.KillChild(chance),
        Fault.DiskFull => Full(),
        Fault.NoConnections => Crowded(),
        Fault.Clock => Stepped(chance.Next(nodes.Count), Any(steps)),
        Fault.Restore => Restored(),
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
    };

    private async Task Killed()
    {
        await cluster.Kill();
        await cluster.Restart();
    }

    /// <summary>PostgreSQL refuses what needs space, and ends where its own log needs some.</summary>
    private async Task Full()
    {
        var refused = clients.Refused;
        disk.Fill();
        await Until(() => clients.Refused >= refused + Noticed);
        disk.Free();
        if (!await Answers()) await cluster.Restart();
        await ledger.More(1, posting);
    }

    private async Task Crowded()
    {
        var (refused, taken) = (clients.Refused, new List<NpgsqlConnection>());
        await using var crowd = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database.Administrator) { MaxPoolSize = 1000, Timeout = 5 }.ConnectionString);
        try
        {
            await Until(async () =>
            {
                await Take(crowd, taken);
                return clients.Refused >= refused + Noticed;
            });
        }
        finally
        {
            foreach (var connection in taken) await connection.DisposeAsync();
        }

        await crowd.DisposeAsync();
        await ledger.More(1, posting);
    }

    /// <summary>Ends the application's connections and takes those that are free then.</summary>
    private static async Task Take(NpgsqlDataSource crowd, List<NpgsqlConnection> taken)
    {
        try
        {
            if (taken is [var first, ..])
            {
                await using var end = new NpgsqlCommand("select count(pg_terminate_backend(pid)) from pg_stat_activity where usename = 'trading_app'", first);
                await end.ExecuteScalarAsync();
            }

            while (true) taken.Add(await crowd.OpenConnectionAsync());
        }
        catch (NpgsqlException full) when (full is PostgresException { SqlState: PostgresErrorCodes.TooManyConnections } or { IsTransient: true })
        {
            // there is none left
        }
    }

    /// <summary>The node refuses to record for as long as its clock is wrong, and records again without a restart once it is right; the other goes on.</summary>
    private async Task Stepped(int node, TimeSpan ahead)
    {
        var clock = new SteppedClock(nodes[node].In($"clock-{++clocks}"));
        clock.Step(TimeSpan.Zero);
        await nodes[node].Kill(sees: clock);
        await Acknowledges(node);

        var refused = RefusedForTime;
        clock.Step(ahead);
        await Until(() => RefusedForTime >= refused + Noticed);
        var acknowledged = clients.AcknowledgedBy[node];
        await ledger.More(20, posting);
        Assert.Equal(acknowledged, clients.AcknowledgedBy[node]);

        clock.Step(TimeSpan.Zero);
        await Acknowledges(node);
        await nodes[node].Kill();
    }

    private int RefusedForTime => clients.Doubts.GetValueOrDefault(Outage.ClocksDiffer.Reason) + clients.Doubts.GetValueOrDefault(PersistentClients.Unauthenticated);

    private Task Acknowledges(int node)
    {
        var more = clients.AcknowledgedBy.GetValueOrDefault(node) + 1;
        return Until(() => clients.AcknowledgedBy.GetValueOrDefault(node) >= more);
    }

    private async Task Restored()
    {
        await Script("ops/backup", "--data", cluster.Data, "--to", backups.FullName, "--keep", "1");
        await ledger.More(chance.Next(5, 60), posting);
        await cluster.Stop();
        cluster.Lose();
        await Script("ops/restore", "--data", cluster.Data);
        await cluster.Restart();
        await ledger.More(1, posting);
    }

    private static async Task Script(string script, params string[] arguments)
    {
        var (code, output) = await RunScript.RunToEnd(script, arguments);
        Assert.True(code is 0, output);
    }

    private async Task<bool> Answers()
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database.Administrator) { Pooling = false, Timeout = 5 }.ConnectionString);
        while (!cluster.HasEnded)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync();
                return true;
            }
            catch (NpgsqlException)
            {
                await Task.Yield();   // it recovers, or is about to end
            }
        }

        return false;
    }

    private Task Until(Func<bool> isTrue) => Until(() => Task.FromResult(isTrue()));

    private async Task Until(Func<Task<bool>> isTrue)
    {
        await Eventually.True(async () => posting.IsFaulted || await isTrue(), Longest);
        if (posting.IsFaulted) await posting;
    }

    private T Any<T>(IReadOnlyList<T> of) => of[chance.Next(of.Count)];
}
