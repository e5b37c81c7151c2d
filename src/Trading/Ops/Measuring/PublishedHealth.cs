using System.Diagnostics.Metrics;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Trading.Ops.Measuring;

/// <summary>The parts of <c>/health/ready</c> as a metric: 0 healthy, 1 degraded, 2 unhealthy.</summary>
public sealed class PublishedHealth : IHealthCheckPublisher
{
    private volatile IReadOnlyList<Measurement<int>> parts = [];

    public IReadOnlyList<Measurement<int>> Parts => parts;

    public Task PublishAsync(HealthReport report, CancellationToken cancellationToken)
    {
        parts = [.. report.Entries.Select(part => new Measurement<int>(HealthStatus.Healthy - part.Value.Status, new KeyValuePair<string, object?>("part", part.Key)))];
        return Task.CompletedTask;
    }
}
