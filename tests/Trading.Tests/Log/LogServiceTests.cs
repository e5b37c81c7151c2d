using Microsoft.Extensions.Logging.Abstractions;
using Trading.Log;
using Trading.Log.Witnessing;
using Trading.Store;
using Trading.Tests.Harness;
using Xunit;

namespace Trading.Tests.Log;

public sealed class LogServiceTests
{
    [Fact]
    public async Task publishes_what_is_recorded_while_it_runs_and_one_follows_the_other()
    {
        await using var log = await KeptLog.Open("kept");
        using (var first = Serve(log, new LogState()))
        {
            await first.StartAsync(TestContext.Current.CancellationToken);
            using var second = Serve(log, new LogState());
            await second.StartAsync(TestContext.Current.CancellationToken);
            foreach (var (_, facts) in Lives.All) await log.Record(facts);
            await Published(log);
            await first.StopAsync(TestContext.Current.CancellationToken);

            await log.Record(Lives.All[0].Facts);
            await Published(log);
            await second.StopAsync(TestContext.Current.CancellationToken);
        }

        Assert.Empty((await log.Verify()).Told);
    }

    [Fact]
    public async Task a_database_put_back_to_an_older_state_stops_it_before_anything_is_sequenced_or_signed()
    {
        await using var log = await KeptLog.Open("restored");
        await log.RecordEveryLife();
        await log.Publish();
        var published = await File.ReadAllTextAsync(Path.Combine(log.Public, "checkpoint"), TestContext.Current.CancellationToken);
        await log.Tamper("delete from log.leaf where position >= (select count(*) - 45 from log.leaf)");
        await log.Tamper("update log.head set size = size - 45");
        await log.Record(Lives.All[0].Facts);

        var state = new LogState();
        using var service = Serve(log, state);
        await service.StartAsync(TestContext.Current.CancellationToken);
        await Eventually.True(() => Task.FromResult(state.Stopped is not null));
        await service.StopAsync(TestContext.Current.CancellationToken);

        Assert.Contains("restored from an older state", state.Stopped, StringComparison.Ordinal);
        Assert.True(await log.Ask<long>("select count(*) from log.pending") > 0);
        Assert.Equal(published, await File.ReadAllTextAsync(Path.Combine(log.Public, "checkpoint"), TestContext.Current.CancellationToken));
    }

    private static LogService Serve(KeptLog log, LogState state) =>
        new(log.Settings, log.Keys, new WitnessedSizes(log.Settings, new NoClients()), state, new WriteGate(), NullLogger<LogService>.Instance);

    private static Task Published(KeptLog log) => Eventually.True(async () =>
        await log.Ask<long>("select coalesce(max(size), 0) from log.checkpoint where tree = 'sha256'") == await log.Ask<long>("select count(*) from events.mt_events"), 30);
}
