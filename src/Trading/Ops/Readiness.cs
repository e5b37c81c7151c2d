using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Trading.Ops;

/// <summary>The last report on the service's parts. It is made at most once a second, however many ask.</summary>
/// <param name="clock">Of real time.</param>
public sealed class Readiness(HealthCheckService checks, TimeProvider clock)
{
    private static readonly TimeSpan validity = TimeSpan.FromSeconds(1);
    private readonly Lock gate = new();
    private Task<HealthReport>? last;
    private long madeAt;

    public Task<HealthReport> Report(CancellationToken ct)
    {
        lock (gate)
        {
            if (last is null || last.IsCompleted && (!last.IsCompletedSuccessfully || clock.GetElapsedTime(madeAt) >= validity))
                (last, madeAt) = (checks.CheckHealthAsync(CancellationToken.None), clock.GetTimestamp());
            return last.WaitAsync(ct);
        }
    }
}
