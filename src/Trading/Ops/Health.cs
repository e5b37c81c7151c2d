using Marten;
using Marten.Events.Daemon;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using Trading.Http;
using Trading.Kernel;
using Trading.Log;
using Trading.Log.Witnessing;
using Trading.Ops.Views;
using Trading.Store;
using Trading.Vault;

namespace Trading.Ops;

/// <summary>
/// <c>/health/live</c>: the process answers. <c>/health/ready</c>: it can record, and its lists are not far behind. <c>/health/reading</c>:
/// likewise, whether or not it can record. All say
/// <c>{"status":"healthy","parts":{"database":"healthy",…}}</c>, each part healthy, degraded or unhealthy; one that is unhealthy makes
/// the whole a 503, with the parts as its facts.
/// </summary>
public static class Health
{
    private const int MostEventsBehind = 10_000;

    /// <summary>What an operator's alerts name, by the name Marten gives its check.</summary>
    private static readonly Dictionary<string, string> Parts = new()
    {
        [nameof(DatabaseCheck)] = "database",
        [nameof(VaultCheck)] = "vault",
        [nameof(LogCheck)] = "log",
        [nameof(WitnessCheck)] = "witnesses",
        [nameof(RecordsCheck)] = "records",
        [nameof(ViewCheck)] = "views",
        [nameof(AsyncDaemonHealthCheckExtensions.AsyncDaemonHealthCheck)] = "boards",
        [nameof(HighWaterHealthCheckExtensions.HighWaterHealthCheck)] = "high-water-mark",
    };

    public static void AddHealth(this WebApplicationBuilder builder, LogSettings log)
    {
        builder.Services.AddSingleton(services => new Readiness(services.GetRequiredService<HealthCheckService>(), TimeProvider.System));
        var checks = builder.Services.AddHealthChecks()
            .AddCheck<DatabaseCheck>(nameof(DatabaseCheck)).AddCheck<VaultCheck>(nameof(VaultCheck)).AddCheck<LogCheck>(nameof(LogCheck))
            .AddCheck<RecordsCheck>(nameof(RecordsCheck)).AddCheck<ViewCheck>(nameof(ViewCheck));
        if (log.Witnesses.Count > 0)
            checks.Add(new(nameof(WitnessCheck), services => new WitnessCheck(services.GetRequiredService<Laggards>(), log, TimeProvider.System), null, null));
        checks.AddMartenAsyncDaemonHealthCheck(MostEventsBehind)
            .AddMartenHighWaterHealthCheck(TimeSpan.FromSeconds(30))
            .Services.PostConfigure<HealthCheckServiceOptions>(o =>
            {
                foreach (var check in o.Registrations)
                {
                    check.Name = Parts[check.Name];
                    var make = check.Factory;
                    check.Factory = services => make(new UpkeepServices(services));
                }
            });
    }

    public static void MapHealth(this WebApplication app)
    {
        var reading = new HttpMethodMetadata([HttpMethods.Get]);
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = Write }).AllowAnonymous().WithMetadata(reading);
        app.MapGet("/health/ready", async (HttpContext http, Readiness readiness) =>
        {
            http.Response.Headers.CacheControl = "no-store, no-cache";
            await Write(http, await readiness.Report(http.RequestAborted));
        }).AllowAnonymous();
        app.MapGet("/health/reading", async (HttpContext http, Readiness readiness) =>
        {
            http.Response.Headers.CacheControl = "no-store, no-cache";
            var report = await readiness.Report(http.RequestAborted);
            await Write(http, new HealthReport(report.Entries.Where(part => part.Key != Parts[nameof(LogCheck)]).ToDictionary(), report.TotalDuration));
        }).AllowAnonymous();
    }

    private static Task Write(HttpContext http, HealthReport report)
    {
        var parts = report.Entries.ToDictionary(e => e.Key, e => WireNames.Of(e.Value.Status));
        var views = report.Entries.GetValueOrDefault(Parts[nameof(ViewCheck)]).Description;
        if (report.Status is HealthStatus.Unhealthy)
            return (Problem.Of(http, ProblemKind.Unavailable, http.RequestServices.GetRequiredService<WriteGate>().Closed) with { Facts = views is null ? parts : new Dictionary<string, string>(parts) { ["rebuild"] = views } }).Write(http);
        return http.Response.WriteAsJsonAsync(new { status = WireNames.Of(report.Status), parts, rebuild = views }, WireJson.Stored, http.RequestAborted);
    }

    /// <summary>
    /// A log that has stopped waits for somebody to look: degraded while postings are recorded, unhealthy when they are not because the
    /// database does not continue what was published. What is published is served on.
    /// </summary>
    internal sealed class LogCheck(LogState log, WriteGate gate) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(gate.Closed is { } closed ? HealthCheckResult.Unhealthy(log.Stopped ?? closed.En)
                : log.Stopped is { } why ? HealthCheckResult.Degraded(why) : HealthCheckResult.Healthy());
    }

    /// <summary>Without its keys a node could not read what others have sealed.</summary>
    internal sealed class VaultCheck([FromKeyedServices(Pool.Upkeep)] PersonalVault vault) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                await vault.Check(cancellationToken);
                return HealthCheckResult.Healthy();
            }
            catch (Exception wrong) when (wrong is InvalidDataException or NpgsqlException)
            {
                return HealthCheckResult.Unhealthy(wrong.Message);
            }
        }
    }

    /// <summary>A witness that no longer cosigns; the log goes on, but only we say that there is one history.</summary>
    /// <param name="clock">Of real time, whatever the clock of the sandbox says.</param>
    internal sealed class WitnessCheck(Laggards laggards, LogSettings settings, TimeProvider clock) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                var late = await laggards.Find(settings.Overdue.Degraded, clock.GetUtcNow(), cancellationToken);
                return late.Count is 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded(string.Join(", ", late.Select(laggard => laggard.Witness)));
            }
            catch (NpgsqlException)
            {
                return HealthCheckResult.Degraded();   // the database is a part of its own
            }
        }
    }

    /// <summary>Events that cannot be shown wait for somebody to say what is wrong with them; everything else is answered.</summary>
    internal sealed class RecordsCheck(DefectTable defects) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                var count = await defects.CountUndisclosed(cancellationToken);
                return count is 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded($"{count} events cannot be shown");
            }
            catch (NpgsqlException)
            {
                return HealthCheckResult.Degraded();   // the database is a part of its own
            }
        }
    }

    /// <summary>Marten's checks ask whichever store they are given.</summary>
    private sealed class UpkeepServices(IServiceProvider services) : IServiceProvider, IKeyedServiceProvider
    {
        public object? GetService(Type serviceType) =>
            serviceType == typeof(IDocumentStore) ? services.GetRequiredKeyedService<IDocumentStore>(Pool.Upkeep) : services.GetService(serviceType);

        public object? GetKeyedService(Type serviceType, object? serviceKey) => services.GetKeyedServices(serviceType, serviceKey).FirstOrDefault();

        public object GetRequiredKeyedService(Type serviceType, object? serviceKey) => services.GetRequiredKeyedService(serviceType, serviceKey);
    }

    private sealed class DatabaseCheck([FromKeyedServices(Pool.Upkeep)] NpgsqlDataSource database) : IHealthCheck
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
