using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Trading.Log;
using Trading.Log.Witnessing;
using Trading.Store;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Log;

/// <summary>A node whose fence and database agree, because both are older than what was published.</summary>
public sealed class OlderFenceTests
{
    [Fact]
    public async Task does_not_lead_where_its_directory_has_a_newer_checkpoint()
    {
        await using var log = await RolledBack("olderdirectory");
        var (state, gate) = await Stopped(log, log.Settings, new NoClients());

        Assert.Contains("restored from an older state", state.Stopped, StringComparison.Ordinal);
        Assert.Equal(WriteGate.RolledBack, gate.Closed);
        Assert.Equal(state.Stopped, await log.Ask<string>("select reason from log.stop"));
    }

    [Fact]
    public async Task does_not_lead_where_a_witness_has_cosigned_more()
    {
        await using var log = await RolledBack("olderwitness");
        Directory.CreateDirectory(log.In("witness"));
        await using var witness = await WitnessProcess.Start(log.In("witness"), "http://127.0.0.1:0", log.Keys.Main.Signers[0].Key);
        Assert.Equal(200, (await witness.Add(new AddCheckpoint(0, [], await log.Note()).ToString())).Status);
        Directory.Delete(log.Public, recursive: true);

        using var clients = new ServiceCollection().AddHttpClient().BuildServiceProvider();
        var settings = log.Settings with { Witnesses = [new WitnessAddress(witness.Address, witness.Key)] };
        var (state, _) = await Stopped(log, settings, clients.GetRequiredService<IHttpClientFactory>());

        Assert.Contains($"The witness {witness.Key.Name} has cosigned", state.Stopped, StringComparison.Ordinal);
    }

    /// <summary>Two checkpoints were published; fence and database know of the first alone, the database with some entries of the second.</summary>
    private static async Task<KeptLog> RolledBack(string purpose)
    {
        var log = await KeptLog.Open(purpose, sm3: false);
        await log.RecordEveryLife();
        await log.Publish();
        var (size, fence) = (await log.Ask<long>("select count(*) from log.leaf"), await log.Note());
        await log.RecordEveryLife();
        await log.Publish();
        await log.Shorten(size + 5);
        await File.WriteAllTextAsync(Path.Combine(log.Settings.Fence, "sha256.checkpoint"), fence, TestContext.Current.CancellationToken);
        return log;
    }

    /// <summary>Runs a node until it has stopped; it has signed nothing.</summary>
    private static async Task<(LogState, WriteGate)> Stopped(KeptLog log, LogSettings settings, IHttpClientFactory clients)
    {
        var (state, gate) = (new LogState(), new WriteGate());
        var checkpoints = await log.Ask<long>("select count(*) from log.checkpoint");
        await log.Record(Lives.All[0].Facts);
        using var service = new LogService(settings, log.Keys, new WitnessedSizes(settings, clients), state, gate, NullLogger<LogService>.Instance);
        await service.StartAsync(TestContext.Current.CancellationToken);
        await Eventually.True(() => Task.FromResult(state.Stopped is not null));
        await service.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(checkpoints, await log.Ask<long>("select count(*) from log.checkpoint"));
        return (state, gate);
    }
}
