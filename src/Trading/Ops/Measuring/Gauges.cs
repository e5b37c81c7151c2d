using System.Diagnostics.Metrics;
using Trading.Log;

namespace Trading.Ops.Measuring;

/// <summary>
/// What the service measures of itself, beside what ASP.NET, Npgsql and Marten measure: everything the alert rules of
/// <c>ops/monitoring</c> need. The names are part of the contract with operators.
/// </summary>
/// <param name="marker">The file whose time of change is that of the last good backup; null where none is named.</param>
public sealed class Gauges(IMeterFactory meters, Sampling sampling, PublishedHealth health, LogState state, LogSettings log, string? marker) : IHostedService
{
    public const string Meter = "Trading";

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var meter = meters.Create(Meter);
        meter.CreateObservableGauge("trading.health", () => health.Parts, null, "A part of /health/ready: 0 healthy, 1 degraded, 2 unhealthy.");
        meter.CreateObservableGauge("trading.log.leader", () => state.Leads ? 1 : 0, null, "1 where this node sequences the log.");
        meter.CreateObservableGauge("trading.disk.free", () => Free(("log", log.Directory), ("fence", log.Fence)), "1", "The share of a volume that is free.");
        Sampled("trading.feed.lag", "s", "Age of the oldest recorded event that the feed does not show yet.", sample => [new(sample.FeedLag)]);
        Sampled("trading.feed.untold", "{event}", "Recorded events without a position in the log.", sample => [new(sample.Untold)]);
        Sampled("trading.lists.lag", "{event}", "Events that the lists do not show yet.", sample => [new(sample.ListsLag)]);
        Sampled("trading.watch.lag", "{event}", "Events that the watch over legal times has not looked at yet.", sample => [new(sample.WatchLag)]);
        Sampled("trading.archive.failing", null, "1 where the last attempt to archive the write-ahead log failed.", sample => [new(sample.ArchiveFailing ? 1 : 0)]);
        Sampled(
            "trading.witness.silence", "s", "How long a witness has left a published checkpoint uncosigned.",
            sample => sample.Witnesses.Select(witness => Tagged(witness.Value, "witness", witness.Key)));
        if (marker is not null)
            meter.CreateObservableGauge(
                "trading.backup.age", () => (TimeProvider.System.GetUtcNow() - File.GetLastWriteTimeUtc(marker)).TotalSeconds, "s", "Time since the last good backup.");
        return Task.CompletedTask;

        void Sampled(string name, string? unit, string description, Func<Sample, IEnumerable<Measurement<double>>> values) =>
            meter.CreateObservableGauge(name, () => sampling.Last is { } sample ? values(sample) : [], unit, description);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static IEnumerable<Measurement<double>> Free(params (string Volume, string Directory)[] of) =>
        from part in of
        where Directory.Exists(part.Directory)
        let volume = new DriveInfo(part.Directory)
        select Tagged((double)volume.AvailableFreeSpace / volume.TotalSize, "volume", part.Volume);

    private static Measurement<double> Tagged(double value, string name, string tag) => new(value, new KeyValuePair<string, object?>(name, tag));
}
