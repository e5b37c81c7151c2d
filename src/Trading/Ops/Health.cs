using Marten.Events.Daemon;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using Trading.Http;
using Trading.Kernel;

namespace Trading.Ops;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: it can record, and its lists are not far behind.</summary>
public static class Health
{
    private const int MostEventsBehind = 10_000;

    public static void AddHealth(this WebApplicationBuilder builder) => builder.Services.AddHealthChecks()
        .AddCheck<DatabaseCheck>("database")
        .AddMartenAsyncDaemonHealthCheck(MostEventsBehind)
        .AddMartenHighWaterHealthCheck(TimeSpan.FromSeconds(30));

    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = Write }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = Write }).AllowAnonymous();
    }

    private static Task Write(HttpContext http, HealthReport report)
    {
        var parts = report.Entries.ToDictionary(e => e.Key, e => WireNames.Of(e.Value.Status));
        if (report.Status is HealthStatus.Unhealthy)
            return (Problem.Of(http, ProblemKind.Unavailable) with { Facts = parts }).Write(http);
        return http.Response.WriteAsJsonAsync(new { status = WireNames.Of(report.Status), parts }, WireJson.Stored, http.RequestAborted);
    }

    private sealed class DatabaseCheck(NpgsqlDataSource database) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                await using var command = database.CreateCommand("select 1");
                await command.ExecuteScalarAsync(cancellationToken);
                return HealthCheckResult.Healthy();
            }
            catch (NpgsqlException)
            {
                return HealthCheckResult.Unhealthy();
            }
        }
    }
}
