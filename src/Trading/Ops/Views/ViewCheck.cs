using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using Trading.Projections;

namespace Trading.Ops.Views;

/// <summary>
/// Views of another version, by name. The rest is answered: degraded. A node that may not record, because a view that is written with the
/// events is of another version, is unhealthy.
/// </summary>
public sealed class ViewCheck(ViewStates views) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var states = await views.Read(cancellationToken);
            var stale = Register.Views.Where(view => states[view.Name] is not ViewState.Current).ToList();
            if (stale.Count is 0) return HealthCheckResult.Healthy();
            var names = string.Join(", ", stale.Select(view => view.Name));
            return stale.Any(view => view.Progress is null && states[view.Name] is ViewState.OtherVersion) ? HealthCheckResult.Unhealthy(names) : HealthCheckResult.Degraded(names);
        }
        catch (NpgsqlException)
        {
            return HealthCheckResult.Degraded();   // the database is a part of its own
        }
    }
}
